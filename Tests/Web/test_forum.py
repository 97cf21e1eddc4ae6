import secrets
import unittest

from accounts import AccountTest, fresh
from browser import admin, until


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
