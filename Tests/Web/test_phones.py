"""A phone is used beside the workstation, or replaces it when the configuration forbids that."""

import os
import unittest

from accounts import AccountTest, fresh
from browser import admin, until
from test_first_run import FirstRun

AGENT = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"


class PhoneTest(AccountTest):
    def phone(self):
        """A second browser that looks like a phone to the page and the server."""
        other = self.another()
        other.devtools(
            "Emulation.setUserAgentOverride", userAgent=AGENT, acceptLanguage="fr", platform="Android",
            userAgentMetadata={"platform": "Android", "platformVersion": "14", "architecture": "", "model": "Pixel 8", "mobile": True},
        )
        other.devtools("Emulation.setTouchEmulationEnabled", enabled=True)
        other.width, other.height = 390, 844
        other.resize(other.width, other.height)
        return other

    def present(self, person):
        return [one for one in admin().call("GET", "/api/presence")["users"] if str(one["id"]) == str(person.id)]

    def sign_out(self):
        """By the profile: a phone has no room for the button beside one's name."""
        self.open("/profile")
        self.click("profile-page [data-click=leave]")
        self.at("/sign-in")

    def works(self):
        """Still signed in, and able to save a change."""
        self.open("/profile")
        self.live()
        self.fill("phone", f"01 02 03 {self.width}")
        self.click("profile-form .button-primary")
        self.see(".toast", "Modifications enregistrées")

    def asked(self):
        return self.driver.execute_script("return Boolean(document.querySelector('takeover-dialog dialog[open]'))")


class Phones(PhoneTest):
    def test_a_phone_and_a_workstation_are_signed_in_beside_each_other_as_one_person_who_is_here(self):
        """
        workstation          phone
        signs in
                             signs in: nobody is asked, nobody is put out
        signs out
                             goes on
        signs in: nobody is asked
                             signs out
        goes on
        """
        nora = fresh()
        self.sign_in(nora)
        phone = self.phone()
        phone.sign_in(nora)
        self.assertFalse(phone.asked())
        self.works()
        phone.works()
        self.assertEqual(len(self.present(nora)), 1)
        phone.open("/security")
        phone.see("sessions-card [data-current] .tag", "téléphone")
        phone.shoot("phone-sessions")
        self.open("/security")
        self.wait(lambda driver: len(driver.find_elements("css selector", "sessions-card [data-session]")) == 2, "both are listed")

        self.sign_out()
        phone.works()
        self.assertEqual(len(self.present(nora)), 1)
        self.sign_in(nora)
        self.assertFalse(self.asked())
        phone.sign_out()
        self.works()
        self.assertEqual(len(self.present(nora)), 1)
        self.sign_out()
        until(lambda: not self.present(nora), "nobody is there")

    def test_a_second_phone_is_asked_whether_to_take_over_from_the_first(self):
        nora = fresh()
        self.sign_in(nora)
        first, second = self.phone(), self.phone()
        first.sign_in(nora)
        second.open("/sign-in")
        second.give(nora)
        second.see("takeover-dialog dialog[open]")
        second.shoot("phone-takeover")
        second.click("takeover-dialog [data-click=yes]")
        second.at("/")
        second.live()
        first.see("sign-in-page .ended[data-reason=TAKEN_OVER]")
        self.works()


@unittest.skipUnless(os.environ.get("OBOX_BINARY"), "needs the daemon's binary: OBOX_BINARY")
class WithoutPhones(PhoneTest):
    start, set_up = FirstRun.start, FirstRun.set_up

    def test_where_the_configuration_forbids_it_a_phone_is_asked_whether_to_take_over(self):
        """
        workstation          phone
        signs in
                             signs in: asked, leaves it there
        goes on
                             signs in: asked, takes over
        is told why
        """
        box = self.start(SESSION_PHONES="0")
        self.set_up(box)
        nora = fresh()
        self.sign_out()
        self.sign_in(nora)
        phone = self.phone()
        phone.open("/sign-in")
        phone.give(nora)
        phone.see("takeover-dialog dialog[open] .place strong", "Linux")
        phone.click("takeover-dialog [data-click=no]")
        phone.see("sign-in-page .alert-calm", "reste ouverte")
        self.works()
        phone.click("sign-in-page form .button-primary")
        phone.click("takeover-dialog [data-click=yes]")
        phone.at("/")
        phone.live()
        self.see("sign-in-page .ended[data-reason=TAKEN_OVER]")


# The inherited base classes would otherwise run here, too.
del FirstRun

if __name__ == "__main__":
    unittest.main()
