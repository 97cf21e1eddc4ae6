import secrets
import unittest
from base64 import b64decode

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from accounts import AccountTest, fresh
from browser import Refused, admin, setting, until

# Files are handed over as a browser would: in the transfer of a paste or a drop.
HAND_OVER = """
const [how, name, type, bytes, done] = arguments
const transfer = new DataTransfer()
transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
if (how === 'paste') {
  document.querySelector('#composer-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))
} else {
  const there = document.querySelector('chat-thread')
  for (const step of how.split(' ')) there.dispatchEvent(new DragEvent(step, { dataTransfer: transfer, bubbles: true, cancelable: true }))
}
"""
PASTE_TEXT = """
const box = document.querySelector('#composer-text')
const transfer = new DataTransfer()
transfer.setData('text/plain', arguments[0])
if (box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))) {
  box.focus()
  document.execCommand('insertText', false, arguments[0])
}
"""
# A picture of one red point.
PICTURE = list(b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"))
PROGRAM = list(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200))


def person(name):
    """Somebody new, signed in over the API."""
    made = fresh(name)
    made.call("POST", "/api/auth/login", {"email": made.email, "password": made.password})
    made.username = made.call("GET", "/api/auth/me")["username"]
    return made


class ChatTest(AccountTest):
    def channel(self, owner=None, **fields):
        body = {"type": "public", "name": f"atelier-{secrets.token_hex(4)}"} | fields
        return (owner or admin()).call("POST", "/api/chat/channels", body)

    def say(self, who, channel, text):
        return who.call("POST", f"/api/chat/channels/{channel['id']}/messages", {"text": text})

    def newest(self, channel, who=None):
        found = (who or admin()).call("GET", f"/api/chat/channels/{channel['id']}/messages?limit=1")
        return found[0] if found else None

    def go_to(self, who, channel):
        self.enter(who, f"/chat/{channel['id']}")
        return self.see("#composer-text")

    def box(self):
        return self.see("#composer-text")

    def written(self, text):
        self.wait(lambda _: self.box().get_property("value") == text, f"the composer holds {text!r}")

    def arrives(self, channel, text):
        until(lambda: (found := self.newest(channel)) and text in found["text"], f"{text!r} has arrived")
        return self.newest(channel)

    def keys(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def chord(self, *keys):
        chain = ActionChains(self.driver)
        for key in keys[:-1]:
            chain.key_down(key)
        chain.send_keys(keys[-1])
        for key in reversed(keys[:-1]):
            chain.key_up(key)
        chain.perform()

    def hand_over(self, how, name, kind, content):
        self.driver.execute_script(HAND_OVER, how, name, kind, content)


class Composer(ChatTest):
    """What one writes, and how it gets out."""

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

    def test_a_file_of_a_wrong_kind_says_so_on_its_chip_and_does_not_leave(self):
        channel = self.open_channel()
        self.hand_over("dragenter dragover drop", "outil.exe", "application/x-msdownload", PROGRAM)
        self.see(".chip[data-state=refused] .chip-error")
        self.box().send_keys("avec son outil", Keys.ENTER)
        self.see(".composer-notes", "Un fichier n’est pas parti")
        self.written("avec son outil")
        self.shoot("chat-refused-file")
        self.click(".chip [data-click=drop]")
        self.box().send_keys(Keys.ENTER)
        self.assertEqual(self.arrives(channel, "avec son outil")["files"], [])

    def test_an_archived_channel_says_why_one_cannot_write(self):
        channel = self.channel()
        admin().call("PATCH", f"/api/chat/channels/{channel['id']}", {"archived": True})
        self.enter(self.me, f"/chat/{channel['id']}")
        self.see(".composer-closed", "archivé")
        self.assertFalse(self.driver.find_elements("css selector", "#composer-text"))

    def test_everyone_is_only_called_by_those_who_may(self):
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

    def test_marks_stand_around_the_selection_and_go_again(self):
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

    def test_a_picture_from_the_clipboard_leaves_with_the_message(self):
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
        self.see(".composer-notes", "8 000 au plus".replace(" ", "\u202f", 1))
        self.box().send_keys(Keys.ENTER)
        self.click(".composer-notes [data-click=asFile]")
        self.see(".chip[data-state=done]", "message.txt")
        self.wait(lambda _: self.box().get_property("value").strip() == "Le journal :", "the rest stays")
        self.box().send_keys(Keys.ENTER)
        self.assertEqual(self.arrives(channel, "Le journal")["files"][0]["size"], 17 * 600)

    def test_arrow_up_changes_the_last_message_and_escape_gives_up(self):
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

    def test_what_is_written_survives_other_channels_and_a_reload(self):
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

    def test_a_change_that_was_begun_goes_on_after_a_reload(self):
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
        self.see(".composer-notes", "dès que ses fichiers")
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

    def test_what_is_written_offline_leaves_on_reconnection(self):
        channel = self.open_channel()
        self.driver.execute_script("window.testCableOut = true; for (const socket of window.testSockets) socket.close()")
        self.see(".composer-notes", "Hors ligne")
        self.box().send_keys("plus tard", Keys.ENTER)
        self.written("")
        self.assertIsNone(self.newest(channel))
        self.driver.execute_script("window.testCableOut = false; dispatchEvent(new Event('online'))")
        self.arrives(channel, "plus tard")


class Channels(ChatTest):
    """Finding, making, joining and leaving channels; looking for what was said."""

    @classmethod
    def setUpClass(cls):
        cls.me = person("Maya Merisier")
        cls.other = person("Otto Orme")

    def mine(self, name):
        return next((one for one in self.me.call("GET", "/api/chat/channels") if one["name"] == name), None)

    def test_a_name_that_is_taken_is_refused_beside_its_field(self):
        taken = self.channel()
        self.go_to(self.me, {"id": self.general()})
        self.click("channel-list [data-click=create]")
        self.fill("name", taken["name"])
        self.click("channel-dialog form .button-primary")
        self.see("channel-dialog .field-wrong .field-error")

    def general(self):
        return next(one["id"] for one in self.me.call("GET", "/api/chat/channels") if one["isGeneral"])

    def test_a_private_channel_is_made_with_people_muted_and_left(self):
        name = f"secret-{secrets.token_hex(3)}"
        self.go_to(self.me, {"id": self.general()})
        self.click("channel-list [data-click=createPrivate]")
        self.fill("name", name)
        self.see("channel-dialog people-picker input").send_keys("Otto")
        self.see("channel-dialog .choice", "Otto Orme")
        self.keys(Keys.ENTER)
        self.see("channel-dialog .picked", "Otto Orme")
        self.shoot("chat-new-channel")
        self.click("channel-dialog form .button-primary")
        self.see("channel-head h2", name)
        self.assertEqual(self.mine(name)["memberCount"], 2)
        self.click("channel-head [data-key=mute]")
        until(lambda: self.mine(name)["muted"], "it is muted")
        self.see(".channel[data-muted]", name)
        self.click("channel-head [data-panel=people]")
        self.click("channel-people li:not(:has(.tag)) [data-click=menu]")
        self.click("channel-people [data-act=role]")
        self.wait(lambda driver: len(driver.find_elements("css selector", "channel-people .tag")) == 2, "two administer it")
        self.shoot("chat-people")
        self.click("channel-head [data-click=menu]")
        self.see("channel-head .menu [data-act=leave]")
        self.shoot("chat-menu")
        self.click("channel-head [data-act=leave]")
        self.click("confirm-dialog [data-click=yes]")
        until(lambda: self.mine(name) is None, "it is left")
        self.wait(lambda driver: name not in driver.find_element("css selector", "channel-list").text, "it is not listed")

    def test_a_public_channel_is_found_looked_at_and_joined(self):
        channel = self.channel(topic="De quoi l’on parle")
        self.go_to(self.me, {"id": self.general()})
        self.click("channel-list [data-click=browse]")
        self.see("channel-browse input").send_keys(channel["name"])
        self.wait(lambda driver: len(driver.find_elements("css selector", ".browse-list li")) == 1, "one is found")
        self.shoot("chat-browse")
        self.click(".browse-list [data-click=look]")
        self.see("channel-head h2", channel["name"])
        self.click("channel-head [data-click=join]")
        self.see("channel-list .channel", channel["name"])
        self.assertTrue(self.mine(channel["name"])["joined"])

    def test_settings_are_changed_and_a_channel_is_deleted_by_its_name(self):
        channel = self.channel(self.me, topic="avant")
        self.go_to(self.me, channel)
        self.click("channel-head [data-click=menu]")
        self.click("channel-head [data-act=settings]")
        self.fill("topic", "après")
        self.driver.execute_script("const one = document.querySelector('#channel-slowSeconds'); one.value = '30'; one.dispatchEvent(new Event('change', { bubbles: true }))")
        self.shoot("chat-settings")
        self.click("channel-dialog form .button-primary")
        self.see("channel-head", "après")
        self.assertEqual(self.mine(channel["name"])["slowSeconds"], 30)
        self.click("channel-head [data-click=menu]")
        self.click("channel-head [data-act=delete]")
        self.fill("confirmation", "autre chose")
        self.click("channel-delete form .button-danger")
        self.see("channel-delete .field-error")
        self.fill("confirmation", channel["name"])
        self.click("channel-delete form .button-danger")
        until(lambda: self.mine(channel["name"]) is None, "it is deleted")
        with self.assertRaises(Refused):
            self.me.call("GET", f"/api/chat/channels/{channel['id']}")

    def test_somebody_is_written_to_by_a_few_letters(self):
        self.go_to(self.me, {"id": self.general()})
        self.chord(Keys.CONTROL, "k")
        self.see("quick-switcher input").send_keys("Otto Or")
        self.see("quick-switcher .choice", "Otto Orme")
        self.shoot("chat-switcher")
        self.keys(Keys.ENTER)
        self.see("channel-head h2", "Otto Orme")
        self.box().send_keys("Salut Otto", Keys.ENTER)
        until(lambda: any(one["type"] == "direct" and one["unread"] == 1 for one in self.other.call("GET", "/api/chat/channels")), "it waits for Otto")

    def test_unread_channels_say_how_many_and_a_key_goes_there(self):
        channel = self.channel()
        self.me.call("POST", f"/api/chat/channels/{channel['id']}/members")
        for one in self.me.call("GET", "/api/chat/channels"):
            self.me.call("POST", f"/api/chat/channels/{one['id']}/read", {"id": one["last"]})
        self.go_to(self.me, {"id": self.general()})
        self.say(admin(), channel, "un")
        self.say(admin(), channel, "deux")
        row = f"a[href='/chat/{channel['id']}']"
        self.see(f"{row}[data-unread] .badge", "2")
        self.chord(Keys.ALT, Keys.SHIFT, Keys.ARROW_DOWN)
        self.at(f"/chat/{channel['id']}")
        self.see_none(f"{row}[data-unread]")

    def test_the_list_is_walked_and_filtered_by_the_keyboard(self):
        channel = self.channel()
        self.me.call("POST", f"/api/chat/channels/{channel['id']}/members")
        self.go_to(self.me, {"id": self.general()})
        self.see(f"a[href='/chat/{channel['id']}']")
        self.see("#channels-filter").send_keys(channel["name"], Keys.ARROW_DOWN)
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("href").rsplit("/", 1)[1], channel["id"])
        self.keys(Keys.ENTER)
        self.at(f"/chat/{channel['id']}")
        self.wait(lambda driver: driver.switch_to.active_element.get_attribute("id") == "composer-text", "one can write at once")

    def test_a_search_marks_what_was_found_and_jumps_there(self):
        channel = self.channel()
        self.me.call("POST", f"/api/chat/channels/{channel['id']}/members")
        word = f"aiguille{secrets.token_hex(3)}"
        wanted = self.say(admin(), channel, f"Voici une {word} <b>dans</b> la botte")
        for number in range(90):
            self.say(admin(), channel, f"foin {number}")
        self.go_to(self.me, {"id": self.general()})
        self.driver.execute_script("document.activeElement.blur()")
        self.keys("/")
        self.see("#chat-search").send_keys(word)
        self.see(".found mark", word)
        self.assertIn("<b>dans</b>", self.see(".found-text").text)
        self.shoot("chat-search")
        self.click(".found-place")
        self.at(f"/chat/{channel['id']}")
        self.see("chat-thread", word)
        self.see("#chat-search").send_keys("introuvable")
        self.see("chat-search .empty-state")
        self.assertEqual(wanted["channel"], channel["id"])

    def test_a_pinned_message_is_listed_and_unpinned(self):
        channel = self.channel(self.me)
        message = self.say(self.me, channel, "à retenir")
        self.me.call("PATCH", f"/api/chat/messages/{message['id']}", {"pinned": True})
        self.go_to(self.me, channel)
        self.click("channel-head [data-panel=pins]")
        self.see("channel-pins .found", "à retenir")
        self.shoot("chat-pins")
        self.click("channel-pins [data-click=unpin]")
        self.see("channel-pins .empty-state")
        self.assertIsNone(self.newest(channel)["pinnedAt"])

    def test_on_a_phone_the_list_and_the_thread_have_the_screen_for_themselves(self):
        self.resize(375, 812)
        self.enter_narrow("/chat")
        self.see("channel-list .channel")
        self.shoot("phone-chat-list")
        self.click("channel-list .channel", "general")
        self.see("#composer-text")
        self.assertFalse(self.driver.find_element("css selector", "channel-list").is_displayed())
        self.shoot("phone-chat-thread")
        self.click("channel-head [data-panel=search]")
        self.see("#chat-search")
        self.shoot("phone-chat-search")
        self.keys(Keys.ESCAPE)
        self.click("channel-head .channel-back")
        self.see("channel-list .channel")

    def enter_narrow(self, path):
        self.devtools("Network.setCookie", url=setting("OBOX_URL"), name="obox_session", value=self.me.cookie, httpOnly=True)
        self.open(path)


if __name__ == "__main__":
    unittest.main()
