import secrets
import unittest

from selenium.webdriver.common.keys import Keys

from browser import Refused, admin, setting, until
from writing import ChatTest, person

IN_SIGHT = """
const list = document.querySelector('message-list')?.getBoundingClientRect()
const row = document.querySelector(`message-list .message[data-id="${arguments[0]}"]`)?.getBoundingClientRect()
return Boolean(row && row.top >= list.top && row.bottom <= list.bottom)
"""


class Channels(ChatTest):
    """Finding, creating, joining and leaving channels; searching messages."""

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
        self.click("channel-people [data-action=role]")
        self.wait(lambda driver: len(driver.find_elements("css selector", "channel-people .tag")) == 2, "two administer it")
        self.shoot("chat-people")
        self.click("channel-head [data-click=menu]")
        self.see("channel-head .menu [data-action=leave]")
        self.shoot("chat-menu")
        self.click("channel-head [data-action=leave]")
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
        self.click("channel-head [data-action=settings]")
        self.fill("topic", "après")
        self.driver.execute_script("const one = document.querySelector('#channel-slowSeconds'); one.value = '30'; one.dispatchEvent(new Event('change', { bubbles: true }))")
        self.shoot("chat-settings")
        self.click("channel-dialog form .button-primary")
        self.see("channel-head", "après")
        self.assertEqual(self.mine(channel["name"])["slowSeconds"], 30)
        self.click("channel-head [data-click=menu]")
        self.click("channel-head [data-action=delete]")
        self.fill("confirmation", "autre chose")
        self.click("channel-delete form .button-danger")
        self.see("channel-delete .field-error")
        self.fill("confirmation", channel["name"])
        self.click("channel-delete form .button-danger")
        until(lambda: self.mine(channel["name"]) is None, "it is deleted")
        with self.assertRaises(Refused):
            self.me.call("GET", f"/api/chat/channels/{channel['id']}")

    def test_a_direct_message_is_started_by_typing_a_few_letters(self):
        self.go_to(self.me, {"id": self.general()})
        self.chord(Keys.CONTROL, "k")
        self.see("quick-switcher input").send_keys("Otto Or")
        self.see("quick-switcher .choice", "Otto Orme")
        self.shoot("chat-switcher")
        self.keys(Keys.ENTER)
        self.see("channel-head h2", "Otto Orme")
        self.box().send_keys("Salut Otto", Keys.ENTER)
        until(lambda: any(one["type"] == "direct" and one["unread"] == 1 for one in self.other.call("GET", "/api/chat/channels")), "it waits for Otto")

    def test_a_dialog_does_not_stay_over_another_screen(self):
        self.enter(self.me, "/machines")
        self.see("machines-page")
        self.click("side-bar a[href='/chat']")
        self.see("#composer-text")
        self.chord(Keys.CONTROL, "k")
        self.see("quick-switcher dialog[open]")
        self.driver.back()
        self.see("machines-page")
        self.see_none("dialog[open]")

    def test_unread_channels_show_a_count_and_a_key_opens_them(self):
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

    def test_the_list_is_navigated_and_filtered_by_keyboard(self):
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
            last = self.say(admin(), channel, f"foin {number}")
        self.me.call("POST", f"/api/chat/channels/{channel['id']}/read", {"id": last["id"]})
        self.go_to(self.me, {"id": self.general()})
        self.driver.execute_script("document.activeElement.blur()")
        self.keys("/")
        self.see("#chat-search").send_keys(word)
        self.see(".found mark", word)
        self.assertIn("<b>dans</b>", self.see(".found-text").text)
        self.shoot("chat-search")
        self.click("chat-search .found .name-button")
        self.see(".person-card h2", "Ada")
        self.keys(Keys.ESCAPE)
        self.click(".found-place")
        self.at(f"/chat/{channel['id']}")
        self.wait(lambda driver: driver.execute_script(IN_SIGHT, wanted["id"]), "the message is in sight")
        self.see("#chat-search").send_keys("introuvable")
        self.see("chat-search .empty-state")

    def test_a_word_is_found_and_marked_in_the_middle_of_a_sentence_without_spaces(self):
        channel = self.channel(self.me)
        self.say(self.me, channel, "でも優柔不断だったね。")
        self.go_to(self.me, channel)
        self.driver.execute_script("document.activeElement.blur()")
        self.keys("/")
        self.see("#chat-search").send_keys("優柔不断")
        self.see(".found mark", "優柔不断")
        self.assertIn("でも優柔不断だったね。", self.see(".found-text").text)

    def test_a_pinned_message_is_listed_and_unpinned(self):
        channel = self.channel(self.me)
        message = self.say(self.me, channel, "à retenir")
        self.me.call("PATCH", f"/api/chat/messages/{message['id']}", {"pinned": True})
        self.go_to(self.me, channel)
        self.click("channel-head [data-panel=pins]")
        self.see("channel-pins .found", "à retenir")
        self.shoot("chat-pins")
        self.click("channel-pins .found .name-button")
        self.see(".person-card a[href='/profile']")
        self.keys(Keys.ESCAPE)
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
