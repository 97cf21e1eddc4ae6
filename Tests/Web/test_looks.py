import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import PageTest, admin, member, setting

# A phone zooms out when content is too wide, which increases innerWidth but not the layout's width.
WIDER_THAN_THE_SCREEN = """
return [...document.querySelectorAll('body *')].filter(one => one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest('.visually-hidden, .wall'))
  .map(one => one.tagName + '.' + one.getAttribute('class'))
"""


SCREENS = ("/", "/machines", "/directory", "/settings", "/mailbox", "/host", "/profile", "/security", "/people", "/categories", "/audit", "/chat/1")


class Looks(PageTest):
    def press(self, key):
        ActionChains(self.driver).send_keys(key).perform()

    def background(self):
        return self.driver.execute_script("return getComputedStyle(document.documentElement).backgroundColor")

    def test_the_language_is_switched_at_once_and_stays_after_a_reload(self):
        self.enter(member(), "/profile")
        self.see("h1", "Profil")
        self.click("[data-choice=en]")
        self.see("h1", "Profile")
        self.assertEqual(self.driver.execute_script("return document.documentElement.lang"), "en")
        self.driver.refresh()
        self.see("h1", "Profile")
        self.shoot("profile-en")
        self.click("[data-choice=fr]")
        self.see("side-bar", "Annonces")

    def test_errors_of_the_server_come_in_the_language_of_the_person(self):
        self.open("/sign-in")
        sentences = []
        for language in ("fr", "en"):
            self.click(f"[data-choice={language}]")
            self.fill("identifier", "nobody@example.org")
            self.fill("password", f"not this one in {language}")
            self.click("sign-in-page form .button-primary")
            self.wait(
                lambda driver: (said := self.see("sign-in-page .alert[role=alert]").text) not in sentences
                and not sentences.append(said),
                f"a refusal in {language}",
            )
        self.assertEqual(len(set(sentences)), 2)

    def test_the_theme_is_switched_at_once_and_stays_after_a_reload(self):
        self.enter(member(), "/profile")
        self.click("[data-choice=light]")
        light = self.background()
        self.click("[data-choice=dark]")
        self.wait(lambda _: self.background() != light, "the ground is dark")
        self.driver.refresh()
        self.see("[data-choice=dark][aria-pressed=true]")
        self.assertNotEqual(self.background(), light)
        self.shoot("profile-dark")
        self.click("[data-choice=auto]")
        self.see("[data-choice=auto][aria-pressed=true]")

    def test_a_choice_before_sign_in_is_kept_by_this_browser(self):
        self.open("/sign-in")
        self.click("[data-choice=dark]")
        self.click("[data-choice=en]")
        self.see("h1", "Sign in")
        dark = self.background()
        self.driver.refresh()
        self.see("h1", "Sign in")
        self.assertEqual(self.background(), dark)
        self.assertEqual(self.driver.execute_script("return document.documentElement.dataset.theme"), "dark")

    def test_the_theme_follows_the_system_while_it_is_automatic(self):
        grounds = []
        for scheme in ("light", "dark"):
            self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            self.open("/sign-in")
            self.see("sign-in-page h1")
            grounds.append(self.background())
        self.assertNotEqual(*grounds)

    def test_no_screen_is_wider_than_a_phone(self):
        self.resize(375, 812)
        for path in ("/sign-in", "/register", "/verify-email?token=x", "/forgotten-password", "/reset-password?token=x"):
            self.open(path)
            self.see("h1")
            self.narrow(path)
        self.enter(admin())
        for path in (*SCREENS, "/nowhere"):
            self.open(path)
            self.see("main h1, main h2")
            self.see_none("[aria-busy=true]")
            self.narrow(path)

    def narrow(self, path):
        self.assertEqual(self.driver.execute_script(WIDER_THAN_THE_SCREEN), [], path)
        self.assertFalse(self.driver.execute_script("return document.documentElement.scrollWidth > document.documentElement.clientWidth"), path)
        self.shoot("phone" + path.split("?")[0].replace("/", "-"))

    def test_the_create_dialog_is_no_wider_than_a_phone(self):
        self.resize(375, 812)
        self.enter(member())
        self.click("machines-page .button-primary")
        self.see(".plan")
        self.narrow("/create-plan")
        self.click("form[data-key=first] .button-primary")
        self.see("form[data-key=second]")
        self.narrow("/create-name")

    def test_the_keys_open_what_they_say_and_escape_closes_it(self):
        self.enter(member(), "/profile")
        self.see("h1")
        self.press("?")
        self.see("key-sheet dialog[open]")
        self.press(Keys.ESCAPE)
        self.see_none("key-sheet dialog[open]")
        self.press("n")
        self.see("create-dialog dialog[open]")
        self.see(".plan")
        self.press(Keys.ESCAPE)
        self.see_none("create-dialog dialog[open]")
        self.assertEqual(self.path(), "/machines")

    def test_keys_do_nothing_while_somebody_types(self):
        self.enter(member(), "/profile")
        self.see("h1")
        self.driver.execute_script("document.body.append(document.createElement('input')); document.body.lastChild.focus()")
        self.press("nm?")
        self.assertEqual(self.driver.execute_script("return document.activeElement.value"), "nm?")
        self.assertEqual(self.path(), "/profile")
        self.assertFalse(self.driver.find_elements("css selector", "dialog[open]"))

    def test_a_page_whose_modules_failed_to_load_is_reloaded(self):
        self.devtools("Network.enable")
        self.devtools("Network.setBlockedURLs", urls=["*/app*.js"])
        self.driver.get(setting("OBOX_URL") + "/verify-email?token=kept")
        self.wait(lambda driver: "#tries=" in driver.current_url, "the page is loaded anew")
        self.devtools("Network.setBlockedURLs", urls=[])
        self.see("verify-email-page h1")
        self.assertTrue(self.driver.current_url.endswith("/verify-email?token=kept"))

    def test_nothing_on_any_screen_is_refused_by_the_content_policy(self):
        self.enter(admin())
        for path in SCREENS:
            self.open(path)
            self.see("main h1")
        complaints = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        self.assertEqual([one for one in complaints if "Failed to load resource" not in one or "styles" in one], [])


if __name__ == "__main__":
    unittest.main()
