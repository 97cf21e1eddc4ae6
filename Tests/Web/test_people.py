import csv
import io
import secrets
import unittest

from accounts import AccountTest, fresh, mailed_link
from browser import PASSWORD, Person, Refused, admin, setting, until


class People(AccountTest):
    """Administration of people, and its effects on them."""

    def enter_admin(self, path="/people"):
        self.enter(admin(), path)

    def test_a_member_is_kept_out_of_people_and_audit(self):
        self.sign_in(fresh(), "/people")
        self.see("not-found-page[reason=forbidden]")
        self.open("/audit")
        self.see("not-found-page[reason=forbidden]")

    def test_a_person_who_does_not_exist_says_so(self):
        self.enter_admin("/people/999999")
        self.see("person-page .empty-state, .empty-state")

    def test_people_are_found_by_what_is_typed_and_chosen(self):
        person = fresh(f"Fabienne {secrets.token_hex(3)}")
        self.enter_admin()
        self.see("#people-search").send_keys(person.email)
        self.wait(lambda driver: len(driver.find_elements("css selector", ".person-row")) == 1, "one is found")
        self.see(".person-row h2", person.name)
        self.shoot("people")
        self.driver.execute_script("const role = document.querySelector('.filters [name=role]'); role.value = 'admin'; role.dispatchEvent(new Event('change', { bubbles: true }))")
        self.see("people-page .empty-state")
        self.click("people-page .empty-state .button")
        self.see(".person-row")

    def test_an_invited_person_chooses_a_password_by_the_mailed_link(self):
        email = f"invitee-{secrets.token_hex(4)}@example.org"
        self.enter_admin()
        self.click("people-page [data-key=new]")
        self.click("person-dialog form .button-primary")
        self.see("person-dialog form-field[name=name] .field-error", "Ce champ est obligatoire.")
        self.fill("name", "Inès Invitée")
        self.fill("email", email)
        self.shoot("invite")
        self.click("person-dialog form .button-primary")
        self.see("person-page h1", "Inès Invitée")
        self.driver.delete_all_cookies()
        self.open(mailed_link(email, "/reset-password"))
        self.fill("newPassword", PASSWORD)
        self.click("reset-password-page form .button-primary")
        self.see("reset-password-page [data-outcome=done]")
        self.click("reset-password-page a.button-primary")
        self.give(Person(email=email, password=PASSWORD))
        self.at("/")

    def test_deactivating_a_person_ends_their_session_at_once_and_activating_allows_sign_in(self):
        person = fresh()
        self.enter_admin(f"/people/{person.id}")
        second = self.another()
        second.sign_in(person)
        self.see("person-page .person-head .dot[data-live]")
        self.click("person-page [data-click=deactivate]")
        self.click("confirm-dialog [data-click=no]")
        second.live()
        self.click("person-page [data-click=deactivate]")
        self.click("confirm-dialog [data-click=yes]")
        second.see("sign-in-page .ended[data-reason=DEACTIVATED]")
        second.fill("password", person.password)
        second.click("sign-in-page form .button-primary")
        second.see("sign-in-page .alert[role=alert]", "désactivé")
        self.click("person-page [data-click=activate]")
        self.see("person-page [data-click=deactivate]")
        second.click("sign-in-page form .button-primary")
        second.live()

    def test_a_session_is_ended_by_an_administrator_and_its_screen_says_so(self):
        person = fresh()
        second = self.another()
        second.sign_in(person)
        self.enter_admin(f"/people/{person.id}")
        self.click("person-page sessions-card [data-click=end]")
        self.click("confirm-dialog [data-click=yes]")
        second.see("sign-in-page .ended[data-reason=ENDED_BY_ADMIN]")
        self.see_none("person-page sessions-card .line-item")

    def test_a_permission_applies_at_once_and_is_revoked(self):
        person = fresh()
        self.enter_admin(f"/people/{person.id}")
        self.click("rights-card [value=manage_employee_categories]")
        until(lambda: [one["permission"] for one in self.permissions(person)] == ["manage_employee_categories"], "it is given")
        self.driver.refresh()
        self.see("rights-card [value=manage_employee_categories]:checked")
        self.shoot("person")
        self.click("rights-card [value=manage_employee_categories]")
        until(lambda: not self.permissions(person), "it is taken back")

    def test_who_may_manage_people_sees_them_but_neither_sessions_nor_the_log(self):
        person = fresh()
        admin().call("POST", "/api/permissions", {"userId": person.id, "permission": "manage_users"})
        self.sign_in(person, "/people")
        self.click(".person-row h2 a")
        self.see("person-page person-form")
        self.assertFalse(self.driver.find_elements("css selector", "sessions-card, rights-card, a[href='/audit']"))

    def permissions(self, person):
        return admin().call("GET", f"/api/permissions/{person.id}")

    def test_a_deleted_person_is_followed_until_they_are_gone(self):
        person = fresh()
        self.enter_admin(f"/people/{person.id}")
        self.click("person-page [data-click=delete]")
        self.see("confirm-dialog dialog[open]", person.name)
        self.shoot("delete-person")
        self.click("confirm-dialog [data-click=yes]")
        self.at("/people")
        self.see(".toast", person.name)
        with self.assertRaises(Refused):
            admin().call("GET", f"/api/admin/users/{person.id}")

    def test_nobody_is_offered_to_delete_their_own_account(self):
        me = admin().call("GET", "/api/auth/me")["id"]
        self.enter_admin(f"/people/{me}")
        self.see("person-page .card-end", "votre propre compte")
        self.assertFalse(self.driver.find_elements("css selector", "person-page [data-click=delete]"))

    def test_a_category_is_made_changed_and_deleted(self):
        name = f"Accueil {secrets.token_hex(3)}"
        self.enter_admin("/categories")
        self.click("categories-page .page-head [data-key=new]")
        self.fill("name", name)
        self.click("category-dialog [value=manage_employee_categories]")
        self.click("category-dialog form .button-primary")
        row = self.see(".category", name)
        self.assertIn("Catégories", row.text)
        self.shoot("categories")
        self.driver.execute_script("arguments[0].querySelector('[data-click=edit]').click()", row)
        self.fill("description", "Celles qui accueillent")
        self.click("category-dialog form .button-primary")
        row = self.see(".category", "Celles qui accueillent")
        self.driver.execute_script("arguments[0].querySelector('[data-click=delete]').click()", row)
        self.click("confirm-dialog [data-click=yes]")
        self.wait(lambda driver: name not in driver.find_element("css selector", "categories-page").text, "it is gone")


class Audit(AccountTest):
    def test_a_refused_sign_in_is_found_in_the_log_and_in_its_csv(self):
        person = fresh(f"Gaspard {secrets.token_hex(3)}")
        with self.assertRaises(Refused):
            Person().call("POST", "/api/auth/login", {"email": person.email, "password": "not this one"})
        self.enter(admin(), "/audit")
        self.see("#audit-search").send_keys(person.name)
        self.see(".audit tr[data-outcome=refused]", "Connexion refusée")
        self.see(".audit tr[data-outcome=ok]", "Compte créé")
        self.driver.execute_script("const action = document.querySelector('.filters [name=action]'); action.value = 'sign_in_refused'; action.dispatchEvent(new Event('change', { bubbles: true }))")
        self.wait(lambda driver: len(driver.find_elements("css selector", ".audit tbody tr")) == 1, "one line is left")
        self.shoot("audit")
        address = self.see("audit-page [data-key=csv]").get_attribute("href")
        table = list(csv.reader(io.StringIO(admin().call("GET", address[len(setting("OBOX_URL")):]))))
        self.assertEqual(len(table), 2)
        self.assertIn("sign_in_refused", table[1])
        self.see("#audit-search").send_keys(" nothing like it")
        self.see("audit-page .empty-state")


if __name__ == "__main__":
    unittest.main()
