import os
import secrets
import unittest

from accounts import AccountTest, fresh
from browser import PASSWORD, admin, until


def signed_in(name, role="employee"):
    """A new person who is signed in over the API."""
    person = fresh(name, role)
    person.call("POST", "/api/auth/login", {"email": person.email, "password": PASSWORD})
    return person


def letter(sender, recipient, subject, content="Bonjour,\n\nÀ demain !", **more):
    body = {"recipientIds": [recipient.id], "subject": subject, "content": content, **more}
    return sender.call("POST", "/api/messages", body)["id"]


class Messages(AccountTest):
    """The internal mail, as its sender and its recipient see it."""

    def choose(self, name):
        """Chooses a person in the open composer."""
        self.see("people-picker input").send_keys(name)
        self.click("people-picker .choice", name)
        self.see("people-picker .picked li", name)

    def test_a_letter_is_written_and_appears_at_its_recipient_by_itself(self):
        name = f"Rita {secrets.token_hex(3)}"
        rita, sam = signed_in(name), signed_in("Sam Envoyeur")
        other = self.another()
        other.enter(rita, "/messages")
        other.see("messages-page .empty-state")
        self.enter(sam, "/messages/new")
        self.click("message-composer form .button-primary")
        self.see("message-composer .field-error", "destinataire")
        self.choose(name)
        self.fill("subject", "Les clés du labo")
        self.fill("content", "Où sont-elles ?")
        self.shoot("messages-compose")
        self.click("message-composer form .button-primary")
        self.at("/messages")
        other.click("messages-page .mail[data-unread]", "Les clés du labo")
        other.see("message-view .letter-text", "Où sont-elles ?")
        self.open("/messages/sent")
        self.see("messages-page .mail .read-mark")
        other.click("message-view .message-actions a", "Répondre")
        other.see("message-composer #field-content").send_keys("Sur mon bureau.")
        other.shoot("messages-reply")
        other.click("message-composer form .button-primary")
        self.open("/messages")
        self.click("messages-page .mail", "Re : Les clés du labo")
        self.see("message-view .letter-text", "Sur mon bureau.")
        self.see("message-view .earlier summary", "Sam Envoyeur")
        self.shoot("messages-thread")

    def test_what_was_begun_is_kept_as_a_draft(self):
        sam = signed_in("Sam Brouillon")
        self.enter(sam, "/messages/new")
        self.fill("subject", "À finir")
        until(lambda: sam.call("GET", "/api/messages/drafts"), "the draft is kept")
        self.open("/messages/drafts")
        self.click("messages-page .mail", "À finir")
        self.wait(lambda _: self.value("subject") == "À finir", "the draft is opened")
        self.click("message-composer [data-click=discard]")
        self.click("confirm-dialog .button-danger")
        until(lambda: not sam.call("GET", "/api/messages/drafts"), "the draft is gone")

    def test_a_letter_is_labelled_archived_found_and_thrown_away(self):
        rita, sam = signed_in("Rita Range"), signed_in("Sam Range")
        identity = letter(sam, rita, "Été au labo")
        letter(sam, rita, "Hiver")
        self.enter(rita, f"/messages/{identity}")
        self.click("message-view [data-click=label]")
        self.see("message-view input[name=label]").send_keys("Travaux\n")
        self.see("messages-page .folder-labels button", "Travaux")
        self.click("message-view [data-click=archive]")
        self.at("/messages/inbox")
        self.click("toast-list [data-click=undo]", "Annuler")
        until(lambda: rita.call("GET", f"/api/messages/item/{identity}")["folder"] == "inbox", "it is back")
        self.click("messages-page .mail", "Été au labo")
        self.click("message-view [data-click=archive]")
        self.at("/messages/inbox")
        self.open("/messages/archive")
        self.see("messages-page input[type=search]").send_keys("ete")
        self.click("messages-page .mail", "Été au labo")
        self.shoot("messages-archive")
        self.click("message-view [data-click=discard]")
        self.at("/messages/archive")
        self.open(f"/messages/trash/{identity}")
        self.click("message-view [data-click=discard]")
        self.click("confirm-dialog .button-danger")
        self.at("/messages/trash")
        self.see("messages-page .empty-state")

    def test_the_mails_of_the_box_are_a_folder(self):
        if os.environ.get("OBOX_MAILBOX") != "1":
            self.skipTest("OBOX_MAILBOX=1")
        rita = signed_in("Rita Courrier")
        rita.call("POST", "/api/auth/reset-password-request", {"email": rita.email})
        until(lambda: rita.call("GET", "/api/mailbox"), "the mail is written")
        self.enter(rita, "/messages/letters")
        self.click("messages-page .mail")
        self.see("messages-page .letter h2")
        self.shoot("messages-letters")

    def test_it_is_all_there_on_a_phone_in_english(self):
        self.language = "en"
        rita = signed_in("Rita Phone")
        rita.call("PUT", "/api/user/settings", {"language": "en", "theme": "dark"})
        identity = letter(signed_in("Sam Phone"), rita, "The keys of the lab", "Where are they? " * 30)
        self.resize(360, 740)
        self.enter(rita, "/messages")
        self.see("messages-page .mail", "The keys of the lab")
        self.shoot("messages-phone")
        self.click("messages-page .mail")
        self.see("message-view .letter-text", "Where are they?")
        self.shoot("messages-phone-letter")
        width = self.driver.execute_script("return document.documentElement.scrollWidth")
        self.assertLessEqual(width, 360)
        self.click("message-view .back")
        self.at("/messages/inbox")
        self.assertTrue(identity)


if __name__ == "__main__":
    unittest.main()
