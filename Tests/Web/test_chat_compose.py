import unittest

from selenium.webdriver.common.keys import Keys

from browser import admin, until
from writing import PASTE_TEXT, PICTURE, PROGRAM, ChatTest, person


class Composer(ChatTest):
    """Composing and sending messages."""

    @classmethod
    def setUpClass(cls):
        cls.me = person("Nora Nouvelle")
        cls.other = person("Sacha Sorbier")

    def open_channel(self, **fields):
        channel = self.channel(**fields)
        for who in (self.me, self.other):
            who.call("POST", f"/api/chat/channels/{channel['id']}/members")
        self.go_to(self.me, channel)
        return channel

    def test_a_file_of_an_unsupported_type_says_so_and_is_not_sent(self):
        channel = self.open_channel()
        self.hand_over("dragenter dragover drop", "outil.exe", "application/x-msdownload", PROGRAM)
        self.see(".chip[data-state=refused] .chip-error")
        self.box().send_keys("avec son outil", Keys.ENTER)
        self.see(".composer-notes", "Un fichier n’a pas pu être envoyé")
        self.written("avec son outil")
        self.shoot("chat-refused-file")
        self.click(".chip [data-click=drop]")
        self.box().send_keys(Keys.ENTER)
        self.assertEqual(self.arrives(channel, "avec son outil")["files"], [])

    def test_an_invisible_message_cannot_be_sent(self):
        channel = self.open_channel()
        send = "chat-composer .composer-send"
        for text in ("   ", "\u200b", "\u2800\u3164", "\ufe0f \u00ad"):
            self.driver.execute_script(PASTE_TEXT, text)
            self.assertEqual(self.box().get_property("value"), text)
            self.assertFalse(self.see(send).is_enabled(), ascii(text))
            self.box().send_keys(Keys.ENTER)
            self.assertEqual(self.box().get_property("value"), text)
            self.box().clear()
        self.driver.execute_script(PASTE_TEXT, "\u200bvisible")
        self.wait(lambda _: self.see(send).is_enabled(), "what can be seen may leave")
        self.box().send_keys(Keys.ENTER)
        self.arrives(channel, "visible")

    def test_an_archived_channel_says_why_one_cannot_write(self):
        channel = self.channel()
        admin().call("PATCH", f"/api/chat/channels/{channel['id']}", {"archived": True})
        self.enter(self.me, f"/chat/{channel['id']}")
        self.see(".composer-closed", "archivé")
        self.assertFalse(self.driver.find_elements("css selector", "#composer-text"))

    def test_only_permitted_people_can_mention_everyone(self):
        self.open_channel()
        self.box().send_keys("@every")
        self.wait(lambda driver: not driver.find_elements("css selector", ".choices .choice"), "nobody is offered")
        self.box().send_keys(Keys.BACKSPACE * 6, "@sach")
        self.see(".choice", "Sacha Sorbier")

    def test_a_mention_is_completed_by_the_keyboard(self):
        channel = self.open_channel()
        self.box().send_keys("Bonjour @sach")
        self.see(".choice[aria-selected=true]", "Sacha Sorbier")
        active = self.box().get_attribute("aria-activedescendant")
        self.assertIn("Sacha", self.driver.find_element("id", active).text)
        self.shoot("chat-mention")
        self.box().send_keys(Keys.ENTER)
        self.written(f"Bonjour @{self.other.username} ")
        self.box().send_keys("ça va ?", Keys.ENTER)
        self.arrives(channel, f"@{self.other.username} ça va ?")
        self.written("")
        unread = [one for one in self.other.call("GET", "/api/chat/channels") if one["id"] == channel["id"]]
        self.assertEqual(unread[0]["unread"], 1)

    def test_escape_closes_the_list_and_leaves_the_text(self):
        self.open_channel()
        self.box().send_keys("@sach")
        self.see(".choice")
        self.box().send_keys(Keys.ESCAPE)
        self.see_none(".choices .choice")
        self.box().send_keys("a")
        self.written("@sacha")
        self.assertFalse(self.driver.find_elements("css selector", ".choices .choice"))

    def test_an_emoji_is_completed_and_picked(self):
        self.open_channel()
        self.box().send_keys(":smil")
        self.see(".choice", ":smile:")
        self.box().send_keys(Keys.TAB)
        self.written("😄 ")
        self.click(".composer [data-click=emoji]")
        self.see(".picker-search").send_keys("fusée")
        self.see(".picker [data-emoji='🚀']")
        self.shoot("chat-picker")
        self.keys(Keys.ENTER)
        self.written("😄 🚀")
        self.box().send_keys(" :tada:")
        self.written("😄 🚀 🎉")

    def test_formatting_marks_are_put_around_the_selection_and_removed_again(self):
        self.open_channel()
        self.box().send_keys("mot")
        self.chord(Keys.SHIFT, Keys.HOME)
        self.chord(Keys.CONTROL, "b")
        self.written("**mot**")
        self.chord(Keys.CONTROL, "b")
        self.written("mot")
        self.chord(Keys.CONTROL, "z")
        self.written("**mot**")

    def test_shift_enter_breaks_the_line_and_enter_sends(self):
        channel = self.open_channel()
        self.box().send_keys("une")
        self.chord(Keys.SHIFT, Keys.ENTER)
        self.box().send_keys("deux", Keys.ENTER)
        self.assertEqual(self.arrives(channel, "deux")["text"], "une\ndeux")

    def test_a_pasted_picture_is_sent_with_the_message(self):
        channel = self.open_channel()
        self.hand_over("paste", "capture.png", "image/png", PICTURE)
        self.see(".chip[data-state=done] img")
        self.box().send_keys("regardez", Keys.ENTER)
        message = self.arrives(channel, "regardez")
        self.assertEqual([file["type"] for file in message["files"]], ["image/png"])
        self.see_none(".chip")
        self.click("chat-thread img")
        self.see("picture-viewer dialog[open] img")
        self.keys(Keys.ESCAPE)
        self.see_none("picture-viewer dialog[open]")

    def test_the_whole_thread_takes_a_dropped_file_and_says_so(self):
        channel = self.open_channel()
        self.hand_over("dragenter dragover", "note.txt", "text/plain", list(b"une note"))
        self.see(".drop-hint", "Déposez")
        self.shoot("chat-drop")
        self.hand_over("drop", "note.txt", "text/plain", list(b"une note"))
        self.see_none(".drop-hint:not([hidden])")
        self.see(".chip[data-state=done]", "note.txt")
        self.box().send_keys(Keys.ENTER)
        until(lambda: self.newest(channel) and self.newest(channel)["files"], "the file has arrived")
        self.assertEqual(self.newest(channel)["files"][0]["fileName"], "note.txt")

    def test_a_text_that_is_too_long_is_offered_as_a_file(self):
        channel = self.open_channel()
        self.box().send_keys("Le journal : ")
        self.driver.execute_script(PASTE_TEXT, "ligne du journal\n" * 600)
        self.see(".composer-notes", "8 000 au maximum".replace(" ", "\u202f", 1))
        self.box().send_keys(Keys.ENTER)
        self.click(".composer-notes [data-click=asFile]")
        self.see(".chip[data-state=done]", "message.txt")
        self.wait(lambda _: self.box().get_property("value").strip() == "Le journal :", "the rest stays")
        self.box().send_keys(Keys.ENTER)
        self.assertEqual(self.arrives(channel, "Le journal")["files"][0]["size"], 17 * 600)

    def test_arrow_up_edits_the_last_message_and_escape_cancels(self):
        channel = self.open_channel()
        self.box().send_keys("premier jet", Keys.ENTER)
        self.arrives(channel, "premier jet")
        self.see("chat-thread", "premier jet")
        self.wait(lambda driver: driver.execute_script("return import('/lib/chat/store.js').then(store => Boolean(store.myLastMessage(arguments[0])))", channel["id"]), "it is taken in")
        self.box().send_keys(Keys.ARROW_UP)
        self.written("premier jet")
        self.see(".composer-about", "Modification")
        self.shoot("chat-edit")
        self.box().send_keys(Keys.ESCAPE)
        self.written("")
        self.box().send_keys(Keys.ARROW_UP)
        self.written("premier jet")
        self.box().send_keys(", revu", Keys.ENTER)
        until(lambda: self.newest(channel)["text"] == "premier jet, revu", "the message is changed")
        self.written("")

    def test_a_draft_survives_other_channels_and_a_reload(self):
        channel = self.open_channel()
        second = self.channel()
        self.me.call("POST", f"/api/chat/channels/{second['id']}/members")
        self.hand_over("paste", "capture.png", "image/png", PICTURE)
        self.see(".chip[data-state=done]")
        self.box().send_keys("pas encore fini")
        self.click(f"channel-list a[href='/chat/{second['id']}']")
        self.written("")
        self.see_none(".chip")
        self.driver.refresh()
        self.see("side-bar .live-state[data-state=live]")
        self.click(f"channel-list a[href='/chat/{channel['id']}']")
        self.written("pas encore fini")
        self.see(".chip[data-state=done]")
        self.box().send_keys(Keys.ENTER)
        self.assertEqual(len(self.arrives(channel, "pas encore fini")["files"]), 1)

    def test_an_edit_in_progress_continues_after_a_reload(self):
        channel = self.open_channel()
        self.say(self.me, channel, "premier jet")
        self.see("chat-thread", "premier jet")
        self.box().send_keys(Keys.ARROW_UP)
        self.written("premier jet")
        self.box().send_keys(" et suite")
        self.driver.refresh()
        self.see(".composer-about", "Modification")
        self.written("premier jet et suite")
        self.box().send_keys(Keys.ENTER)
        until(lambda: self.newest(channel)["text"] == "premier jet et suite", "the message is changed")
        self.written("")

    def test_a_message_waits_for_its_files_on_a_slow_line(self):
        channel = self.open_channel()
        self.devtools("Network.enable")
        line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
        self.devtools("Network.emulateNetworkConditions", **line)
        self.hand_over("paste", "long.txt", "text/plain", list(b"une ligne de plus\n" * 12_000))
        self.see(".chip progress")
        self.box().send_keys("avec le fichier", Keys.ENTER)
        self.see(".composer-notes", "dès que les fichiers")
        self.assertIsNone(self.newest(channel))
        self.devtools("Network.emulateNetworkConditions", **line | {"uploadThroughput": -1})
        message = self.arrives(channel, "avec le fichier")
        self.assertEqual([file["size"] for file in message["files"]], [18 * 12_000])
        self.written("")

    def test_a_slow_channel_counts_down(self):
        channel = self.open_channel(slowSeconds=5)
        self.box().send_keys("un", Keys.ENTER)
        self.arrives(channel, "un")
        self.box().send_keys("deux", Keys.ENTER)
        self.see(".composer-notes [role=timer]")
        self.written("deux")
        self.see_none(".composer-notes [role=timer]")
        self.box().send_keys(Keys.ENTER)
        self.arrives(channel, "deux")

    def test_a_message_written_offline_is_sent_on_reconnection(self):
        channel = self.open_channel()
        self.pull_cable()
        self.see(".composer-notes", "Hors ligne")
        self.box().send_keys("plus tard", Keys.ENTER)
        self.written("")
        self.assertIsNone(self.newest(channel))
        self.put_back_cable()
        self.arrives(channel, "plus tard")


if __name__ == "__main__":
    unittest.main()
