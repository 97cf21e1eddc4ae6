import unittest

from accounts import AccountTest, fresh
from browser import admin


class Quotas(AccountTest):
    """Quotas: shown to people, changed by administrators, checked when creating a machine."""

    def test_a_plan_that_does_not_fit_says_why_and_cannot_be_chosen(self):
        person = fresh()
        admin().call("PATCH", f"/api/admin/users/{person.id}/quota", {"cores": 1, "memory": 1000})
        self.sign_in(person)
        self.click("machines-page [data-key=new]")
        self.see("create-dialog [data-key=plan-tiny]:has(:checked)")
        self.see("create-dialog [data-key=plan-large][data-lacking] .plan-lacking", "Quota dépassé")
        self.see("create-dialog [data-key=plan-small][data-lacking] .plan-lacking", "1\u202f000")
        self.shoot("quota-plans")
        self.assertTrue(self.driver.find_element("css selector", "create-dialog .plan [value=large]").get_property("disabled"))
        self.click("create-dialog form .button-primary")
        self.see("create-dialog #field-name")

    def test_everyone_sees_their_own_quota(self):
        self.sign_in(fresh(), "/profile")
        self.see("quota-card .quotas [data-key=quota-cores] dd", "0 sur 6")
        self.shoot("quota-card")

    def test_an_administrator_raises_and_resets_one_persons_limits(self):
        person = fresh()
        self.enter(admin(), f"/people/{person.id}")
        field = self.see("quota-form #quota-person-machines")
        field.send_keys("many")
        self.click("quota-form .button-primary")
        self.see("quota-form #quota-person-machines-error", "nombre entier")
        field.clear()
        field.send_keys("7")
        self.shoot("quota-person")
        self.click("quota-form .button-primary")
        self.see("toast-list", "Quota enregistré")
        self.assertEqual(self.most(person)["own"], 7)
        field.clear()
        self.click("quota-form .button-primary")
        self.wait(lambda _: self.most(person)["own"] is None, "the limit is taken back")

    def most(self, person):
        return admin().call("GET", f"/api/admin/users/{person.id}/quota")["machines"]

    def test_an_administrator_changes_what_a_role_may_use(self):
        self.addCleanup(admin().call, "PATCH", "/api/admin/quotas/moderator", {"disk": None})
        self.enter(admin(), "/quotas")
        self.see("quota-form #quota-moderator-disk").send_keys("500")
        self.shoot("quotas")
        self.click("quota-form[of-role=moderator] .button-primary")
        self.wait(lambda _: admin().call("GET", "/api/admin/quotas")["roles"]["moderator"]["disk"] == 500, "it is kept")

    def test_the_audit_page_counts_what_repeats_and_the_host_page_knows_the_database(self):
        person = admin()
        channel = person.call("POST", "/api/chat/channels", {"type": "public", "name": "flood"})["id"]
        self.addCleanup(person.call, "DELETE", f"/api/chat/channels/{channel}")
        for number in range(40):
            person.call("PATCH", f"/api/chat/channels/{channel}", {"topic": f"topic {number}"})
        self.enter(person, "/audit")
        self.see("audit-page .audit .count", "fois")
        self.shoot("audit-count")
        self.open("/host")
        self.see("host-page health-checks", "Base de données")
        self.shoot("host-database")


class PhoneQuotas(Quotas):
    language = "en"
    width, height = 390, 844

    test_a_plan_that_does_not_fit_says_why_and_cannot_be_chosen = None
    test_an_administrator_raises_and_resets_one_persons_limits = None
    test_the_audit_page_counts_what_repeats_and_the_host_page_knows_the_database = None
    test_an_administrator_changes_what_a_role_may_use = None
    test_everyone_sees_their_own_quota = None

    def test_nothing_is_wider_than_a_phone(self):
        self.enter(admin(), "/quotas")
        self.see("quota-form #quota-employee-bytes")
        self.shoot("quotas-phone")
        self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), self.width)
        self.open("/profile")
        self.see("quota-card .quotas")
        self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), self.width)


if __name__ == "__main__":
    unittest.main()
