import secrets
import unittest

from accounts import AccountTest, fresh
from browser import admin, until


class Tables(AccountTest):
    """Pages generated from the server's description of a table."""

    def test_a_member_sees_rows_without_buttons_to_change_them(self):
        name = f"Shown {secrets.token_hex(3)}"
        made = admin().call("POST", "/api/categories", {"name": name})
        self.addCleanup(lambda: admin().call("DELETE", f"/api/categories/{made['id']}"))
        self.sign_in(fresh(), "/tables/categories")
        self.see("table-page .row h2", name)
        self.see_none("table-page [data-click=create], table-page [data-click=edit], table-page [data-click=delete]")

    def test_a_missing_table_says_so(self):
        self.enter(admin(), "/tables/nothing")
        self.see("table-page .empty-state")

    def test_a_row_is_added_changed_and_deleted(self):
        name = f"Vidéos {secrets.token_hex(3)}"
        self.enter(admin(), "/tables/categories")
        self.click("table-page .page-head [data-click=create]")
        self.click("table-dialog form .button-primary")
        self.see("table-dialog form-field[name=name] .field-error", "Ce champ est obligatoire.")
        self.fill("name", name)
        self.fill("sortOrder", "x")
        self.click("table-dialog form .button-primary")
        self.see("table-dialog form-field[name=sortOrder] .field-error", "Un nombre entier")
        self.fill("sortOrder", "3")
        self.click("table-dialog [name=isVisible]")
        self.shoot("table-dialog")
        self.click("table-dialog form .button-primary")
        self.see("table-page .row h2", name)
        row = next(one for one in admin().call("GET", "/api/categories") if one["name"] == name)
        self.assertEqual((row["sortOrder"], row["isVisible"], row["color"]), (3, False, "#3B82F6"))
        self.shoot("table")
        self.click(f"table-page [data-click=edit][data-id='{row['id']}']")
        self.see("table-dialog h2", name)
        self.fill("description", "Ce qui se regarde")
        self.click("table-dialog form .button-primary")
        self.see("table-page .row p", "Ce qui se regarde")
        self.click(f"table-page [data-click=delete][data-id='{row['id']}']")
        self.click("confirm-dialog .button-danger")
        until(lambda: all(one["id"] != row["id"] for one in admin().call("GET", "/api/categories")), "it is gone")
        self.see_none(f"table-page [data-id='{row['id']}']")

    def test_what_another_person_adds_appears_by_itself(self):
        name = f"Later {secrets.token_hex(3)}"
        self.enter(admin(), "/tables/categories")
        self.see("table-page .row, table-page .empty-state")
        made = admin().call("POST", "/api/categories", {"name": name})
        self.addCleanup(lambda: admin().call("DELETE", f"/api/categories/{made['id']}"))
        self.see("table-page .row h2", name)

    def test_what_another_person_changed_meanwhile_is_not_overwritten(self):
        made = admin().call("POST", "/api/categories", {"name": f"Shared {secrets.token_hex(3)}", "sortOrder": 1})
        self.addCleanup(lambda: admin().call("DELETE", f"/api/categories/{made['id']}"))
        path = f"/api/categories/{made['id']}"
        self.enter(admin(), "/tables/categories")
        self.click(f"table-page [data-click=edit][data-id='{made['id']}']")
        self.fill("description", "mine")
        admin().call("PATCH", path, {"sortOrder": 7})
        self.click("table-dialog form .button-primary")
        self.see("table-dialog [role=alert]", "a modifié")
        self.assertEqual(admin().call("GET", path)["description"], "")
        self.click("table-dialog form .button-primary")
        self.see("table-page .row p", "mine")
        row = admin().call("GET", path)
        self.assertEqual((row["sortOrder"], row["description"]), (7, "mine"))

    def test_a_name_that_is_taken_is_said_beside_its_field(self):
        name = f"Taken {secrets.token_hex(3)}"
        made = admin().call("POST", "/api/categories", {"name": name})
        self.addCleanup(lambda: admin().call("DELETE", f"/api/categories/{made['id']}"))
        self.enter(admin(), "/tables/categories")
        self.click("table-page .page-head [data-click=create]")
        self.fill("name", name.upper())
        self.click("table-dialog form .button-primary")
        self.see("table-dialog form-field[name=name] .field-error", "existe déjà")


if __name__ == "__main__":
    unittest.main()
