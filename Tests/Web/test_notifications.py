import secrets

from accounts import AccountTest, fresh
from browser import admin, member
from selenium.webdriver.common.keys import Keys


class Notifications(AccountTest):
    """The bell, its list and how one wants to be told. What tells something here is a machine that gets ready."""

    def setUp(self):
        super().setUp()
        self.member = member()
        self.member.call("POST", "/api/notifications/read-all")
        for told in self.member.call("GET", "/api/notifications?limit=500"):
            self.member.call("DELETE", f"/api/notifications/{told['id']}")
        self.addCleanup(self.member.delete_all_machines)

    def tell(self):
        """Something new: a machine is ready. Answers its name."""
        name = f"avis-{secrets.token_hex(3)}"
        self.member.create_machine(name)
        return name

    def focused(self):
        return self.driver.execute_script("return document.activeElement")

    def test_the_empty_bell_says_what_will_come(self):
        self.enter(self.member, "/profile")
        self.see_none(".bell-count")
        self.click(".bell")
        self.see(".notes-none", "arriveront ici")
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

    def test_what_was_missed_while_cut_off_is_there_afterwards(self):
        self.enter(self.member, "/profile")
        self.driver.execute_script("window.testCableOut = true; window.testSockets.at(-1).close()")
        self.see("side-bar .live-state:not([data-state=live])")
        name = self.tell()
        self.driver.execute_script("window.testCableOut = false; dispatchEvent(new Event('online'))")
        self.see(".bell-count", "1")
        self.click(".bell")
        self.see(".told", name)

    def test_the_keyboard_opens_moves_marks_and_closes(self):
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

    def test_a_mention_leads_to_its_message_and_whoever_reads_on_is_not_told(self):
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

    def test_who_looks_at_the_machine_has_read_of_it(self):
        name = self.tell()
        self.enter(self.member)
        self.see(".bell-count", "1")
        self.click("machine-row h2 a", name)
        self.see_none(".bell-count")
        self.assertTrue(self.member.call("GET", "/api/notifications")[0]["read"])

    def test_the_whole_list_marks_all_filters_and_throws_away(self):
        names = [self.tell(), self.tell()]
        self.enter(self.member, "/notifications")
        self.see(".notes-all .told", names[0])
        self.shoot("notifications")
        self.click(".notes-bar .button")
        self.see_none(".bell-count")
        self.see_none(".notes-all .note-row[data-unread]")
        self.click("[data-click=onlyUnread]")
        self.see("notifications-page .empty-state", "Tout est lu")
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
        self.assertTrue(self.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"))
