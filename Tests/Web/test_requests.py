import secrets
import unittest

from accounts import AccountTest
from browser import admin, until
from test_messages import signed_in


class Requests(AccountTest):
    """Requests, as their submitter, those who handle them, and an administrator see them."""

    def submit(self, title):
        self.click("requests-page .page-head [data-click=create]")
        self.fill("title", title)
        self.fill("description", "Elle coule depuis ce matin.")
        self.see("request-dialog [name=category]").send_keys("Locaux")
        self.see("request-dialog [name=priority]").send_keys("Haute")

    def test_a_request_goes_from_its_submitter_to_a_moderator_and_back(self):
        title = f"La clim du {secrets.token_hex(3)}"
        lea, max_ = signed_in("Léa Demande"), signed_in("Max Modérateur", "moderator")
        moderator = self.another()
        moderator.enter(max_, "/requests")
        moderator.see("request-board .board-column[data-status=open]")
        self.enter(lea, "/requests")
        self.see("requests-page .empty-state")
        self.click("requests-page .page-head [data-click=create]")
        self.click("request-dialog form .button-primary")
        self.see("request-dialog form-field[name=title] .field-error", "obligatoire")
        self.click("request-dialog [data-click=shut]")
        self.submit(title)
        self.shoot("requests-new")
        self.click("request-dialog form .button-primary")
        self.see("request-page h1", title)
        self.see_none("request-page .request-moves")
        moderator.see("request-board .board-column[data-status=open] .board-card", title)
        moderator.shoot("requests-board")
        moderator.click("request-board .board-card a", title)
        moderator.click("request-page [data-click=take]")
        moderator.see("request-page .request-facts dd", "Max Modérateur")
        moderator.click("request-page .request-moves .button-primary", "Commencer")
        moderator.see("request-comments textarea").send_keys("Pièce commandée en interne")
        moderator.click("request-comments [name=isInternal]")
        moderator.click("request-comments form .button-primary")
        moderator.see("request-comments .request-comment[data-internal]", "Pièce commandée")
        moderator.see("request-comments textarea").send_keys("Un technicien passe demain.")
        moderator.click("request-comments form .button-primary")
        self.see("request-comments .request-comment", "Un technicien passe demain.")
        self.see_none("request-comments .request-comment[data-internal], request-comments [name=isInternal]")
        moderator.click("request-page .request-moves .button-primary", "résolue")
        self.click("request-page .request-moves .button-primary", "clore")
        moderator.see("request-page .request-status[data-status=closed]")
        moderator.see_none("request-page people-picker, request-page [data-click=release]")
        moderator.shoot("requests-one")
        self.shoot("requests-one-submitter")

    def test_cards_are_moved_by_their_menu_and_the_list_is_narrowed(self):
        lea, boss = signed_in("Léa Carte"), admin()
        title = f"Écran {secrets.token_hex(3)}"
        made = lea.call("POST", "/api/complaints", {"title": title, "description": "Noir", "category": "it"})
        self.enter(boss, "/requests")
        self.see("requests-page .figures [data-figure=pending]")
        self.see("requests-page input[type=search]").send_keys(title)
        self.see("request-board .board-card", title)
        self.see(f".board-card[data-id='{made['id']}'] select").send_keys("En cours")
        self.see("request-board .board-column[data-status=in_progress] .board-card", title)
        until(lambda: lea.call("GET", f"/api/complaints/{made['id']}")["status"] == "in_progress", "it was moved")
        self.click("requests-page [data-name=list]")
        self.see("requests-page .request-row", title)
        self.see("requests-page [name=status]").send_keys("Close")
        self.see("requests-page .empty-state")
        self.click("requests-page [data-name=board]")

    def test_an_anonymous_request_is_followed_by_its_code(self):
        boss = admin()
        boss.call("PATCH", "/api/system-settings", {"allowAnonymousComplaints": True})
        self.addCleanup(lambda: boss.call("PATCH", "/api/system-settings", {"allowAnonymousComplaints": False}))
        title = f"Un chef qui crie {secrets.token_hex(3)}"
        self.enter(signed_in("Léa Discrète"), "/requests")
        self.see("requests-page a[href='/requests/track']")
        self.submit(title)
        self.click("request-dialog [name=isAnonymous]")
        self.click("request-dialog form .button-primary")
        code = self.see("request-dialog copy-field .copy-text").text
        self.shoot("requests-code")
        self.click("request-dialog .button-primary", "Fermer")
        found = next(one for one in boss.call("GET", "/api/complaints") if one["title"] == title)
        self.assertIsNone(found["submitterId"])
        boss.call("POST", f"/api/complaints/{found['id']}/comments", {"text": "Dans quel bureau ?"})
        self.open("/requests/track")
        self.fill("code", "un code")
        self.click("track-request-page form .button-primary")
        self.see("track-request-page .field-error", "aucune demande")
        self.fill("code", code)
        self.click("track-request-page form .button-primary")
        self.see("track-request-page .request-comment", "Dans quel bureau ?")
        self.fill("text", "Au deuxième.")
        self.click("track-request-page form .button-primary")
        self.see("track-request-page .request-comment", "Au deuxième.")
        self.shoot("requests-track")

    def test_it_is_all_there_on_a_phone_in_english(self):
        self.language = "en"
        lea = signed_in("Léa Phone", "moderator")
        lea.call("PUT", "/api/user/settings", {"language": "en", "theme": "dark"})
        made = lea.call("POST", "/api/complaints", {"title": "A chair that squeaks", "description": "Very much so."})
        self.resize(360, 740)
        for path, css in [("/requests", "request-board .board-card"), (f"/requests/{made['id']}", "request-comments")]:
            self.enter(lea, path)
            self.see(css)
            self.shoot(f"requests-phone{path.replace('/', '-')}")
            width = self.driver.execute_script("return document.documentElement.scrollWidth")
            self.assertLessEqual(width, 360)


if __name__ == "__main__":
    unittest.main()
