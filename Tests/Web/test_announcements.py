import secrets
import unittest

from accounts import AccountTest, fresh
from browser import admin, until


def announce(**fields):
    """A published announcement of the administrator's; its row."""
    body = {"title": f"Annonce {secrets.token_hex(3)}", "content": "**Bonjour** à tous", "isPublic": False}
    return admin().call("POST", "/api/announcements", body | fields)


class Announcements(AccountTest):
    """What the house tells, by roles, and the journey from publishing to the last confirmation."""

    def announce(self, **fields):
        row = announce(**fields)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/announcements/{row['id']}"))
        return row

    def test_strangers_read_the_public_ones_and_nothing_else(self):
        shown, hidden = self.announce(isPublic=True), self.announce()
        self.open("/public")
        self.see("public-page .announcement h2", shown["title"])
        self.see("public-page .announcement strong", "Bonjour")
        self.assertNotIn(hidden["title"], self.see("public-page").text)
        self.shoot("public")
        self.resize(360, 740)
        self.shoot("public-narrow")

    def test_a_member_reads_confirms_and_comments_and_manages_nothing(self):
        row = self.announce(requiresConfirmation=True, isImportant=True)
        self.sign_in(fresh(), "/announcements")
        self.see_none("announcements-page [data-click=create]")
        self.click(".announcement h2 a", row["title"])
        self.see("announcement-page .prose strong", "Bonjour")
        self.see_none("announcement-page [data-click=edit], read-report")
        self.click("read-confirm .button-primary")
        self.see("read-confirm .confirm-bar[data-done]")
        self.see("#comment-text").send_keys("Merci !")
        self.click(".comment-form .button")
        self.see(".comment .comment-text", "Merci !")
        self.shoot("announcement-member")
        after = admin().call("GET", f"/api/announcements/{row['id']}")
        self.assertEqual((after["confirmedCount"], after["commentCount"]), (1, 1))

    def test_a_manager_publishes_sees_who_has_not_confirmed_and_reminds(self):
        reader = fresh("Rose Lecture")
        title = f"Consignes {secrets.token_hex(3)}"
        self.enter(admin(), "/announcements?new")
        self.see("table-dialog dialog[open]")
        self.fill("title", title)
        self.fill("content", "- un\n- deux")
        self.see("table-dialog h2", "Nouvelle annonce")
        self.see("table-dialog form .button-primary", "Enregistrer le brouillon" if self.driver.execute_script(
            "return document.querySelector('table-dialog [name=status]').value") == "draft" else "Publier")
        self.driver.execute_script("""const box = document.querySelector('table-dialog [name=status]')
            box.value = 'draft'; box.dispatchEvent(new Event('change', { bubbles: true }))""")
        self.see("table-dialog form .button-primary", "Enregistrer le brouillon")
        self.driver.execute_script("""const box = document.querySelector('table-dialog [name=status]')
            box.value = 'published'; box.dispatchEvent(new Event('change', { bubbles: true }))""")
        self.see("table-dialog form .button-primary", "Publier")
        self.see("table-dialog [name=status]")
        self.see("table-dialog form-field[name=content] .field-hint", "Markdown")
        self.click("table-dialog summary", "Options")
        self.click("table-dialog [name=requiresConfirmation]")
        self.shoot("announcement-dialog")
        self.click("table-dialog form .button-primary")
        self.see("toast-list", "Annonce publiée.")
        self.see(".announcement h2", title)
        self.shoot("announcements")
        self.click(".announcement h2 a", title)
        self.see("announcement-page .prose li", "deux")
        self.see("read-report .report-people strong", reader.name)
        self.click("read-report [data-click=remind]")
        self.see("toast-list", "Rappel envoyé")
        self.shoot("announcement-manager")
        self.resize(360, 740)
        self.shoot("announcement-narrow")
        row = next(one for one in admin().call("GET", "/api/announcements") if one["title"] == title)
        self.assertEqual(row["isPublic"], False)
        self.resize(1440, 900)
        self.click("announcement-page [data-click=delete]")
        self.click("confirm-dialog .button-danger")
        self.at("/announcements")
        self.see_none(f"[data-key=announcement-{row['id']}]")

    def test_an_author_outside_of_the_audience_sees_whom_it_is_for_and_confirms_nothing(self):
        reader = fresh("Rose Lecture")
        row = self.announce(requiresConfirmation=True, audience=[f"user:{reader.id}"])
        self.enter(admin(), f"/announcements/{row['id']}")
        self.see(".announcement-for .tag", "Rose Lecture")
        self.see(".announcement-for", "Publiée le")
        self.see("read-report .report-people strong", "Rose Lecture")
        self.see_none("read-confirm")
        admin().call("PATCH", "/api/system-settings", {"showAnnouncements": False})
        self.addCleanup(lambda: admin().call("PATCH", "/api/system-settings", {"showAnnouncements": True}))
        self.open(f"/announcements/{row['id']}")
        self.see("not-found-page h1", "Ce module est désactivé.")
        self.click("not-found-page a[href='/']")
        self.at("/")

    def test_a_moderator_without_the_permission_sees_whom_to_ask(self):
        self.sign_in(fresh(role="moderator"), "/announcements")
        self.see("announcements-page", "demandez le droit « Annonces »")
        self.see_none("side-bar a[href='/mailbox']")

    def test_the_sign_in_page_leads_to_the_public_ones_only_while_there_are_some(self):
        others = admin().call("GET", "/api/announcements?isPublic=true")
        for one in others:
            admin().call("PATCH", f"/api/announcements/{one['id']}", {"isPublic": False})
            self.addCleanup(lambda id=one["id"]: admin().call("PATCH", f"/api/announcements/{id}", {"isPublic": True}))
        asked = "return performance.getEntriesByType('resource').some(one => one.name.includes('isPublic=true') && one.responseEnd)"
        # By default, a browser remembers only 250 of them.
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source="performance.setResourceTimingBufferSize(5000)")
        self.open("/sign-in")
        self.wait(lambda driver: driver.execute_script(asked), "the page has asked for public announcements")
        self.see("sign-in-page a[href='/forgotten-password']")
        self.see_none("sign-in-page a[href='/public']")
        row = self.announce(isPublic=True)
        self.driver.refresh()
        self.click("sign-in-page a[href='/public']")
        self.see("public-page .announcement h2", row["title"])
        admin().call("PATCH", "/api/system-settings", {"showAnnouncements": False})
        self.addCleanup(lambda: admin().call("PATCH", "/api/system-settings", {"showAnnouncements": True}))
        self.open("/sign-in")
        self.see("sign-in-page a[href='/forgotten-password']")
        self.see_none("sign-in-page a[href='/public']")

    def test_a_deleted_one_comes_back_from_the_bin_with_its_comments_and_confirmations(self):
        row = self.announce(requiresConfirmation=True)
        reader = fresh("Rose Lecture")
        reader.call("POST", "/api/auth/login", {"email": reader.email, "password": reader.password})
        reader.call("POST", f"/api/announcements/{row['id']}/confirm")
        reader.call("POST", f"/api/announcements/{row['id']}/comments", {"text": "Bien reçu"})
        self.enter(admin(), f"/announcements/{row['id']}")
        self.click("announcement-page [data-click=delete]")
        self.click("confirm-dialog .button-danger")
        self.at("/announcements")
        self.see_none(f"[data-key=announcement-{row['id']}]")
        self.click("announcements-page [data-click=bin]")
        self.see(f"bin-dialog [data-key=bin-{row['id']}]", row["title"])
        self.shoot("bin")
        self.click(f"bin-dialog [data-click=restore][data-id='{row['id']}']")
        self.see("toast-list", "restauré")
        self.see_none(f"bin-dialog [data-key=bin-{row['id']}]")
        self.click("bin-dialog [data-click=shut]")
        self.click(f"[data-key=announcement-{row['id']}] h2 a")
        self.see("announcement-page .comment-text", "Bien reçu")
        self.click("read-report [data-state=confirmed]")
        self.see("read-report .report-people strong", reader.name)

    def test_what_is_published_appears_by_itself_for_those_whom_it_is_for(self):
        person = fresh()
        self.sign_in(person, "/announcements")
        self.see(".announcement, .empty-state")
        hidden = self.announce(audience=["role:admin"])
        row = self.announce(audience=[f"user:{person.id}"])
        self.see(".announcement h2", row["title"])
        self.assertNotIn(hidden["title"], self.see("announcements-page").text)
        admin().call("PATCH", f"/api/announcements/{row['id']}", {"status": "draft"})
        until(lambda: row["title"] not in self.see("announcements-page").text, "the draft is gone")


if __name__ == "__main__":
    unittest.main()
