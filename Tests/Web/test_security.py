import secrets
import unittest

from accounts import PASSWORD, AccountTest, code_of, fresh, mailed_link


class Security(AccountTest):
    def test_a_changed_address_waits_for_its_link_and_the_old_one_still_signs_in(self):
        person = fresh()
        self.sign_in(person, "/profile")
        wanted = f"neuve-{secrets.token_hex(4)}@example.org"
        self.fill("email", wanted)
        self.click("profile-form form .button-primary")
        self.see("profile-form .alert-calm", wanted)
        self.open(mailed_link(wanted, "/verify-email"))
        self.see("verify-email-page [data-outcome=done]")
        self.open("/profile")
        self.wait(lambda _: self.value("email") == wanted, "the new address is theirs")

    def test_the_workstation_is_renamed_and_keeps_its_name(self):
        self.sign_in(fresh(), "/security")
        self.click("sessions-card [data-click=rename]")
        box = self.see("#workstation-name")
        box.clear()
        box.send_keys("Bureau du fond")
        self.click("sessions-card form .button-primary")
        self.see("sessions-card [data-current]", "Bureau du fond")
        self.driver.refresh()
        self.see("sessions-card [data-current]", "Bureau du fond")

    def test_a_token_is_shown_once_works_and_is_refused_after_its_end(self):
        self.sign_in(fresh(), "/security")
        self.click("tokens-card [data-key=new]")
        self.fill("name", "sauvegarde de nuit")
        self.fill("password", PASSWORD)
        self.click("tokens-card form .button-primary")
        token = self.see("tokens-card [data-key=token] code", "obox_").text.replace("\n", "")
        self.shoot("token")
        self.assertEqual(self.asked_with(token), 200)
        self.driver.refresh()
        self.see("tokens-card .line-item", "sauvegarde de nuit")
        self.assertNotIn(token, self.driver.page_source)
        self.click("tokens-card [data-click=end]")
        self.click("confirm-dialog [data-click=yes]")
        self.see_none("tokens-card .line-item")
        self.assertEqual(self.asked_with(token), 401)

    def asked_with(self, token):
        return self.driver.execute_async_script(
            "fetch('/api/vms', { credentials: 'omit', headers: { Authorization: `Bearer ${arguments[0]}` } })"
            ".then(answer => arguments[1](answer.status))", token)

    def test_the_second_step_is_set_up_asked_for_and_opened_by_a_recovery_code_once(self):
        person = fresh()
        self.sign_in(person, "/security")
        self.click("two-step-card [data-key=begin]")
        self.see("two-step-card img.qr")
        self.wait(lambda driver: driver.execute_script("return document.querySelector('img.qr').naturalWidth > 0"), "the QR code is drawn")
        secret = self.see("two-step-card [data-key=secret]").get_attribute("copies")
        self.shoot("two-step-set-up")
        self.fill("code", "000000" if code_of(secret) != "000000" else "111111")
        self.click("two-step-card form .button-primary")
        self.see("two-step-card .field-error:not(:empty), two-step-card .alert")
        self.fill("code", code_of(secret))
        self.click("two-step-card form .button-primary")
        self.see("recovery-codes")
        codes = [one.text for one in self.driver.find_elements("css selector", "recovery-codes code")]
        self.assertEqual(len(codes), 10)
        self.shoot("recovery-codes")
        self.click("two-step-card [data-key=kept]")
        self.see("two-step-card [data-key=off]")

        self.click("side-bar [data-click=leave]")
        self.give(person)
        self.see("sign-in-page #field-code")
        self.assertEqual(self.see("#field-code").get_attribute("autocomplete"), "one-time-code")
        self.click("sign-in-page [data-click=switchKind]")
        self.fill("code", codes[0])
        self.click("sign-in-page form .button-primary")
        self.live()

        self.click("side-bar [data-click=leave]")
        self.give(person)
        self.click("sign-in-page [data-click=switchKind]")
        self.fill("code", codes[0])
        self.click("sign-in-page form .button-primary")
        self.see("sign-in-page .alert, sign-in-page .field-error:not(:empty)")
        self.fill("code", codes[1])
        self.click("sign-in-page form .button-primary")
        self.live()


if __name__ == "__main__":
    unittest.main()
