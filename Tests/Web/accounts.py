"""Shared by the tests of accounts: a second browser, new people, links in mails, and codes of two-step sign-in."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
import unittest

from browser import PASSWORD, PageTest, Person, admin, os, until


def fresh(name="Nora Nouvelle", role="employee"):
    """A new, verified person whom an administrator created with a password; not signed in."""
    email = f"nora-{secrets.token_hex(4)}@example.org"
    body = {"name": name, "email": email, "role": role, "password": PASSWORD}
    made = admin().call("POST", "/api/admin/users", body)
    return Person(email=email, password=PASSWORD, name=name, id=made["user"]["id"])


def mailed_link(email, path):
    """The newest link with this path in the mails to an address, from the local mailbox."""
    if os.environ.get("OBOX_MAILBOX") != "1":
        raise unittest.SkipTest("links are read in the local mailbox: OBOX_MAILBOX=1")

    def found():
        for mail in admin().call("GET", "/api/mailbox?all=1"):
            if email in mail["to"]:
                text = admin().call("GET", f"/api/mailbox/{mail['id']}")["text"]
                if link := re.search(rf"{path}\?token=[\w-]+", text):
                    return link[0]
        return None

    return until(found, f"a mail with {path} to {email}")


def code_of(secret, step=0):
    """The code of an authenticator app for a secret (RFC 6238), a number of 30 s steps from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class AccountTest(PageTest):
    """Signs in on the page, like a person, on one workstation or two."""

    def another(self):
        """A second browser with its own profile: another workstation."""
        other = type(self)()
        other._testMethodName = self._testMethodName
        self.addCleanup(other.doCleanups)
        other.setUp()
        return other

    def give(self, person, password=None):
        """Fills the sign-in form and sends it."""
        self.see("sign-in-page #field-identifier")
        self.fill("identifier", person.email)
        self.fill("password", password or person.password)
        self.click("sign-in-page form .button-primary")

    def sign_in(self, person, path="/machines"):
        self.open(path if path != "/" else "/sign-in")
        self.give(person)
        self.at(path)
        self.live()

    def live(self):
        self.see("side-bar .live-state[data-state=live]")

    def value(self, field):
        return self.see(f"#field-{field}").get_property("value")
