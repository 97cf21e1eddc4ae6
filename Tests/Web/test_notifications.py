import secrets

from accounts import AccountTest, fresh
from browser import admin, member
from selenium.webdriver.common.keys import Keys


# A browser that allows notifications, or has not asked yet, and records them; and a hidden page.
SHOWN = """
window.testShown = []; window.testAsked = 0;
window.Notification = class {
  static permission = 'PERMISSION';
  static async requestPermission() { window.testAsked += 1; return this.permission = 'granted' }
  constructor(title, options) { window.testShown.push(Object.assign(this, { title, ...options })) }
  close() {}
};
"""
HIDDEN = (
    "Object.defineProperty(document, 'visibilityState', { configurable: true, value: arguments[0] ? 'hidden' : 'visible' });"
    "document.dispatchEvent(new Event('visibilitychange'))"
)


class Notifications(AccountTest):
    """The bell, its list and the preferences. The notifications here are of machines that become ready."""

    def setUp(self):
        super().setUp()
        self.member = member()
        self.member.call("POST", "/api/notifications/read-all")
        for told in self.member.call("GET", "/api/notifications?limit=500"):
            self.member.call("DELETE", f"/api/notifications/{told['id']}")
        self.addCleanup(self.member.delete_all_machines)

    def tell(self):
        """Causes a notification that a machine is ready; returns its name."""
        name = f"avis-{secrets.token_hex(3)}"
        self.member.create_machine(name)
        return name

    def focused(self):
        return self.driver.execute_script("return document.activeElement")

    def test_the_empty_bell_says_what_will_come(self):
        self.enter(self.member, "/profile")
        self.see_none(".bell-count")
        self.click(".bell")
        self.see(".notes-none", "apparaîtront ici")
        self.shoot("bell-empty")

    def test_the_count_follows_live_here_and_on_another_page(self):
        self.enter(self.member, "/profile")
        name = self.tell()
        self.see(".bell-count", "1")
        self.wait(lambda driver: driver.title.startswith("(1) "), "the title counts")
        self.wait(lambda driver: name in driver.find_element("css selector", "live-region p").get_attribute("textContent"), "it is announced")
        self.tell()
        self.see(".bell-count", "2")
        self.shoot("bell-count")
        told = self.member.call("GET", "/api/notifications?unread=1")
        self.member.call("PATCH", f"/api/notifications/{told[0]['id']}/read")
        self.see(".bell-count", "1")
        self.driver.refresh()
        self.see(".bell-count", "1")
        self.member.call("POST", "/api/notifications/read-all")
        self.see_none(".bell-count")
        self.wait(lambda driver: not driver.title.startswith("("), "the title does not count")

    def test_the_browser_shows_notifications_while_the_page_is_hidden(self):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=SHOWN.replace("PERMISSION", "granted"))
        self.enter(self.member, "/profile")
        self.tell()
        self.see(".bell-count", "1")
        self.driver.execute_script(HIDDEN, True)
        name = self.tell()
        self.see(".bell-count", "2")
        shown = self.driver.execute_script("return testShown.map(one => [one.title, one.tag])")
        self.assertEqual(len(shown), 1)
        self.assertIn(name, shown[0][0])
        self.assertRegex(shown[0][1], r"^obox-machine:\d+$")
        self.driver.execute_script(HIDDEN, False)
        self.driver.execute_script("testShown[0].onclick()")
        self.see("machine-page h1", name)
        self.see(".bell-count", "1")

    def test_the_browser_is_asked_by_a_click_only(self):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=SHOWN.replace("PERMISSION", "default"))
        self.enter(self.member, "/notifications/preferences")
        self.see(".wish-table")
        self.assertEqual(self.driver.execute_script("return testAsked"), 0)
        self.click(".wishes-permission[data-state=default] .button")
        self.see_none(".wishes-permission")
        self.assertEqual(self.driver.execute_script("return testAsked"), 1)

    def test_a_browser_that_blocks_says_so(self):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=SHOWN.replace("PERMISSION", "denied"))
        self.enter(self.member, "/notifications/preferences")
        self.see(".wishes-permission[data-state=denied]", "bloque")
        self.see_none(".wishes-permission .button")

    def test_notifications_missed_while_offline_appear_afterwards(self):
        self.enter(self.member, "/profile")
        self.pull_cable()
        name = self.tell()
        self.put_back_cable()
        self.see(".bell-count", "1")
        self.click(".bell")
        self.see(".told", name)

    def test_the_keyboard_opens_navigates_marks_and_closes_the_list(self):
        first, second = self.tell(), self.tell()
        self.enter(self.member, "/profile")
        self.see(".bell-count", "2")
        self.see(".bell").send_keys(Keys.ENTER)
        self.see(".told", second)
        self.wait(lambda _: second in self.focused().text, "the newest has the focus")
        self.shoot("bell-open")
        self.focused().send_keys(Keys.ARROW_DOWN)
        self.wait(lambda _: first in self.focused().text, "the next one has the focus")
        self.focused().send_keys(Keys.ESCAPE)
        self.wait(lambda driver: not driver.find_element("css selector", ".notes-panel").is_displayed(), "it is closed")
        self.assertIn("bell", self.focused().get_attribute("class"))
        self.focused().send_keys(Keys.ENTER)
        self.see(".told", second)
        self.wait(lambda _: second in self.focused().text, "the newest has the focus again")
        self.focused().send_keys(Keys.ENTER)
        self.wait(lambda _: self.path().startswith("/machines/"), "it leads to the machine")
        self.see("machine-page h1", second)
        self.see(".bell-count", "1")

    def test_a_mention_leads_to_its_message_and_a_reader_is_not_notified(self):
        username = self.member.call("GET", "/api/auth/me")["username"]
        general = next(one for one in admin().call("GET", "/api/chat/channels") if one["isGeneral"])
        messages = f"/api/chat/channels/{general['id']}/messages"
        self.enter(self.member, "/profile")
        admin().call("POST", messages, {"text": f"@{username} as-tu vu ?"})
        self.see(".bell-count", "1")
        self.click(".bell")
        self.see(".told", "as-tu vu ?")
        self.shoot("bell-mention")
        self.click(".told", "as-tu vu ?")
        self.at(f"/chat/{general['id']}")
        self.see_none(".bell-count")
        admin().call("POST", messages, {"text": f"@{username} et maintenant ?"})
        self.see("chat-page", "et maintenant ?")
        self.wait(lambda _: self.member.call("GET", "/api/notifications")[0]["read"], "it counts as read")
        self.see_none(".bell-count")

    def test_opening_the_machine_marks_its_notification_as_read(self):
        name = self.tell()
        self.enter(self.member)
        self.see(".bell-count", "1")
        self.click("machine-row h2 a", name)
        self.see_none(".bell-count")
        self.assertTrue(self.member.call("GET", "/api/notifications")[0]["read"])

    def test_the_full_list_marks_all_as_read_filters_and_deletes(self):
        names = [self.tell(), self.tell()]
        self.enter(self.member, "/notifications")
        self.see(".notes-all .told", names[0])
        self.shoot("notifications")
        self.click(".notes-bar .button")
        self.see_none(".bell-count")
        self.see_none(".notes-all .note-row[data-unread]")
        self.click("[data-click=onlyUnread]")
        self.see("notifications-page .empty-state", "Aucune notification non lue")
        self.click(".notes-bar [data-click=everything]")
        self.see(".notes-all .told", names[1])
        self.click(".note-away")
        self.wait(lambda driver: len(driver.find_elements("css selector", ".notes-all .note-row")) == 1, "one is left")
        self.assertEqual(len(self.member.call("GET", "/api/notifications")), 1)

    def test_preferences_are_kept(self):
        person = fresh()
        self.sign_in(person, "/notifications/preferences")
        mail = ".toggle[data-kind=reply][data-way=email]"
        self.see(f"{mail}[aria-checked=false]")
        self.click(mail)
        self.click(".toggle[data-kind=machine_ready][data-way=page]")
        self.see(".toggle[data-kind=machine_ready][data-way=browser][disabled]")
        self.shoot("notification-preferences")
        self.driver.refresh()
        self.see(f"{mail}[aria-checked=true]")
        self.see(".toggle[data-kind=machine_ready][data-way=page][aria-checked=false]")
        self.see_none(".toggle[data-kind=approval_wanted]")

    def test_it_fits_a_phone_and_speaks_english(self):
        name = self.tell()
        self.member.call("PUT", "/api/user/settings", {"language": "en"})
        self.addCleanup(self.member.call, "PUT", "/api/user/settings", {"language": "fr"})
        self.resize(390, 844)
        self.enter(self.member, "/profile")
        self.click(".bell")
        self.see(".told", f"Your machine {name} is ready")
        self.shoot("bell-phone")
        self.open("/notifications/preferences")
        self.see(".wish-table")
        self.assertTrue(self.driver.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
