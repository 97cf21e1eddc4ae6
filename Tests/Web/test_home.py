import secrets
import tempfile
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from accounts import AccountTest, fresh
from browser import admin, member


class Home(AccountTest):
    """The home page, the navigation, the directory, the search over everything, and the settings."""

    def test_a_member_sees_no_administration_and_is_kept_out_of_the_settings(self):
        self.enter(member(), "/")
        self.see("home-page h1", "Bonjour")
        self.see("home-page #home-waiting")
        self.assertFalse(self.driver.find_elements("css selector", "side-bar a[href='/settings'], .home-attention"))
        self.open("/settings")
        self.see("not-found-page[reason=forbidden]")

    def test_everything_is_found_by_its_name_and_opened_by_the_keyboard(self):
        person = fresh(f"Fabienne {secrets.token_hex(3)}")
        self.enter(admin(), "/")
        self.see("home-page h1")
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("k").key_up(Keys.CONTROL).perform()
        box = self.see("quick-switcher dialog[open] input")
        box.send_keys("Annu")
        self.see("quick-switcher .choice[aria-selected=true]", "Annuaire")
        box.send_keys(Keys.ENTER)
        self.at("/directory")
        self.see("directory-page input[type=search]").send_keys(person.name)
        self.wait(lambda driver: len(driver.find_elements("css selector", ".directory-card")) == 1, "one is found")
        self.see(".directory-card h2", person.name)
        self.click(".directory-card [data-click=write]")
        self.see("chat-page")

    def test_a_module_that_is_switched_off_leaves_the_search_at_once(self):
        self.enter(admin(), "/settings")
        self.click("settings-page input[name=showContent]")
        self.see("toast-list", "Réglages enregistrés.")
        status = "return fetch('/api/contents').then(answer => answer.status)"
        self.assertEqual(self.driver.execute_script(status), 404)
        self.click("settings-page input[name=showContent]")
        self.wait(lambda driver: driver.execute_script(status) == 200, "it is back")

    def test_a_refused_number_of_the_settings_marks_and_names_its_field(self):
        self.enter(admin(), "/settings")
        box = self.see("settings-page [name=complaintHoursUrgent]")
        box.clear()
        box.send_keys("0\t")
        self.see("settings-page .field-wrong .field-error:not(:empty)")
        self.see("toast-list .toast[data-kind=error]", "priorité urgente")
        self.assertEqual(self.driver.execute_script("return document.activeElement.name"), "complaintHoursUrgent")
        box = self.see("settings-page [name=complaintHoursUrgent]")
        box.clear()
        box.send_keys("8\t")
        self.see("toast-list .toast[data-kind=success]", "Réglages enregistrés.")
        self.see_none("settings-page .field-wrong")

    def test_a_kind_of_media_is_proposed_from_its_file(self):
        file = tempfile.NamedTemporaryFile("wb", suffix=".png", delete=False)
        file.write(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                                 "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"))
        file.close()
        title = f"Vue {secrets.token_hex(3)}"
        self.enter(admin(), "/media")
        self.click("media-page [data-click=create]")
        self.fill("title", title)
        self.assertFalse(self.driver.find_element("css selector", "table-dialog details").get_property("open"))
        self.driver.find_element("css selector", "table-dialog file-field[name=fileUrl] [type=file]").send_keys(file.name)
        self.see("table-dialog .file-chosen")
        self.wait(lambda driver: driver.find_element("css selector", "table-dialog [name=type]").get_property("value") == "image",
                  "it is a picture")
        self.click("table-dialog form .button-primary")
        self.see("toast-list", "Média enregistré.")
        row = next(one for one in admin().call("GET", "/api/contents") if one["title"] == title)
        admin().call("DELETE", f"/api/contents/{row['id']}")

    def test_a_phone_has_a_bar_and_a_menu_with_every_link(self):
        self.resize(390, 844)
        self.enter(member(), "/")
        self.see("home-page h1")
        self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), 390)
        self.click("side-bar [data-click=menu]")
        self.see(".side-menu[open] a[href='/directory']")
        self.click(".side-menu[open] a[href='/directory']")
        self.at("/directory")
        self.see_none(".side-menu[open]")


if __name__ == "__main__":
    unittest.main()
