import secrets
import unittest

from browser import PageTest, member

LINE = "return document.querySelector('machine-line .xterm-accessibility')?.textContent ?? ''"
# Points of the picture that are not black: the screen was drawn.
DRAWN = """const canvas = document.querySelector('machine-screen canvas');
  if (!canvas?.width) return 0;
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((one, at) => at % 4 < 3 && one > 0).length"""


class Console(PageTest):
    """The demo plays the consoles of its simulated machines."""

    @classmethod
    def setUpClass(cls):
        cls.name = f"ecran-{secrets.token_hex(2)}"
        cls.machine = member().create_machine(cls.name)
        cls.addClassCleanup(member().delete_all_machines)

    def enter_console(self, kind=""):
        self.enter(member(), f"/machines/{self.machine}/console{kind}")
        self.see_open()

    def see_open(self):
        self.see("console-page .console-tools [data-key=write]:enabled")

    def line(self, text):
        self.wait(lambda driver: text in driver.execute_script(LINE).replace("\u00a0", " "), f"{text} is on the line")

    def test_the_screen_is_drawn_and_fits_a_wide_screen_and_a_phone_in_both_modes(self):
        self.enter(member(), f"/machines/{self.machine}")
        self.click("machine-page [data-key=console]")
        self.see("console-page h1", "Console")
        self.see_open()
        self.wait(lambda driver: driver.execute_script(DRAWN) > 0, "the screen is drawn")
        for mode in ("light", "dark"):
            self.driver.execute_script("document.documentElement.dataset.theme = arguments[0]", mode)
            self.resize(1440, 900)
            self.shoot(f"console-screen-{mode}")
            self.resize(390, 844)
            self.shoot(f"console-screen-{mode}-phone")
            self.assertEqual(self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"), False)
        self.resize(1440, 900)
        self.click("console-page [data-key=fit]")
        self.see("console-page [data-key=fit][aria-pressed=false]")
        self.shoot("console-screen-own-size")

    def test_the_serial_line_is_read_and_typed(self):
        self.enter_console("?view=serial")
        self.line("login:")
        self.driver.switch_to.active_element.send_keys("lea")
        self.line("login: lea")
        self.click("console-page [data-key=write]")
        self.driver.find_element("css selector", "#console-text").send_keys("one two")
        self.shoot("console-serial-writing")
        self.click(".console-writing .button-primary")
        self.line("leaone two")
        self.shoot("console-serial")
        self.resize(390, 844)
        self.shoot("console-serial-phone")
        # The page of another load finds the same line.
        self.driver.refresh()
        self.line("leaone two")

    def test_ctrl_alt_del_is_asked_and_watching_cannot_type(self):
        self.enter_console()
        self.click("console-page [data-key=cad]")
        self.see("confirm-dialog dialog[open]", self.name)
        self.click("confirm-dialog .button", "Annuler")
        self.click("console-page [data-key=only]")
        self.see("machine-screen[watching] canvas")
        self.see("console-page [data-key=write]:disabled")
        self.see("console-page [data-key=cad]:disabled")

    def test_a_lost_connection_comes_back_and_a_machine_that_stops_says_so(self):
        self.enter_console("?view=serial")
        self.line("login:")
        self.click("console-page [data-key=again]")
        self.line("login:")
        self.click("console-page [data-action=stop]")
        self.click("confirm-dialog .button-primary")
        self.see("console-page .console-note", "en marche")
        self.shoot("console-stopped")
        self.click("console-page [data-action=start]")
        self.see_open()

    def test_a_machine_that_does_not_exist_says_so(self):
        self.enter(member(), "/machines/999999/console")
        self.see("console-page .empty-state")


class ConsoleInEnglish(PageTest):
    language = "en"

    def test_the_page_is_in_english(self):
        machine = member().create_machine(f"screen-{secrets.token_hex(2)}")
        self.addCleanup(lambda: member().delete_machine(machine))
        self.enter(member(), f"/machines/{machine}/console")
        self.driver.execute_script("localStorage.setItem('obox.preferences', JSON.stringify({ language: 'en' }))")
        self.open(f"/machines/{machine}/console")
        self.see("console-page .console-tools [data-key=write]:enabled")
        self.shoot("console-english")


if __name__ == "__main__":
    unittest.main()
