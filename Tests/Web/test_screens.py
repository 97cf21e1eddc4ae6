"""Properties of every screen, and small defects reported by users with their expected behaviour."""

import json
import secrets
import unittest
import urllib.request

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from accounts import AccountTest, fresh
from browser import admin, member, setting
from test_looks import WIDER_THAN_THE_SCREEN

SCREENS = (
    "/", "/machines", "/directory", "/settings", "/mailbox", "/host", "/profile", "/security", "/people", "/people/1", "/categories", "/quotas", "/backups", "/audit",
    "/client-errors", "/notifications", "/notifications/preferences", "/chat/1", "/machines/999999", "/nowhere",
    "/messages", "/messages/new", "/messages/letters", "/requests", "/requests/1", "/requests/track",
)

STRUCTURE = """
const shown = [...document.querySelectorAll('h1')].filter(one => one.checkVisibility());
const name = one => one.getAttribute('aria-label') ?? document.getElementById(one.getAttribute('aria-labelledby'))?.textContent ?? '';
const marks = [...document.querySelectorAll('main, nav, aside, search, form[role=search], [role=search], [role=region], section[aria-label], section[aria-labelledby], footer, header')]
  .filter(one => one.checkVisibility() && !(['FOOTER', 'HEADER'].includes(one.tagName) && one.closest('main, section, article, aside, nav')));
const kinds = marks.map(one => (one.getAttribute('role') ?? one.tagName.toLowerCase()) + ' ' + name(one));
return { titles: shown.length, mains: document.querySelectorAll('main').length, twice: kinds.filter((kind, index) => kinds.indexOf(kind) !== index) };
"""


class Screens(AccountTest):
    def visit(self, path):
        self.driver.execute_script("history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))", path)
        self.see("main#content")
        self.wait(lambda d: not d.find_elements("css selector", "main [aria-busy=true]"), f"{path} has loaded")

    def test_every_screen_has_one_title_one_main_part_and_landmarks_told_apart(self):
        self.enter(admin())
        for path in SCREENS:
            self.visit(path)
            with self.subTest(path=path):
                found = self.driver.execute_script(STRUCTURE)
                self.assertEqual(found, {"titles": 1, "mains": 1, "twice": []})

    def test_no_screen_is_wider_than_a_phone(self):
        fresh("Maximilienne-Alexandrine de Beauharnais-Saint-Exupéry", "moderator")
        self.resize(390, 844)
        self.enter(admin())
        for path in SCREENS:
            self.visit(path)
            for width in (390, 360, 320):
                self.resize(width, 844)
                with self.subTest(path=path, width=width):
                    self.assertEqual(self.driver.execute_script(WIDER_THAN_THE_SCREEN), [])
                    self.assertEqual(self.driver.execute_script("return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"), 0)
                    self.assertEqual(self.driver.execute_script("return [...document.querySelectorAll('h1')].filter(one => one.checkVisibility()).length"), 1)

    def test_a_long_address_stays_in_its_row_and_dangerous_buttons_in_their_card(self):
        email = f"maximilienne.alexandrine.de.beauharnais-{secrets.token_hex(3)}@universite-de-technologie.example.org"
        admin().call("POST", "/api/admin/users", {"name": "Maximilienne", "email": email, "role": "employee"})
        self.enter(admin(), "/people")
        self.see("people-page .person-row", email)
        for width in (1440, 1024, 360):
            self.resize(width, 844)
            wide = self.driver.execute_script("return [...document.querySelectorAll('.person-row .row-name p')].filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)")
            self.assertEqual(wide, [], width)
        machine = self.machine_of_somebody()
        self.visit(f"/machines/{machine}")
        self.see("machine-page .end-row")
        for width in (1440, 1024, 360):
            self.resize(width, 844)
            beside = self.driver.execute_script("""const card = document.querySelector('machine-page .card-end').getBoundingClientRect();
              return [...document.querySelectorAll('machine-page .end-row .button')].filter(one => one.getBoundingClientRect().right > card.right).map(one => one.textContent)""")
            self.assertEqual(beside, [], width)

    def machine_of_somebody(self):
        self.addCleanup(member().delete_all_machines)
        return member().create_machine("dans-sa-carte")

    def test_going_back_leaves_no_dialog_over_the_screen_before(self):
        self.enter(member(), "/machines")
        self.click("side-bar .side-foot .person")
        self.see("profile-page h1")
        ActionChains(self.driver).send_keys("?").perform()
        self.see("key-sheet dialog[open]")
        self.driver.back()
        self.see("machines-page h1")
        self.see_none("dialog[open]")

    def test_changing_the_language_also_changes_it_on_the_server(self):
        self.enter(admin(), "/profile")
        self.addCleanup(lambda: admin().call("PUT", "/api/user/settings", {"language": "fr", "theme": "auto"}))
        note = "[data-note=forwarding] .note-reason"
        self.click("side-bar a[href='/machines']")
        self.see(note, "machines sont simulées")
        self.driver.back()
        self.click("[data-choice=en]")
        self.click("side-bar a[href='/machines']")
        self.see(note, "machines are simulated")

    def test_signing_out_announces_no_machine_as_deleted(self):
        self.sign_in(fresh())
        self.see("machines-page h1")
        self.driver.execute_script("""
          window.testSaid = [];
          const region = document.querySelector('live-region');
          new MutationObserver(() => window.testSaid.push(region.textContent)).observe(region, { subtree: true, childList: true, characterData: true })""")
        self.driver.execute_script("""
          return import('/lib/live.js').then(({ machines }) => {
            machines.set({ loaded: true, byId: { 7: { id: '7', name: 'web', status: 'running' } } });
          })""")
        self.wait(lambda d: d.execute_script("return window.testSaid.some(one => one.includes('web'))"), "the machine is told of")
        self.click("side-bar .side-foot [data-click=leave]")
        self.see("sign-in-page h1")
        self.assertEqual([one for one in self.driver.execute_script("return window.testSaid") if "supprim" in one], [])

    def test_settings_that_were_never_saved_are_not_requested(self):
        self.sign_in(fresh())
        asked = self.driver.execute_script("return performance.getEntriesByType('resource').map(one => one.name).filter(one => one.includes('/api/user/settings'))")
        self.assertEqual(asked, [])
        self.assertEqual([one for one in self.evidence() if "status of 404" in one], [])

    def test_a_toast_in_the_chat_leaves_the_send_button_free(self):
        self.enter(member(), "/chat/1")
        for width, height in ((1440, 900), (390, 844)):
            self.resize(width, height)
            self.see("chat-composer")
            self.driver.execute_script("return import('/lib/toast.js').then(({ toast }) => toast('Bonjour. '.repeat(20), 'error'))")
            toast = self.see(".toast").rect
            composer = self.see("chat-composer").rect
            self.assertLess(toast["y"] + toast["height"], composer["y"])

    def test_the_note_about_ports_can_be_dismissed_permanently(self):
        self.enter(member())
        self.driver.execute_script("return import('/lib/session.js').then(({ session }) => session.set({ host: { ...session.get().host, forwarding: { enabled: false, reason: 'essai' } } }))")
        self.click("[data-note=forwarding] .icon-button")
        self.see_none("[data-note=forwarding]")
        self.driver.refresh()
        self.see("side-bar .live-state[data-state=live]")
        self.driver.execute_script("return import('/lib/session.js').then(({ session }) => session.set({ host: { ...session.get().host, forwarding: { enabled: false, reason: 'essai' } } }))")
        self.see_none("[data-note=forwarding]")

    def test_at_the_quota_the_button_and_the_shortcut_say_why(self):
        self.enter(member())
        self.see("machines-page [data-key=new]")
        self.driver.execute_script("""return import('/lib/session.js').then(({ session }) => session.set({ host: { ...session.get().host,
          quota: { used: 3, max: 3, canCreate: false, reason: 'Vous avez déjà 3 machines.' } } }))""")
        self.see("machines-page [data-key=new][aria-disabled=true]")
        self.see("#quota-reason", "Vous avez déjà 3 machines.")
        ActionChains(self.driver).send_keys("n").perform()
        self.see(".toast", "Vous avez déjà 3 machines.")
        self.click("machines-page [data-key=new]")
        self.assertFalse(self.driver.execute_script("return document.querySelector('create-dialog dialog').open"))

    def test_each_system_gets_its_own_commands_for_the_key(self):
        self.enter(member())
        found = self.driver.execute_script("""return import('/lib/machines.js').then(({ ownSystem, protectCommand, sshCommand, systems }) => {
          const machine = { name: 'web', ssh_user: 'lea', public_ip: '192.0.2.1', port: 10001 };
          return { commands: systems.map(system => [protectCommand(machine, system), sshCommand(machine, true, system)]),
            own: ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14)', 'Mozilla/5.0 (X11; Linux x86_64)'].map(ownSystem) };
        })""")
        self.assertEqual(found["own"], ["windows", "macos", "linux"])
        self.assertEqual(found["commands"], [
            ['chmod 600 "$(xdg-user-dir DOWNLOAD)/web.pem"', 'ssh -i "$(xdg-user-dir DOWNLOAD)/web.pem" -p 10001 lea@192.0.2.1'],
            ["chmod 600 ~/Downloads/web.pem", "ssh -i ~/Downloads/web.pem -p 10001 lea@192.0.2.1"],
            ['icacls "$HOME\\Downloads\\web.pem" /inheritance:r /grant:r "${env:USERNAME}:R"',
             'ssh -i "$HOME\\Downloads\\web.pem" -p 10001 lea@192.0.2.1'],
        ])

    def test_the_audit_log_shows_whole_times_and_no_raw_words(self):
        self.open("/sign-in")
        self.give(member(), "not the right one")
        self.see("sign-in-page .alert[role=alert]")
        self.enter(admin(), "/audit")
        row = self.see("audit-page tbody tr", "Connexion refusée")
        self.assertIn("identifiant ou mot de passe incorrect", row.text)
        self.assertEqual(row.text.lower().count("refusé"), 1)
        self.assertRegex(row.text, r"\d\d:\d\d:\d\d")
        self.shoot("audit-words")

    def test_permissions_without_a_feature_are_not_shown(self):
        self.enter(admin(), f"/people/{fresh().id}")
        self.see("rights-card .check")
        found = self.driver.execute_script("return [...document.querySelectorAll('rights-card input')].map(one => one.value)")
        self.assertEqual(found, [
            "manage_users", "manage_employee_categories", "manage_announcements", "manage_documents", "manage_events", "manage_trainings",
            "validate_topics", "validate_posts",
        ])

    def test_the_emoji_list_is_navigated_by_keyboard(self):
        self.enter(member(), "/chat/1")
        self.see("chat-composer")
        self.driver.execute_script("import('/lib/dialogs.js').then(({ pickEmoji }) => pickEmoji(document.querySelector('#composer-text')))")
        self.see(".picker-search")
        keys = ActionChains(self.driver)
        keys.send_keys(Keys.TAB).perform()
        first = self.driver.execute_script("return document.activeElement.dataset.emoji")
        self.assertTrue(first)
        ActionChains(self.driver).send_keys(Keys.ARROW_RIGHT).perform()
        self.assertNotEqual(self.driver.execute_script("return document.activeElement.dataset.emoji"), first)

    def test_error_reports_are_shown_to_admins_with_a_count(self):
        report = {"clientId": "c1", "clientVersion": "2.1", "platform": "win32", "errorType": "TypeError",
                  "errorMessage": "x is undefined " + secrets.token_hex(4), "userMessage": "it hangs"}
        for _ in range(2):
            request = urllib.request.Request(setting("OBOX_URL") + "/api/monitoring/errors", json.dumps(report).encode(), {"Content-Type": "text/plain"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                self.assertEqual(json.load(answer), {"success": True})
        self.enter(admin(), "/client-errors")
        row = self.see(".client-error", report["errorMessage"])
        self.assertIn("2 fois", row.text)
        self.see("[data-role=count]")
        self.shoot("client-errors")

    def test_a_member_cannot_read_error_reports(self):
        self.enter(member(), "/client-errors")
        self.see("not-found-page[reason=forbidden]")


class Cards(AccountTest):
    """Names, faces and mentions open a card."""

    def say(self, person, text):
        return person.call("POST", "/api/chat/channels/1/messages", {"text": text})

    def test_a_name_and_a_mention_open_the_card_and_one_writes_from_there(self):
        other = fresh(f"Carla {secrets.token_hex(3)}")
        name = admin().call("GET", f"/api/users/{other.id}")["username"]
        text = f"bonjour @{name} {secrets.token_hex(3)}"
        self.say(admin(), text)
        self.enter(member(), "/chat/1")
        self.click(".message .mention", name)
        card = self.see(".person-card", other.name)
        self.assertIn("Hors ligne", card.text)
        self.assertNotIn("Ses machines", card.text)
        self.shoot("person-card")
        ActionChains(self.driver).send_keys(Keys.ESCAPE).perform()
        self.wait(lambda d: not d.find_element("css selector", ".person-card").is_displayed(), "the card is closed")
        self.assertEqual(self.driver.execute_script("return document.activeElement.className"), "mention")
        self.driver.execute_script("document.activeElement.click()")
        self.click(".person-card [data-click=write]")
        self.see("channel-head h2", other.name)

    def test_an_admin_finds_the_machines_and_the_account_of_people_online(self):
        self.enter(admin(), "/machines")
        self.click("presence-list .here")
        self.click("presence-list [data-person-card]")
        card = self.see(".person-card")
        self.assertIn("Ses machines", card.text)
        self.assertIn("En ligne", card.text)
        self.click(".person-card a[href^='/people/']")
        self.see("person-page h1")

    def test_somebody_who_does_not_exist_says_so(self):
        self.say(admin(), "@nobody.at.all")
        self.enter(member(), "/chat/1")
        self.click(".message .mention", "nobody.at.all")
        self.see(".person-card", "n’existe plus")


class FirstSteps(AccountTest):
    def test_the_admin_sees_the_next_steps_until_they_are_dismissed(self):
        self.enter(admin())
        self.see("first-steps h2", "Premiers pas")
        self.assertFalse(self.see("first-steps [data-step=image]").find_elements("css selector", "p"))
        self.see("first-steps [data-step=mail] a[href='/settings']")
        self.shoot("first-steps")
        self.click("first-steps header .icon-button")
        self.see_none("first-steps")
        self.driver.refresh()
        self.see("machines-page h1")
        self.see_none("first-steps")

    def test_a_member_has_no_first_steps(self):
        self.enter(member())
        self.see("machines-page h1")
        self.see_none("first-steps")


if __name__ == "__main__":
    unittest.main()
