import unittest

from accounts import AccountTest
from browser import admin, until


def state():
    return admin().call("GET", "/api/admin/backups")


class Backups(AccountTest):
    """The page of backups: made, verified and deleted by an administrator."""

    def setUp(self):
        super().setUp()
        # The first backup and its verification come by themselves after the start.
        until(lambda: not state()["job"], "no backup is made")

    def test_an_administrator_makes_verifies_and_deletes_a_backup(self):
        known = {one["name"] for one in state()["backups"]}
        self.enter(admin(), "/backups")
        self.see("backups-page [data-key=now]", "Sauvegarder maintenant")
        self.click("backups-page [data-key=now]")
        self.see("toast-list", "Sauvegarde terminée")
        made = next(one for one in state()["backups"] if one["name"] not in known)
        line = f"backups-page [data-key='backup-{made['name']}']"
        self.see(line, "pas encore vérifiée")
        self.shoot("backups")
        self.click(f"{line} [data-click=verify]")
        self.see("toast-list", "Sauvegarde vérifiée")
        self.see(f"{line} .tag", "vérifiée")
        self.shoot("backups-verified")
        self.resize(390, 800)
        self.shoot("backups-narrow")
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.shoot("backups-dark-narrow")
        self.click(f"{line} [data-click=erase]")
        self.click("confirm-dialog .button-danger")
        self.see_none(line)
        self.assertNotIn(made["name"], {one["name"] for one in state()["backups"]})


class WithoutFolder(AccountTest):
    """The page of backups where nothing is configured."""

    language = "en"

    def test_the_page_says_what_to_set(self):
        self.enter(admin(), "/host")
        # As the server answers where nothing is configured.
        self.driver.execute_script("""
          const ask = window.fetch
          const none = { folder: null, schedule: null, problem: null, lastBackup: null, lastVerification: null, backups: [], job: null }
          window.fetch = (path, ...more) => String(path).endsWith('/api/admin/backups')
            ? Promise.resolve(new Response(JSON.stringify(none), { headers: { 'Content-Type': 'application/json' } }))
            : ask(path, ...more)
          return import('/lib/router.js').then(({ go }) => go('/backups'))""")
        self.see("backups-page .empty-state", "Backups are not set up")
        self.see("backups-page .backup-steps", "BACKUP_FOLDER=/var/backups/obox")
        self.see_none("backups-page [data-key=now]")
        self.shoot("backups-off")
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.shoot("backups-off-dark")
        self.resize(390, 800)
        self.shoot("backups-off-narrow")


if __name__ == "__main__":
    unittest.main()
