import base64
import os
import secrets
import shutil
import tempfile
import unittest

from selenium.webdriver.common.keys import Keys

from accounts import AccountTest, fresh
from browser import admin, until

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsAtmRIMZywi+hcEKLNXzWgQEBAQEBAQEBAQEBAQE"
    "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQELgvIpgF4nQu4FQAAAABJRU5ErkJggg==")
# Pastes a text file into the element.
PASTE = """
const data = new DataTransfer()
data.items.add(new File(['Collé'], 'collage.txt', { type: 'text/plain' }))
arguments[0].dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
"""


def category(**fields):
    """A category of the administrator's; its row."""
    return admin().call("POST", "/api/forum/categories", {"name": f"Salon {secrets.token_hex(3)}", "icon": "💬"} | fields)


class Forum(AccountTest):
    """The journeys of members and of moderators."""

    def setUp(self):
        super().setUp()
        self.category = category()
        self.addCleanup(self.clear)

    def clear(self):
        for one in admin().call("GET", f"/api/forum/topics?categoryId={self.category['id']}"):
            admin().call("DELETE", f"/api/forum/topics/{one['id']}")
        admin().call("DELETE", f"/api/forum/categories/{self.category['id']}")

    def topic(self, title, content="Bonjour **à tous**", by=None):
        body = {"categoryId": self.category["id"], "title": title, "content": content}
        return (by or admin()).call("POST", "/api/forum/topics", body)

    def reply(self, topic, content, by=None):
        return (by or admin()).call("POST", "/api/forum/posts", {"topicId": topic["id"], "content": content})

    def test_a_member_opens_a_topic_with_a_preview_and_marks_the_answer_as_solution(self):
        self.sign_in(fresh(), f"/forum/categories/{self.category['id']}")
        self.see("forum-category-page .empty-state", "Aucun sujet")
        self.click("forum-category-page [data-click=create]")
        self.see("forum-topic-dialog dialog[open]")
        title = f"Clé refusée {secrets.token_hex(3)}"
        self.fill("title", title)
        self.fill("content", "Ma clé `ssh` est **refusée** <b onclick=x()>ici</b>")
        self.click("forum-topic-dialog [data-click=preview]")
        self.see("forum-topic-dialog rich-text strong", "refusée")
        self.see_none("forum-topic-dialog rich-text [onclick], forum-topic-dialog rich-text b")
        self.shoot("forum-dialog")
        self.click("forum-topic-dialog form .button-primary")
        self.see("forum-topic-page h1", title)
        self.see("forum-topic-page .forum-post rich-text code", "ssh")
        topic = self.path().split("/")[-1]
        self.reply({"id": topic}, "Vérifiez les droits :\n\n```\nchmod 600 ~/.ssh/id_ed25519\n```")
        # It comes by itself.
        self.see(".forum-post:nth-of-type(2) pre", "chmod")
        self.click(".forum-post:nth-of-type(2) [data-click=react][data-kind=love]")
        self.see(".forum-post:nth-of-type(2) .forum-reaction[aria-pressed=true]", "1")
        self.click(".forum-post:nth-of-type(2) [data-click=solve]")
        self.see(".forum-post[data-solution]", "Solution")
        self.click(".forum-post[data-solution] [data-click=quote]")
        self.see(".forum-reply .forum-quoting")
        box = self.see(".forum-reply textarea")
        box.send_keys("Merci !")
        self.shoot("forum-topic")
        self.click(".forum-reply form .button-primary")
        self.see(".forum-post:nth-of-type(3) .forum-quote", "Vérifiez")
        self.resize(360, 740)
        self.shoot("forum-topic-narrow")

    def test_a_topic_opens_at_the_first_unread_post_and_is_read_then(self):
        topic = self.topic("Longue discussion")
        for number in range(45):
            self.reply(topic, f"Message {number}")
        person = fresh()
        self.sign_in(person, f"/forum/topics/{topic['id']}")
        self.see("forum-topic-page [data-click=later]")
        self.click("forum-topic-page [data-click=later]")
        self.see(".forum-post rich-text", "Message 44")
        self.open("/forum")
        self.see("forum-page .forum-category")
        self.see_none(f"[data-key=topic-{topic['id']}][data-unread]")
        self.reply(topic, "Tout nouveau")
        self.see(f"[data-key=topic-{topic['id']}][data-unread]")
        self.shoot("forum")
        self.click(f"[data-key=topic-{topic['id']}] a")
        self.see(".forum-post rich-text", "Tout nouveau")
        self.see("forum-topic-page [data-click=earlier]")
        self.click("forum-topic-page [data-click=earlier]")
        self.see(".forum-new-line")
        self.resize(360, 740)
        self.open("/forum")
        self.see("forum-page .forum-category")
        self.shoot("forum-narrow")

    def test_a_moderator_approves_rejects_pins_deletes_and_restores(self):
        admin().call("PATCH", "/api/system-settings", {"requireTopicApproval": True})
        self.addCleanup(lambda: admin().call("PATCH", "/api/system-settings", {"requireTopicApproval": False}))
        writer = self.another()
        writer.sign_in(fresh("Rose Écriture"), f"/forum/categories/{self.category['id']}")
        titles = [f"Proposition {secrets.token_hex(3)}" for _ in range(2)]
        for title in titles:
            writer.click("forum-category-page [data-click=create]")
            writer.fill("title", title)
            writer.fill("content", "À approuver")
            writer.click("forum-topic-dialog form .button-primary")
            writer.see("forum-topic-page .forum-marks", "En attente")
            writer.open(f"/forum/categories/{self.category['id']}")
        self.sign_in(fresh("Max Modération", role="moderator"), "/forum/moderation")
        self.see(".forum-waiting h2", titles[0])
        self.shoot("forum-moderation")
        item = f"//li[.//a[text()='{titles[0]}']]//button[@data-click='approve']"
        self.driver.find_element("xpath", item).click()
        self.see("toast-list", "Publié.")
        self.click(".forum-waiting [data-click=reject]")
        self.see("reason-dialog dialog[open]")
        self.fill("reason", "Déjà proposé")
        self.click("reason-dialog form .button-primary")
        self.see("forum-moderation-page .empty-state", "Rien à modérer")
        self.open(f"/forum/categories/{self.category['id']}")
        self.click(".forum-row a", titles[0])
        self.click("forum-topic-page [data-click=editTopic]")
        self.click("forum-topic-dialog [name=isPinned]")
        self.click("forum-topic-dialog form .button-primary")
        self.see("forum-topic-page .forum-marks", "Épinglé")
        self.click("forum-topic-page [data-click=removeTopic]")
        self.click("confirm-dialog .button-danger")
        self.see("forum-category-page .empty-state", "Aucun sujet")
        self.click("forum-topics [data-name=deleted]")
        self.click(".forum-row a", titles[0])
        self.click("forum-topic-page [data-click=restoreTopic]")
        until(lambda: any(one["title"] == titles[0] for one in admin().call(
            "GET", f"/api/forum/topics?categoryId={self.category['id']}")), "the topic is back")

    def test_pictures_and_files_stand_in_a_post_and_a_picture_opens_in_the_viewer(self):
        topic = self.topic("Photos du toit")
        self.sign_in(fresh(), f"/forum/topics/{topic['id']}")
        self.see(".forum-reply textarea").send_keys("Voici le plan")
        for name, content in (("plan.png", PICTURE), ("notes.txt", b"Trois bacs, deux arrosoirs")):
            self.driver.find_element("css selector", ".forum-reply [type=file]").send_keys(self.file(name, content))
            self.see(".forum-reply .chip[data-state=done]", name)
        self.shoot("forum-files-composer")
        self.click(".forum-reply form .button-primary")
        self.see(".forum-post:nth-of-type(2) .file", "notes.txt")
        self.see_none(".forum-reply .chip")
        self.shoot("forum-files")
        self.click(".forum-post:nth-of-type(2) .picture")
        self.see("dialog.viewer[open]", "plan.png")
        self.click("dialog.viewer [data-click=shut]")
        # An edit keeps the files that are not taken out.
        self.click(".forum-post:nth-of-type(2) [data-click=edit]")
        self.see(".forum-post .chip", "notes.txt")
        self.click(".forum-post .chip:nth-of-type(2) [data-click=drop]")
        self.click(".forum-post .forum-composer-foot .button-primary")
        self.see_none(".forum-post .file")
        self.see(".forum-post:nth-of-type(2) .picture")
        # A pasted file is uploaded like a chosen one.
        self.driver.execute_script(PASTE, self.see(".forum-reply textarea"))
        self.see(".forum-reply .chip[data-state=done]", "collage.txt")
        self.resize(390, 800)
        self.shoot("forum-files-narrow")

    def file(self, name, content):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def test_names_are_completed_with_people_who_may_read(self):
        person = fresh("Zoé Zéphyr")
        topic = self.topic("À qui demander ?")
        self.sign_in(fresh(), f"/forum/topics/{topic['id']}")
        box = self.see(".forum-reply textarea")
        box.send_keys("Bonjour @zép")
        self.see(".forum-reply [role=option]", "Zoé Zéphyr")
        self.shoot("forum-mention")
        box.send_keys(Keys.ENTER)
        until(lambda: "@nora-" in box.get_property("value"), "the name is completed")
        self.see_none(".forum-reply [role=option]")
        self.click(".forum-reply form .button-primary")
        self.see(".forum-post:nth-of-type(2) .mention")
        other = self.another()
        other.sign_in(person, "/notifications")
        other.see("notifications-page", "vous a mentionné dans")
        # In the dialog for a new topic, Escape closes the list, and not the dialog.
        self.open(f"/forum/categories/{self.category['id']}")
        self.click("forum-category-page [data-click=create]")
        box = self.see("forum-topic-dialog textarea")
        box.send_keys("@zép")
        self.see("forum-topic-dialog [role=option]", "Zoé Zéphyr")
        box.send_keys(Keys.ESCAPE)
        self.see_none("forum-topic-dialog [role=option]")
        self.see("forum-topic-dialog dialog[open]")

    def test_topics_like_the_title_being_typed_are_shown(self):
        word = secrets.token_hex(4)
        topic = self.topic(f"Imprimante {word} du deuxième étage")
        admin().call("GET", f"/api/search?q={word}")
        self.sign_in(fresh(), f"/forum/categories/{self.category['id']}")
        self.click("forum-category-page [data-click=create]")
        self.see("forum-topic-dialog dialog[open]")
        self.fill("title", f"Problème imprimante {word}")
        link = self.see("forum-similar a", f"Imprimante {word}")
        self.shoot("forum-similar")
        self.assertEqual(link.get_property("pathname"), f"/forum/topics/{topic['id']}")
        # The list is the next thing that the keyboard reaches.
        self.see("#field-title").send_keys(Keys.TAB)
        self.assertEqual(self.driver.switch_to.active_element, link)
        self.resize(390, 800)
        self.shoot("forum-similar-narrow")
        self.fill("title", "zzzz yyyy")
        self.see_none("forum-similar a")

    def test_a_moderator_splits_a_topic_and_merges_two(self):
        person = fresh()
        topic = self.topic("Tout à la fois")
        for text in ("Au sujet du toit", "Un lit de fraises", "Sans rapport"):
            self.reply(topic, text)
        reader = self.another()
        reader.sign_in(person, f"/forum/topics/{topic['id']}")
        reader.see(".forum-post:nth-of-type(4)")
        reader.see(".forum-reply textarea").send_keys("Pas encore envoyé")
        self.sign_in(fresh("Max Modération", role="moderator"), f"/forum/topics/{topic['id']}")
        self.click("forum-topic-page [data-click=splitTopic]")
        self.see(".forum-choosing", "Choisissez")
        for place in (2, 3):
            self.click(f".forum-post:nth-of-type({place}) [data-change=pick]")
        self.see(".forum-choosing", "2 messages choisis")
        self.shoot("forum-split")
        self.resize(390, 800)
        self.shoot("forum-split-narrow")
        self.resize(1280, 800)
        self.click("[data-click=moveChosen]")
        self.see("forum-split-dialog dialog[open]", "Ces 2 messages")
        self.fill("splitTitle", "Le potager")
        self.shoot("forum-split-dialog")
        self.click("forum-split-dialog form .button-primary")
        self.see("forum-topic-page h1", "Le potager")
        self.see(".forum-post:nth-of-type(2)", "fraises")
        reader.wait(lambda driver: len(driver.find_elements("css selector", ".forum-post")) == 2, "the posts have left")
        self.open(f"/forum/topics/{topic['id']}")
        self.click("forum-topic-page [data-click=mergeTopic]")
        box = self.see("#topic-picker")
        box.send_keys("potager")
        self.click("forum-merge-dialog [role=option]", "Le potager")
        self.see("forum-merge-dialog .picked", "Le potager")
        self.shoot("forum-merge-dialog")
        self.resize(390, 800)
        self.shoot("forum-merge-dialog-narrow")
        self.resize(1280, 800)
        self.click("forum-merge-dialog form .button-danger")
        self.see("forum-topic-page h1", "Le potager")
        self.see(".forum-post:nth-of-type(4)", "Sans rapport")
        # The reader is led there, with what they were writing.
        reader.see("forum-topic-page h1", "Le potager")
        reader.wait(lambda driver: driver.find_element("css selector", ".forum-reply textarea")
                    .get_property("value") == "Pas encore envoyé", "the draft has come along")
        self.open(f"/forum/topics/{topic['id']}")
        self.see("forum-topic-page h1", "Le potager")

    def test_an_administrator_makes_a_category_for_some_people(self):
        self.enter(admin(), "/tables/forum-categories")
        self.click("table-page [data-click=create]")
        name = f"Bureau {secrets.token_hex(3)}"
        self.fill("name", name)
        self.shoot("forum-category-dialog")
        self.click("table-dialog form .button-primary")
        self.see("table-page", name)
        made = next(one for one in admin().call("GET", "/api/forum/categories?limit=500") if one["name"] == name)
        admin().call("DELETE", f"/api/forum/categories/{made['id']}")


if __name__ == "__main__":
    unittest.main()
