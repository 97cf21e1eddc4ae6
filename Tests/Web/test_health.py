import json
import unittest

from accounts import AccountTest
from browser import admin, member, Refused


class Health(AccountTest):
    """Whether all is well: shown to administrators, with what to do."""

    def test_the_state_is_for_administrators(self):
        with self.assertRaises(Refused) as refusal:
            member().call("GET", "/api/admin/health")
        self.assertEqual(refusal.exception.status, 403)

    def test_each_check_says_its_state_and_what_is_wrong_comes_first(self):
        self.enter(admin(), "/host")
        self.see("health-checks [data-check=database]", "Base de données")
        rows = self.driver.find_elements("css selector", "health-checks .health-list > li")
        states = [row.get_attribute("data-state") for row in rows]
        self.assertEqual(states, sorted(states, key=["broken", "attention", "ok"].index))
        self.assertGreaterEqual(len(states), 13)
        self.shoot("health")

    def told(self, state, broken, checks):
        """All answers about the state are these from now on."""
        answer = {"state": state, "attention": 1, "broken": broken, "checkedAt": "2026-11-29T12:00:00.000Z", "checks": checks}
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source="""
          const fetched = window.fetch
          window.fetch = (...all) => String(all[0]?.url ?? all[0]).includes('/api/admin/health')
            ? Promise.resolve(new Response(%s, { status: 200, headers: { 'Content-Type': 'application/json' } }))
            : fetched(...all)
        """ % json.dumps(json.dumps(answer)))

    def dark(self, name):
        self.driver.execute_script("document.documentElement.dataset.theme = 'dark'")
        self.shoot(name)

    def test_something_broken_is_counted_in_the_navigation_and_says_what_to_do(self):
        self.told("broken", 1, [
            {"name": "version", "title": "Version", "state": "ok", "message": "OBox 1.", "advice": None, "command": None, "detail": None, "page": None},
            {"name": "mail", "title": "E-mails à envoyer", "state": "attention", "message": "En attente : 3, le plus ancien depuis 2 h.",
             "advice": "Vérifiez le serveur SMTP.", "command": None, "detail": "550 refused", "page": "/mailbox"},
            {"name": "hypervisor", "title": "Hyperviseur", "state": "broken", "message": "Injoignable.",
             "advice": "Démarrez libvirt ; OBox se reconnecte automatiquement.", "command": "systemctl start libvirtd", "detail": None, "page": None},
        ])
        self.enter(admin(), "/host")
        self.see("health-checks h2", "1 panne, 1 point à vérifier")
        first = self.see("health-checks .health-list > li:first-child")
        self.assertEqual(first.get_attribute("data-check"), "hypervisor")
        self.see("health-checks [data-check=hypervisor] copy-field", "systemctl start libvirtd")
        self.see("health-checks [data-check=mail] .health-detail", "550 refused")
        self.see("health-checks [data-check=mail] a[href='/mailbox']")
        self.see("side-bar a[href='/host'] .nav-bad", "1")
        self.shoot("health-broken")
        self.dark("health-broken-dark")

    def test_the_report_is_saved(self):
        self.enter(admin(), "/host")
        self.click("host-page [data-key=report]")
        self.see_none("host-page [data-key=report][data-busy]")
        self.assertFalse(self.driver.find_elements("css selector", "toast-list [data-kind=error]"))


class PhoneHealth(Health):
    language = "en"
    width, height = 390, 844

    test_each_check_says_its_state_and_what_is_wrong_comes_first = None
    test_the_report_is_saved = None

    def test_something_broken_is_counted_in_the_navigation_and_says_what_to_do(self):
        self.told("broken", 1, [
            {"name": "hypervisor", "title": "Hypervisor", "state": "broken", "message": "Unreachable. Machines keep their state, but none can be created, started or stopped.",
             "advice": "Start libvirt; OBox reconnects automatically.", "command": "systemctl start libvirtd", "detail": None, "page": None},
            {"name": "mail", "title": "Outgoing mail", "state": "attention", "message": "Waiting: 3, the oldest for 2 h.",
             "advice": "Check the SMTP server (EMAIL_HOST, EMAIL_USER, EMAIL_PASS). OBox retries automatically.", "command": None, "detail": "550 refused", "page": "/mailbox"},
            {"name": "disk", "title": "Disk space", "state": "ok", "message": "490 of 500 GB free.", "advice": None, "command": None, "detail": None, "page": "/host"},
        ])
        self.enter(admin(), "/host")
        self.see("health-checks h2", "1 broken, 1 needs attention")
        self.shoot("health-broken")
        self.dark("health-broken-dark")


if __name__ == "__main__":
    unittest.main()
