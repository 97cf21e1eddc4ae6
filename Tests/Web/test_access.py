import secrets
import unittest

from accounts import AccountTest, fresh, mailed_link
from browser import PASSWORD, PageTest, Person, admin, member, os, verification_link


class Access(PageTest):
    def test_an_invalid_setup_link_is_refused(self):
        self.open("/setup?token=not-ours")
        self.see("set-up-page .alert[role=alert]")
        self.assertFalse(self.driver.find_elements("css selector", "set-up-page form"))

    def test_an_invalid_verification_link_is_refused(self):
        self.open("/verify-email?token=not-ours")
        self.see("verify-email-page [data-outcome=failed]")

    def test_an_empty_sign_in_is_refused_beside_each_field(self):
        self.open("/sign-in")
        self.click("sign-in-page form .button-primary")
        self.see("form-field[name=identifier] .field-error", "Ce champ est obligatoire.")
        self.see("form-field[name=password] .field-error", "Ce champ est obligatoire.")
        focused = self.driver.execute_script("return document.activeElement.id")
        self.assertEqual(focused, "field-identifier")
        self.shoot("sign-in-refused")

    def test_a_wrong_password_is_refused_with_a_sentence(self):
        self.open("/sign-in")
        self.fill("identifier", f"nobody-{secrets.token_hex(3)}@example.org")
        self.fill("password", "certainly not this one")
        self.click("sign-in-page form .button-primary")
        self.see("sign-in-page .alert[role=alert]")
        self.assertEqual(self.path(), "/sign-in")

    def test_an_empty_registration_is_refused_beside_each_field(self):
        self.open("/register")
        self.click("register-page form .button-primary")
        for field in ("name", "email", "password"):
            self.see(f"form-field[name={field}] .field-error", "Ce champ est obligatoire.")

    def test_a_member_is_kept_out_of_the_host_page(self):
        self.enter(member(), "/host")
        self.see("not-found-page[reason=forbidden]")
        self.assertFalse(self.driver.find_elements("css selector", "side-bar a[href='/host']"))

    def test_an_unknown_path_says_so(self):
        self.enter(admin(), "/nowhere/at-all")
        self.see("not-found-page h1", "Page introuvable")

    def test_a_page_asked_for_before_sign_in_is_shown_after_it(self):
        self.open("/host")
        self.at("/sign-in")
        person = fresh("Adèle Admin", role="admin")
        self.fill("identifier", person.email)
        self.fill("password", person.password)
        self.click("sign-in-page form .button-primary")
        self.at("/host")
        self.see("host-page h1")
        self.see("host-page .gauges")
        self.shoot("host")
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        self.assertEqual(self.driver.execute_script("return location.search"), "")

    @unittest.skipUnless(os.environ.get("OBOX_MAILBOX") == "1", "mail leaves this appliance")
    def test_registration_is_verified_through_the_mailbox_and_then_signs_in(self):
        email = f"claire-{secrets.token_hex(4)}@example.org"
        self.open("/register")
        self.fill("name", "Claire Fontaine")
        self.fill("email", email)
        self.fill("password", PASSWORD)
        self.click("register-page form .button-primary")
        self.see("register-page .lead", email)
        self.shoot("registered")

        self.open("/sign-in")
        self.fill("identifier", email)
        self.fill("password", PASSWORD)
        self.click("sign-in-page form .button-primary")
        self.see("sign-in-page [data-click=resend]")

        verification_link(email)
        self.enter(admin(), "/mailbox")
        self.click("mailbox-page [data-click=everyone]")
        self.click("mailbox-page .mail", email)
        link = self.see(".letter-text a[href*='/verify-email']").get_attribute("href")
        self.shoot("mailbox")
        self.driver.delete_all_cookies()

        self.open(link[link.index("/verify-email"):])
        self.see("verify-email-page [data-outcome=done]")
        self.click("verify-email-page a.button-primary")
        self.fill("identifier", email)
        self.fill("password", PASSWORD)
        self.click("sign-in-page form .button-primary")
        self.at("/")
        self.click("side-bar a[href='/machines']")
        self.see("machines-page .empty-state")
        self.shoot("no-machine-yet")


class InternationalAddresses(AccountTest):
    """A domain with letters of any script; before the @ there is ASCII, as not every mail server takes more."""

    def test_accented_letters_before_the_at_sign_are_refused_with_what_to_do(self):
        self.open("/register")
        self.fill("name", "Léa Bücher")
        self.fill("email", "léa@bücher.example")
        self.fill("password", PASSWORD)
        self.click("register-page form .button-primary")
        self.see("form-field[name=email] .field-error", "sans accents")
        self.assertEqual(self.see("#field-email").get_property("value"), "léa@bücher.example")

    def test_one_registers_and_signs_in_by_either_spelling_of_the_domain(self):
        name = f"lea-{secrets.token_hex(3)}"
        typed = f"{name}@bücher.example"
        self.open("/register")
        self.fill("name", "Léa Bücher")
        self.fill("email", typed)
        self.fill("password", PASSWORD)
        self.click("register-page form .button-primary")
        self.see("register-page .lead", typed)
        self.open(mailed_link(typed, "/verify-email"))
        self.see("verify-email-page [data-outcome=done]")
        self.sign_in(Person(email=f"{name}@xn--bcher-kva.example", password=PASSWORD), "/profile")
        self.assertEqual(self.value("email"), typed)
        wanted = f"{name}@straße.example"
        self.fill("email", wanted)
        self.click("profile-form form .button-primary")
        self.see("profile-form .alert-calm", wanted)
        self.click("side-bar [data-click=leave]")
        self.give(Person(email=typed, password=PASSWORD))
        self.live()

    def test_an_administrator_invites_and_changes_such_an_address(self):
        typed = f"ines-{secrets.token_hex(3)}@bücher.example"
        self.enter(admin(), "/people")
        self.click("people-page [data-key=new]")
        self.fill("name", "Inès Bücher")
        self.fill("email", typed)
        self.click("person-dialog form .button-primary")
        self.see("person-page h1", "Inès Bücher")
        self.assertEqual(self.value("email"), typed)
        mailed_link(typed, "/reset-password")
        self.fill("email", "in" + typed)
        self.click("person-form form .button-primary")
        self.see(".toast[data-kind=success]")
        self.driver.refresh()
        self.wait(lambda _: self.value("email") == "in" + typed, "the new address stays")


if __name__ == "__main__":
    unittest.main()
