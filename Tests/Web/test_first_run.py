"""A new installation: a separate daemon on a new folder, from the setup link to the first machine."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.request
from pathlib import Path

from selenium.webdriver.support.ui import Select

import browser
from accounts import PASSWORD, AccountTest, mailed_link
from browser import Person, until


# Simulated machines need no image. This is the answer of a real host with an empty folder, until an image is
# copied.
NO_IMAGES = """
const ask = globalThis.fetch
globalThis.fetch = (path, ...more) => path === '/api/vms/images' && !sessionStorage.testImage
  ? Promise.resolve(Response.json({ images: [] })) : ask(path, ...more)
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Box:
    """The daemon, with simulated machines; `settings` are its environment."""

    def __init__(self, **settings):
        self.folder = Path(tempfile.mkdtemp())
        self.images = self.folder / "images"
        self.images.mkdir()
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = self.folder / "log"
        known = {"PUBLIC_URL": self.url, "IMAGES_DIR": str(self.images), "LC_ALL": "C.UTF-8", **settings}
        command = [os.environ["OBOX_BINARY"], "serve", "--data", str(self.folder / "data"), "--listen", self.url[7:], "--libvirt", "test:///default"]
        with self.log.open("w") as out:
            self.process = subprocess.Popen(command, env=os.environ | known, stdout=out, stderr=out)

    def link(self):
        """The set-up link that it wrote to its log."""
        found = until(lambda: re.search(r"/setup\?token=[\w-]+", self.log.read_text()), "a set-up link in the log")
        until(self.answers, "the daemon answers")
        return found[0]

    def answers(self):
        try:
            return urllib.request.urlopen(self.url + "/api/appliance", timeout=10).status == 200
        except OSError:
            return False

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(browser.PATIENCE)
        shutil.rmtree(self.folder)


@unittest.skipUnless(os.environ.get("OBOX_BINARY"), "needs the daemon's binary: OBOX_BINARY")
class FirstRun(AccountTest):
    def start(self, **settings):
        box = Box(**settings)
        self.addCleanup(box.end)
        kept = (os.environ["OBOX_URL"], dict(browser._people))
        self.addCleanup(lambda: (os.environ.update(OBOX_URL=kept[0]), browser._people.clear(), browser._people.update(kept[1])))
        os.environ["OBOX_URL"] = box.url
        browser._people.clear()
        return box

    def set_up(self, box, machines=None, stays=False):
        """Fills the form of the set-up link and sends it."""
        self.open(box.link())
        for field, text in (("name", "Ada Martin"), ("username", "ada"), ("email", "ada@example.org"), ("password", PASSWORD)):
            self.fill(field, text)
        if machines:
            self.click("set-up-page input[name=adminMachines]")
        self.click("set-up-page form .button-primary")
        self.at("/welcome")
        self.see("welcome-page h2")
        if not stays:
            self.open("/")
            self.see("first-steps h2")
        cookies = self.devtools("Network.getAllCookies")["cookies"]
        browser._people["admin"] = Person(cookie=next(one["value"] for one in cookies if one["name"] == "obox_session"))

    def step(self, name):
        return self.see(f"first-steps [data-step={name}]")

    def is_done(self, name):
        return self.step(name).get_attribute("data-done") is not None

    def test_without_the_setup_link_every_path_says_where_to_find_it(self):
        box = self.start()
        link = box.link()
        for path in ("/", "/sign-in", "/setup", "/setup?token=wrong"):
            self.open(path)
            self.see("set-up-page", "journalctl -u obox")
            self.assertFalse(self.driver.find_elements("css selector", "set-up-page form"))
        self.shoot("first-run-no-link")
        self.open(link)
        self.see("set-up-page form")

    def test_an_empty_or_wrong_form_is_refused_beside_its_fields(self):
        self.open(self.start().link())
        self.click("set-up-page form .button-primary")
        for field in ("name", "username", "email", "password"):
            self.see(f"form-field[name={field}] .field-error", "obligatoire")
        for field, text in (("name", "\u200b"), ("username", "1ada"), ("email", "ada"), ("password", "court")):
            self.fill(field, text)
        self.click("set-up-page form .button-primary")
        self.see("form-field[name=name] .field-error", "obligatoire")
        self.fill("name", "Ada")
        self.click("set-up-page form .button-primary")
        for field in ("username", "email", "password"):
            self.see(f"form-field[name={field}] .field-error:not(:empty)")
        self.shoot("first-run-refused")

    def test_an_admin_goes_from_the_link_to_a_machine_of_their_own(self):
        box = self.start()
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=NO_IMAGES)
        self.set_up(box, machines=True)
        self.shoot("first-run-steps")
        self.assertEqual([self.is_done(name) for name in ("invite", "mail", "image", "machine")], [False] * 4)
        self.assertIn(str(box.images), self.step("image").text)
        self.assertFalse(self.step("machine").find_elements("css selector", ".button"))
        self.driver.execute_script("sessionStorage.testImage = 1")
        self.wait(lambda _: self.is_done("image"), "the image is seen without a reload")
        self.step("machine").find_element("css selector", ".button").click()
        self.click("form[data-key=first] .button-primary")
        self.fill("name", "premiere")
        self.click("form[data-key=second] .button-primary")
        self.see("machine-page h1", "premiere")
        self.see("machine-page .badge[data-status=running]")
        self.open("/machines")
        self.wait(lambda _: self.is_done("machine"), "the first machine is there")

        self.step("invite").find_element("css selector", "a.button").click()
        self.see("person-dialog dialog[open]")
        self.fill("name", "Inès Invitée")
        self.fill("email", "ines@example.org")
        self.click("person-dialog form .button-primary")
        self.see("person-page h1", "Inès Invitée")
        link = mailed_link("ines@example.org", "/reset-password")
        self.open("/machines")
        self.wait(lambda _: self.is_done("invite"), "somebody is invited")
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        self.open(link)
        self.fill("newPassword", PASSWORD)
        self.click("reset-password-page form .button-primary")
        self.click("reset-password-page a.button-primary")
        self.give(Person(email="ines@example.org", password=PASSWORD))
        self.at("/")
        self.click("side-bar a[href='/machines']")
        self.see("machines-page .empty-state .button-primary")
        self.see_none("first-steps")

    def test_an_admin_who_creates_no_machines_is_told_who_does(self):
        box = self.start()
        self.set_up(box)
        self.wait(lambda _: self.is_done("image"), "the image is seen")
        self.assertFalse(self.step("machine").find_elements("css selector", ".button"))
        self.assertFalse(self.driver.find_elements("css selector", "machines-page .page-head .button-primary"))
        self.shoot("first-run-no-machines")

    def test_the_form_does_not_ask_what_the_configuration_says(self):
        for answer in ("true", "false"):
            with self.subTest(answer):
                self.open(self.start(ADMIN_MACHINES=answer).link())
                self.see("set-up-page form")
                self.assertFalse(self.driver.find_elements("css selector", "[name=adminMachines]"))

    def test_the_steps_after_set_up_are_skipped_taken_and_taken_up_again(self):
        box = self.start()
        self.set_up(box, stays=True)
        self.see("#welcome-step", "Organisation")
        self.shoot("welcome-organisation")
        self.click(".welcome-actions .button-primary")
        self.see("#welcome-step", "Comptes")
        Select(self.see("#field-ENABLE_REGISTRATION")).select_by_value("closed")
        self.shoot("welcome-registration")
        self.click("configuration-form .button-primary")
        self.see("#welcome-step", "E-mails")
        self.fill("EMAIL_HOST", "a b")
        self.fill("EMAIL_FROM", "obox@example.org")
        self.click("configuration-form .button-primary")
        self.see("form-field[name=EMAIL_HOST] .field-error:not(:empty)")
        self.shoot("welcome-mail-refused")
        self.click(".welcome-actions [data-click=next]")
        self.see("#welcome-step", "Images")
        self.shoot("welcome-images")

        self.open("/")
        self.click(".first-resume a")
        self.see("#welcome-step", "Images")
        self.click(".welcome-actions .button-primary")
        self.see("#welcome-step", "Réseau")
        self.assertTrue(self.see("#field-PUBLIC_URL").get_attribute("readonly"))
        self.fill("PUBLIC_IP", "lab.example")
        self.shoot("welcome-network")
        self.click("configuration-form .button-primary")
        self.see("#welcome-step", "Quotas")
        self.shoot("welcome-quotas")
        self.click(".welcome-actions .button-primary")
        self.at("/")
        self.see_none(".first-resume")

        self.open("/settings")
        self.assertEqual(self.see("#field-PUBLIC_IP").get_attribute("value"), "lab.example")
        self.assertEqual(self.see("#field-ENABLE_REGISTRATION").get_attribute("value"), "closed")

    def test_a_mail_server_is_set_and_tried_on_the_settings_page(self):
        box = self.start()
        self.set_up(box)
        self.open("/settings")
        self.fill("EMAIL_HOST", "127.0.0.1")
        self.fill("EMAIL_PORT", "9")
        self.fill("EMAIL_FROM", "obox@example.org")
        self.fill("EMAIL_USER", "box")
        self.fill("EMAIL_PASS", "hunter2")
        self.click("configuration-form[part=mail] .button-primary")
        self.see("form-field[name=EMAIL_PASS] .field-hint", "Enregistré")
        self.assertEqual(self.see("#field-EMAIL_PASS").get_attribute("value"), "")
        self.click("configuration-form[part=mail] [data-click=test]")
        self.see("configuration-form[part=mail] .alert")
        self.shoot_all("settings-mail")
        self.fill("EMAIL_HOST", "mail.example")
        self.click("configuration-form[part=mail] .button-primary")
        self.see("form-field[name=EMAIL_PASS] .field-error", "mot de passe")
        self.open("/welcome")
        self.see("#welcome-step")
        self.shoot_all("welcome")

    def shoot_all(self, name):
        """Wide and on a phone, light and dark, in both languages."""
        for language, theme, width in (("fr", "light", 1280), ("en", "dark", 1280), ("fr", "dark", 390), ("en", "light", 390)):
            self.resize(width, 900)
            self.driver.execute_script("localStorage['obox.preferences'] = JSON.stringify(arguments[0])", {"language": language, "theme": theme})
            self.open(self.path())
            self.see("configuration-form .button-primary, welcome-page .button-primary")
            self.shoot(f"{name}-{language}-{theme}-{width}")
        self.resize(1280, 900)
        self.driver.execute_script("localStorage.removeItem('obox.preferences')")
        self.open(self.path())

    def test_mail_that_is_configured_is_a_step_that_is_done(self):
        self.set_up(self.start(EMAIL_HOST="127.0.0.1", EMAIL_PORT="9", EMAIL_FROM="obox@example.org"))
        self.wait(lambda _: self.is_done("mail"), "mail is set up")


if __name__ == "__main__":
    unittest.main()
