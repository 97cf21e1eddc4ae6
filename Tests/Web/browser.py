"""A browser and a client of the API, for the tests of the page.

OBOX_URL              where the appliance answers, e.g. http://127.0.0.1:4000
OBOX_ADMIN            an administrator's e-mail address or username
OBOX_ADMIN_PASSWORD   their password
OBOX_MAILBOX          1 when mail stays in the local mailbox
OBOX_BINARY           the daemon, for tests that start another server, optional
OBOX_SHOTS            a folder for screenshots, optional
"""

import json
import os
import re
import secrets
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import cable
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = float(os.environ.get("OBOX_PATIENCE", "60"))
PASSWORD = "une longue phrase, 7 mots et 1 point."


def setting(name):
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"{name} is not set; see Tests/Web/browser.py")
    return value.rstrip("/") if name == "OBOX_URL" else value


class Refused(Exception):
    def __init__(self, status, answer):
        super().__init__(f"{status} {answer}")
        self.status, self.answer = status, answer


class Person:
    """Somebody signed in over the API, by the page's own cookie."""

    def __init__(self, cookie=None, **known):
        self.cookie = cookie
        self.__dict__.update(known)

    def call(self, method, path, body=None):
        origin = setting("OBOX_URL")
        request = urllib.request.Request(origin + path, method=method)
        request.add_header("Origin", origin)
        request.add_header("Accept-Language", "en")
        if self.cookie:
            request.add_header("Cookie", f"obox_session={self.cookie}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                for header in answer.headers.get_all("Set-Cookie") or []:
                    if found := re.match(r"obox_session=([^;]+)", header):
                        self.cookie = found[1]
                text = answer.read().decode()
        except urllib.error.HTTPError as refusal:
            raise Refused(refusal.code, refusal.read().decode()) from None
        try:
            return json.loads(text)
        except ValueError:
            return text

    def machine(self, identity):
        return self.call("GET", f"/api/vms/{identity}")["vm"]

    def create_machine(self, name):
        """Creates a machine of the smallest plan and waits until it runs."""
        plan = self.call("GET", "/api/vms/plans")["plans"][0]
        image = self.call("GET", "/api/vms/images")["images"][0]
        wish = {key: plan[key] for key in ("vcpu", "memory", "disk_size")}
        wish |= {"name": name, "os_type": image["os_type"], "version": image["version"]}
        identity = self.call("POST", "/api/vms", wish)["vm"]["id"]
        until(lambda: self.machine(identity)["status"] == "running", f"{name} runs")
        return identity

    def delete_machine(self, identity):
        def gone():
            try:
                self.call("DELETE", f"/api/vms/{identity}")
            except Refused as refusal:
                return refusal.status == 404
            return False

        until(gone, f"machine {identity} is gone")

    def delete_all_machines(self):
        for machine in self.call("GET", "/api/vms")["vms"]:
            self.delete_machine(machine["id"])


def until(condition, what):
    """Polls until the condition holds; fails with a description of it."""
    return WebDriverWait(None, PATIENCE, poll_frequency=0.1).until(lambda _: condition(), what)


_people = {}


def admin():
    if "admin" not in _people:
        person = Person(name=setting("OBOX_ADMIN"), password=setting("OBOX_ADMIN_PASSWORD"))
        key = "email" if "@" in person.name else "username"
        person.call("POST", "/api/auth/login", {key: person.name, "password": person.password, "takeover": True})
        _people["admin"] = person
    return _people["admin"]


def verification_link(email):
    """The path of the link in the verification mail that the local mailbox holds."""

    def found():
        for mail in admin().call("GET", "/api/mailbox?all=1"):
            if email in mail["to"]:
                text = admin().call("GET", f"/api/mailbox/{mail['id']}")["text"]
                if link := re.search(r"/verify-email\?token=[\w-]+", text):
                    return link[0]
        return None

    return until(found, f"a verification mail to {email}")


def member():
    """One verified member for the whole run: registering and signing in are rate limited."""
    if os.environ.get("OBOX_MAILBOX") != "1":
        raise unittest.SkipTest("a member is verified through the local mailbox: OBOX_MAILBOX=1")
    if "member" not in _people:
        email = f"member-{secrets.token_hex(4)}@example.org"
        person = Person(email=email, password=PASSWORD)
        person.call("POST", "/api/auth/register", {"name": "Maud Membre", "email": email, "password": PASSWORD})
        person.call("GET", "/api" + verification_link(email).replace("/verify", "/auth/verify", 1))
        person.call("POST", "/api/auth/login", {"email": email, "password": PASSWORD})
        _people["member"] = person
    return _people["member"]


# The job's steps shown by the page, however briefly.
STEPS = """
window.testSteps = [];
document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  for (const station of document.querySelectorAll('.station')) {
    const seen = station.dataset.step + ' ' + station.dataset.status;
    if (!window.testSteps.includes(seen)) window.testSteps.push(seen);
  }
}).observe(document.body, { subtree: true, childList: true, attributes: true }));
"""


class PageTest(unittest.TestCase):
    """A fresh browser profile for each test, in French on a wide screen unless said otherwise."""

    language = "fr"
    width, height = 1440, 900

    def setUp(self):
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("OBOX_CHROMIUM", "/usr/bin/chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": self.language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        driver = os.environ.get("OBOX_CHROMEDRIVER", "/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        self.addCleanup(self.driver.quit)
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=STEPS)
        self.resize(self.width, self.height)

    def devtools(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def resize(self, width, height):
        mobile = width < 600
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def open(self, path):
        """Opens a path; retries when starting machines changed the network meanwhile."""
        for _ in range(5):
            self.driver.get(setting("OBOX_URL") + path)
            if self.driver.execute_script("return Boolean(customElements.get('app-shell'))"):
                return

    def enter(self, person, path="/machines"):
        """Opens a path as a person who is already signed in."""
        self.devtools("Network.setCookie", url=setting("OBOX_URL"), name="obox_session", value=person.cookie, httpOnly=True)
        self.open(path)
        self.see("side-bar .live-state[data-state=live]")

    def pull_cable(self):
        """Closes the live connections of all tabs and prevents new ones."""
        cable.pull(self.driver)
        self.see("side-bar .live-state:not([data-state=live])")

    def put_back_cable(self):
        cable.put_back(self.driver)

    def see(self, css, text=None):
        """Waits for a shown element with that selector (and text in it) and returns it."""

        def shown(driver):
            for element in driver.find_elements(By.CSS_SELECTOR, css):
                if element.is_displayed() and (text is None or text in element.text):
                    return element
            return None

        return self.wait(shown, f"{css} {text or ''} is shown")

    def see_none(self, css):
        self.wait(lambda driver: not driver.find_elements(By.CSS_SELECTOR, css), f"{css} is gone")

    def wait(self, condition, what):
        stale = (StaleElementReferenceException,)
        waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05, ignored_exceptions=stale)
        try:
            return waiting.until(condition, what)
        except TimeoutException:
            raise AssertionError(f"{what}: not within {PATIENCE} s at {self.path()}; {self.evidence()}") from None

    def evidence(self):
        """The page's state and the browser's errors when a wait timed out."""
        if folder := os.environ.get("OBOX_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(Path(folder) / f"failed-{self._testMethodName}.png"))
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def click(self, css, text=None):
        element = self.see(css, text)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
        element.click()

    def fill(self, field, text):
        box = self.see(f"#field-{field}")
        box.clear()
        box.send_keys(text)

    def path(self):
        return self.driver.execute_script("return location.pathname")

    def at(self, path):
        self.wait(lambda _: self.path() == path, f"the page is at {path}")

    def shoot(self, name):
        folder = os.environ.get("OBOX_SHOTS")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.wait(self.is_still, "animations have ended")
        self.driver.save_screenshot(str(Path(folder) / f"{name}.png"))

    def is_still(self, driver):
        return driver.execute_script(
            "return document.getAnimations().every(one => one.playState !== 'running'"
            " || one.effect.getTiming().iterations === Infinity)"
        )
