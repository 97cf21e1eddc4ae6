import unittest

from accounts import AccountTest, fresh

# Plain HTTP from another host has no Web Locks: the tabs then ask one another.
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"

# A browser under load is slow to grant even what nobody holds.
SLOW_LOCK = """
const { request } = LockManager.prototype
let isFirst = true
LockManager.prototype.request = async function (...wanted) {
  if (isFirst) { isFirst = false; await new Promise(go => setTimeout(go, 1500)) }
  return request.apply(this, wanted)
}
"""


class Tabs(AccountTest):
    """One workstation, several tabs: one client at a time."""

    def tab(self, path="/machines"):
        self.driver.switch_to.new_window("tab")
        self.devtools("Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False)
        self.open(path)
        return self.driver.current_window_handle

    def go_to(self, handle):
        self.driver.switch_to.window(handle)

    def sockets(self):
        return self.driver.execute_script("return (window.testSockets ?? []).filter(one => one.readyState < 2).length")

    def test_a_second_tab_is_no_second_client_and_says_so(self):
        self.sign_in(fresh())
        first = self.driver.current_window_handle
        self.tab("/profile")
        self.see("elsewhere-view h1", "déjà ouverte")
        self.assertEqual(self.sockets(), 0)
        self.shoot("elsewhere")
        self.go_to(first)
        self.live()

    def test_moving_to_the_second_tab_takes_along_what_was_typed(self):
        """
        first tab                         second tab
        types a phone number
                                          says where OBox is; moves here
        says that OBox has moved          shows the number
        comes back                        says that OBox has moved
        """
        self.sign_in(fresh(), "/profile")
        first = self.driver.current_window_handle
        self.fill("phone", "06 07 08")
        second = self.tab()
        self.click("elsewhere-view [data-click=move]")
        self.at("/profile")
        self.wait(lambda _: self.value("phone") == "06 07 08", "the number came along")
        self.live()
        self.go_to(first)
        self.see("elsewhere-view h1", "dans l’autre onglet")
        self.assertEqual(self.sockets(), 0)
        self.click("elsewhere-view [data-click=move]")
        self.wait(lambda _: self.value("phone") == "06 07 08", "the number is here again")
        self.go_to(second)
        self.see("elsewhere-view h1", "dans l’autre onglet")

    def test_a_browser_that_is_slow_is_not_taken_for_another_tab(self):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=SLOW_LOCK)
        self.sign_in(fresh())
        self.driver.refresh()
        self.live()

    def test_without_web_locks_the_tabs_settle_it_between_them(self):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=NO_LOCKS)
        self.sign_in(fresh())
        self.driver.switch_to.new_window("tab")
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=NO_LOCKS)
        self.open("/machines")
        self.assertFalse(self.driver.execute_script("return Boolean(navigator.locks)"))
        self.click("elsewhere-view [data-click=move]")
        self.live()

    def test_a_reload_never_refuses_itself(self):
        self.sign_in(fresh(), "/profile")
        self.fill("phone", "07 08 09")
        for _ in range(5):
            self.driver.refresh()
            self.live()
            self.assertFalse(self.driver.find_elements("css selector", "elsewhere-view"))
        self.assertEqual(self.value("phone"), "07 08 09")

    def test_a_machine_that_was_being_described_is_taken_up_after_a_reload_and_forgotten_when_given_up(self):
        self.sign_in(fresh())
        self.click("machines-page .empty-state .button-primary")
        self.click(".plan", "Moyenne")
        self.click("form[data-key=first] .button-primary")
        self.fill("name", "presque-prete")
        self.driver.refresh()
        self.see("create-dialog form[data-key=second] .chosen", "Moyenne")
        self.assertEqual(self.value("name"), "presque-prete")
        self.click("create-dialog .dialog-head [data-click=shut]")
        self.see_none("create-dialog dialog[open]")
        self.driver.refresh()
        self.live()
        self.assertFalse(self.driver.find_elements("css selector", "create-dialog dialog[open]"))

    def test_going_away_and_back_takes_up_again(self):
        self.sign_in(fresh(), "/profile")
        self.driver.get("about:blank")
        self.driver.back()
        self.at("/profile")
        self.live()
        self.assertEqual(self.sockets(), 1)

    def test_when_the_first_tab_is_closed_the_second_goes_on_once_it_is_looked_at(self):
        self.sign_in(fresh())
        first = self.driver.current_window_handle
        second = self.tab()
        self.see("elsewhere-view")
        self.go_to(first)
        self.driver.close()
        self.go_to(second)
        self.driver.execute_script("document.dispatchEvent(new Event('visibilitychange'))")
        self.live()

    def test_signing_out_in_one_tab_is_told_to_the_other(self):
        self.sign_in(fresh())
        first = self.driver.current_window_handle
        second = self.tab()
        self.see("elsewhere-view")
        self.go_to(first)
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        self.go_to(second)
        self.see("sign-in-page .ended[data-reason=SIGNED_OUT]")


if __name__ == "__main__":
    unittest.main()
