import os
import signal
import unittest

from accounts import AccountTest, fresh, mailed_link, until
from browser import admin, setting

OTHER_PASSWORD = "une autre phrase, avec 4 virgules"


class SignIn(AccountTest):
    def test_a_wrong_password_says_what_to_check_and_keeps_the_name(self):
        person = fresh()
        self.open("/sign-in")
        self.give(person, "certainly not this one")
        self.see("sign-in-page .alert[role=alert]", "majuscules")
        self.assertEqual(self.value("identifier"), person.email)

    def test_too_many_attempts_are_counted_down_and_then_one_may_try_again(self):
        person = fresh()
        self.open("/sign-in")
        self.give(person, "certainly not this one")
        self.see("sign-in-page .alert[role=alert]")

        def slowed(driver):
            button = self.see("sign-in-page form .button-primary")
            if not driver.find_elements("css selector", ".countdown") and button.is_enabled():
                button.click()
            return driver.find_elements("css selector", ".countdown")

        self.wait(slowed, "attempts are slowed down")
        self.assertFalse(self.see("sign-in-page form .button-primary").is_enabled())
        self.shoot("sign-in-slowed")
        self.wait(lambda _: self.see("sign-in-page form .button-primary").is_enabled(), "one may try again")

    def test_a_takeover_is_asked_for_and_the_first_screen_is_told_at_once(self):
        """
        first workstation                 second workstation
        signs in, types into its profile
                                          signs in: asked, leaves it there
                                          signs in: asked, takes over
        is told why, finds its text again
        """
        person = fresh()
        self.sign_in(person, "/profile")
        self.fill("phone", "01 02 03 04 05")

        second = self.another()
        second.open("/sign-in")
        second.give(person)
        second.see("takeover-dialog dialog[open] .place strong", "Linux")
        second.shoot("takeover")
        second.click("takeover-dialog [data-click=no]")
        second.see("sign-in-page .alert-calm", "reste ouvert")
        self.live()

        second.click("sign-in-page form .button-primary")
        second.click("takeover-dialog [data-click=yes]")
        second.at("/")
        self.see("sign-in-page .ended[data-reason=TAKEN_OVER]")
        self.shoot("taken-over")

        self.assertEqual(self.value("identifier"), person.email)
        self.fill("password", person.password)
        self.click("sign-in-page form .button-primary")
        self.click("takeover-dialog [data-click=yes]")
        self.at("/profile")
        self.wait(lambda _: self.value("phone") == "01 02 03 04 05", "what was typed is there again")
        second.see("sign-in-page .ended[data-reason=TAKEN_OVER]")

    def test_another_account_on_a_workstation_in_use_is_told_who_works_there(self):
        first, other = fresh("Olga Occupe"), fresh()
        self.sign_in(first)
        mark = self.driver.get_cookie("obox_workstation")["value"]
        second = self.another()
        second.devtools("Network.setCookie", url=setting("OBOX_URL"), name="obox_workstation", value=mark, httpOnly=True)
        second.open("/sign-in")
        second.give(other)
        second.see("sign-in-page .alert[role=alert]", "Olga Occupe")
        second.shoot("workstation-in-use")
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        second.click("sign-in-page [data-key=retry]")
        second.live()

    def test_a_language_chosen_by_one_account_is_not_that_of_the_next_one(self):
        english, next_one = fresh("Ellen English"), fresh()
        english.call("POST", "/api/auth/login", {"email": english.email, "password": english.password})
        english.call("PUT", "/api/user/settings", {"language": "en"})
        english.call("POST", "/api/auth/logout")
        language = "return document.documentElement.lang"
        for person, expected in ((english, "en"), (next_one, "fr"), (english, "en")):
            self.sign_in(person)
            self.assertEqual(self.driver.execute_script(language), expected)
            self.click("side-bar [data-click=leave]")
            self.at("/sign-in")

    def test_signing_out_and_closing_the_page_free_the_account_at_once(self):
        person = fresh()
        self.sign_in(person)
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        second = self.another()
        second.sign_in(person)
        second.driver.get("about:blank")
        self.sign_in(person)

    def test_a_browser_that_was_killed_frees_its_person_who_signs_in_there_again_at_once(self):
        """
        first browser                     second browser of the same workstation
        signs in, is killed (SIGKILL)
                                          signs in: nobody is asked to take over
                                          is killed
        nobody is present
        """
        person = fresh()
        first = self.another()
        first.sign_in(person)
        mark = first.workstation()
        first.kill()
        second = self.another()
        second.devtools("Network.setCookie", url=setting("OBOX_URL"), name="obox_workstation", value=mark, httpOnly=True)
        second.sign_in(person)
        self.assertEqual(second.workstation(), mark)
        present = lambda: any(str(one["id"]) == str(person.id) for one in admin().call("GET", "/api/presence")["users"])
        self.assertTrue(present())
        second.kill()
        until(lambda: not present(), "nobody is there")

    def workstation(self):
        return next(one["value"] for one in self.devtools("Network.getAllCookies")["cookies"] if "workstation" in one["name"])

    def kill(self):
        """Kills the whole browser, as a crash of the computer does: it cannot send anything."""
        os.kill(self.driver.capabilities["goog:processID"], signal.SIGKILL)

    def test_presence_is_updated_as_people_come_and_go(self):
        watcher, person = fresh("Wanda Wache"), fresh("Paul Présent")
        self.sign_in(watcher)
        second = self.another()
        second.sign_in(person)
        self.click("presence-list .here")
        self.see("#who-is-here li", "Paul Présent")
        self.shoot("who-is-here")
        second.driver.get("about:blank")
        self.wait(lambda driver: "Paul Présent" not in self.see("#who-is-here").text, "he has gone")


class Picture(AccountTest):
    def test_a_picture_is_chosen_shown_to_others_and_removed(self):
        person = fresh()
        self.sign_in(person, "/profile")
        script = """
            const canvas = document.createElement('canvas')
            canvas.width = 40; canvas.height = 30
            const done = arguments[0]
            canvas.toBlob(blob => {
              const files = new DataTransfer()
              files.items.add(new File([blob], 'me.png', { type: 'image/png' }))
              const input = document.querySelector('profile-picture input')
              input.files = files.files
              input.dispatchEvent(new Event('change', { bubbles: true }))
              done()
            })"""
        self.see("profile-picture .button", "Ajouter une photo")
        self.driver.execute_async_script(script)
        self.see("profile-picture .face img")
        self.see("side-bar .face img")
        shown = admin().call("GET", "/api/users/pictures")
        self.assertTrue(any(one["avatar"].startswith("/api/uploads/") for one in shown))
        self.shoot("profile-picture")
        self.click("profile-picture button")
        self.see_none("profile-picture .face img")
        self.see("profile-picture .face", "NN")


class Passwords(AccountTest):
    def test_an_invalid_reset_link_is_refused(self):
        self.open("/reset-password?token=not-ours")
        self.see("reset-password-page [data-outcome=failed]")

    def test_a_forgotten_password_is_chosen_anew_by_the_mailed_link(self):
        person = fresh()
        self.open("/sign-in")
        self.click("sign-in-page a[href='/forgotten-password']")
        self.fill("email", person.email)
        self.click("forgotten-password-page form .button-primary")
        self.see("forgotten-password-page .lead", person.email)
        self.open(mailed_link(person.email, "/reset-password"))
        self.fill("newPassword", "court")
        self.click("reset-password-page form .button-primary")
        self.see("form-field[name=newPassword] .field-error:not(:empty)")
        self.shoot("reset")
        self.fill("newPassword", OTHER_PASSWORD)
        self.click("reset-password-page form .button-primary")
        self.see("reset-password-page [data-outcome=done]")
        self.click("reset-password-page a.button-primary")
        self.give(person, OTHER_PASSWORD)
        self.at("/")

    def test_a_wrong_present_password_is_refused_beside_its_field_and_the_right_one_changes_it(self):
        person = fresh()
        self.sign_in(person, "/security")
        self.fill("currentPassword", "certainly not this one")
        self.fill("newPassword", OTHER_PASSWORD)
        self.click("password-card form .form-actions .button")
        self.see("form-field[name=currentPassword] .field-error:not(:empty)")
        self.fill("currentPassword", person.password)
        self.click("password-card form .form-actions .button")
        self.see(".toast[data-kind=success]")
        self.live()
        self.click("side-bar [data-click=leave]")
        self.give(person, OTHER_PASSWORD)
        self.live()


if __name__ == "__main__":
    unittest.main()
