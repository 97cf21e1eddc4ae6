import secrets
import unittest

from browser import PageTest, Refused, admin, member, until

STEPS = "image disk key seed domain start address forwarding mail".split()


class Machines(PageTest):
    @classmethod
    def setUpClass(cls):
        cls.name = f"banc-{secrets.token_hex(2)}"
        cls.machine = member().create_machine(cls.name)
        cls.addClassCleanup(member().delete_all_machines)

    def second_step(self):
        self.enter(member())
        self.see("machine-row", self.name)
        self.click("machines-page [data-key=new]")
        self.click(".plan", "Mini")
        self.click("form[data-key=first] .button-primary")
        self.see("form[data-key=second]")

    def test_a_name_with_a_space_and_a_private_key_are_refused_beside_their_fields(self):
        self.second_step()
        self.fill("name", "mon serveur")
        self.click(".own-key summary")
        self.fill("ssh_public_key", "-----BEGIN OPENSSH PRIVATE KEY-----")
        self.click("form[data-key=second] .button-primary")
        self.see("form-field[name=name] .field-error", "des lettres, des chiffres et des tirets")
        self.see("form-field[name=ssh_public_key] .field-error", "clé privée")
        self.shoot("create-refused")

    def test_a_name_that_is_taken_is_refused_beside_its_field(self):
        self.second_step()
        self.fill("name", self.name.upper())
        self.click("form[data-key=second] .button-primary")
        self.see("form-field[name=name] .field-error", "déjà")

    def test_a_machine_that_does_not_exist_says_so(self):
        self.enter(member(), "/machines/999999")
        self.see("machine-page .empty-state")

    def test_an_administrator_is_told_why_they_create_none(self):
        self.enter(admin())
        self.see(".quota-reason")
        self.assertFalse(self.driver.find_elements("css selector", "machines-page [data-key=new]"))
        self.see("machine-row", self.name)
        self.shoot("machines-of-all")

    def test_a_machine_is_created_and_its_steps_are_watched_until_it_runs(self):
        name = f"orme-{secrets.token_hex(2)}"
        self.second_step()
        self.fill("name", name)
        self.shoot("create")
        self.click("form[data-key=second] .button-primary")
        self.see("machine-page h1", name)
        self.addCleanup(lambda: member().delete_machine(self.path().rsplit("/", 1)[1]))
        self.see(".banner-ready", name)
        self.see("machine-page status-badge .badge[data-status=running]")
        seen = self.driver.execute_script("return window.testSteps")
        # A simulated machine can be ready before its first step is shown.
        if seen:
            self.assertEqual([step for step in STEPS if not any(one.startswith(f"{step} ") for one in seen)], [])
        self.assertFalse([one for one in seen if one.endswith(" failed")])
        self.see("connect-card [data-key=command] code", "ssh ")
        self.shoot("machine-ready")
        self.click("side-bar a[href='/machines']")
        self.see("machines-page h2", name)
        self.assertFalse(self.driver.find_elements("css selector", "create-dialog dialog[open]"))
        self.driver.back()
        self.see("machine-page h1", name)

    def test_the_ssh_command_is_copied_as_it_is_shown(self):
        self.devtools("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.enter(member(), f"/machines/{self.machine}")
        shown = self.see("connect-card [data-key=command] code", "ssh ").text
        self.click("connect-card [data-key=command] button")
        self.see("connect-card [data-key=command] button[data-done]")
        copied = self.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
        self.assertEqual(" ".join(shown.split()), copied)
        self.assertIn("@", copied)

    def test_only_the_owner_is_given_the_key(self):
        self.enter(admin(), f"/machines/{self.machine}")
        self.see("connect-card [data-key=command] code", "ssh ")
        self.assertFalse(self.driver.find_elements("css selector", "connect-card [data-role=key]"))
        with self.assertRaises(Refused) as refusal:
            admin().call("GET", f"/api/vms/{self.machine}/key?download=1")
        self.assertIn(refusal.exception.status, (403, 404))

        self.enter(member(), f"/machines/{self.machine}")
        link = self.see("connect-card [data-role=key]")
        self.assertEqual(link.get_attribute("download"), f"{self.name}.pem")
        key = member().call("GET", link.get_attribute("href").split("/api", 1)[1].join(["/api", ""]))
        self.assertIn("BEGIN OPENSSH PRIVATE KEY", key)

    def test_a_machine_is_stopped_only_after_confirmation_and_started_again(self):
        self.enter(member(), f"/machines/{self.machine}")
        self.click("[data-key=do-stop]")
        self.see("confirm-dialog dialog[open]", self.name)
        self.click("confirm-dialog [data-click=no]")
        self.see_none("confirm-dialog dialog[open]")
        self.assertEqual(member().machine(self.machine)["status"], "running")

        self.click("[data-key=do-stop]")
        self.click("confirm-dialog [data-click=yes]")
        self.see("machine-page status-badge .badge[data-status=stopped]")
        self.click("[data-key=do-start]")
        self.see("machine-page status-badge .badge[data-status=running]")
        self.see("[data-key=do-stop]")

    def test_a_machine_is_deleted_only_after_confirmation_and_leaves_the_list(self):
        name = f"saule-{secrets.token_hex(2)}"
        identity = member().create_machine(name)
        self.enter(member(), f"/machines/{identity}")
        self.click("[data-key=do-delete]")
        self.see("confirm-dialog dialog[open]", name)
        self.shoot("confirm-delete")
        self.click("confirm-dialog [data-click=no]")
        self.see_none("confirm-dialog dialog[open]")
        self.assertIn(member().machine(identity)["status"], ("running",))

        self.click("[data-key=do-delete]")
        self.click("confirm-dialog [data-click=yes]")
        self.at("/machines")
        self.see(".toast", name)
        self.see_none(f"[data-key=machine-{identity}]")
        names = [machine["name"] for machine in member().call("GET", "/api/vms")["vms"]]
        self.assertNotIn(name, names)

    def test_a_change_made_elsewhere_appears_by_itself(self):
        self.enter(member())
        row = f"[data-key=machine-{self.machine}] .badge"
        self.see(f"{row}[data-status=running]")
        member().call("POST", f"/api/vms/{self.machine}/action", {"action": "force-stop"})
        self.see(f"{row}[data-status=stopped]")
        until(lambda: not member().machine(self.machine)["job"], "the job is over")
        member().call("POST", f"/api/vms/{self.machine}/action", {"action": "start"})
        self.see(f"{row}[data-status=running]")
        until(lambda: not member().machine(self.machine)["job"], "the job is over")

    def test_changes_during_a_lost_connection_are_caught_up(self):
        self.enter(member())
        row = f"[data-key=machine-{self.machine}] .badge"
        self.see(f"{row}[data-status=running]")
        self.pull_cable()
        self.see(".note[data-note=live]")
        self.shoot("reconnecting")
        member().call("POST", f"/api/vms/{self.machine}/action", {"action": "force-stop"})
        until(lambda: member().machine(self.machine)["status"] == "stopped", "the machine is stopped")
        until(lambda: not member().machine(self.machine)["job"], "the job is over")
        self.see(f"{row}[data-status=running]")

        self.put_back_cable()
        self.see(f"{row}[data-status=stopped]")
        self.see("side-bar .live-state[data-state=live]")
        self.see_none(".note[data-note=live]")

        member().call("POST", f"/api/vms/{self.machine}/action", {"action": "start"})
        self.see(f"{row}[data-status=running]")
        until(lambda: not member().machine(self.machine)["job"], "the job is over")


if __name__ == "__main__":
    unittest.main()
