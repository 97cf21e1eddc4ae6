import unittest

import cable
from browser import admin
from chatting import ChatTest, channel_for, fresh, signed_in, until

# Chromium on Android has no shared workers; over plain HTTP from another host there are no Web Locks either.
NO_WORKER = "delete globalThis.SharedWorker;"
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"


class TabsTest(ChatTest):
    """Several tabs of one browser act as one client. `without` lists the features this browser lacks."""

    without = ""

    def setUp(self):
        super().setUp()
        self.prepare()

    def prepare(self):
        if self.without:
            self.devtools("Page.addScriptToEvaluateOnNewDocument", source=self.without)

    def tab(self, path="/machines"):
        """Another tab at this path, signed in like the others."""
        self.driver.switch_to.new_window("tab")
        self.resize(self.width, self.height)
        self.prepare()
        self.open(path)
        self.live()
        return self.driver.current_window_handle

    @property
    def here(self):
        return self.driver.current_window_handle

    def go_to(self, handle):
        self.driver.switch_to.window(handle)

    def close(self, handle, then):
        self.go_to(handle)
        self.driver.close()
        self.go_to(then)

    def kind(self):
        return self.driver.execute_async_script("const done = arguments[0]; import('/lib/session.js').then(({ socket }) => done(socket.kind))")

    def connections(self, count):
        self.wait(lambda _: cable.count(self.driver) == count, f"{count} live connections")

    def pair(self):
        """Nora in a browser, and an author over the API, in their own channel."""
        nora, author = fresh(), signed_in(fresh("Ada Auteure"))
        return nora, author, channel_for(author, nora)


class Tabs(TabsTest):
    """Properties that do not depend on where the shared connection is."""

    expected = {"worker"}

    def test_a_second_tab_works_beside_the_first(self):
        nora, author, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        second = self.tab(f"/chat/{channel}")
        self.assertIn(self.kind(), self.expected)
        self.see("#composer-text")
        self.write("du deuxième")
        self.shows(["du deuxième"])
        self.go_to(first)
        self.shows(["du deuxième"])
        self.write("du premier")
        self.shows(["du deuxième", "du premier"])
        author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": "à tous deux"})
        self.shows(["du deuxième", "du premier", "à tous deux"])
        self.go_to(second)
        self.shows(["du deuxième", "du premier", "à tous deux"])
        self.see_none(".message[data-client]")

    def test_machines_change_in_both_tabs(self):
        person = signed_in(fresh())
        self.addCleanup(person.delete_all_machines)
        self.enter(person)
        first = self.here
        second = self.tab()
        machine = person.create_machine("dans-deux")
        row = f"[data-key=machine-{machine}] .badge"
        for handle in (first, second):
            self.go_to(handle)
            self.see(f"{row}[data-status=running]")
        person.call("POST", f"/api/vms/{machine}/action", {"action": "force-stop"})
        for handle in (second, first):
            self.go_to(handle)
            self.see(f"{row}[data-status=stopped]")

    def test_ten_tabs_are_one_connection_and_one_presence(self):
        self.sign_in(fresh())
        for _ in range(9):
            self.tab("/profile")
        self.connections(1)
        here = [one for one in admin().call("GET", "/api/presence")["users"] if one["name"] == "Nora Nouvelle"]
        self.assertGreaterEqual(len(here), 1)
        self.assertEqual(len({one["id"] for one in here}), len(here))

    def test_what_is_read_in_one_tab_is_read_in_all(self):
        nora, author, channel = self.pair()
        self.sign_in(nora)
        first = self.here
        second = self.tab("/profile")
        called = "@" + self.driver.execute_async_script("fetch('/api/auth/me').then(answer => answer.json()).then(user => arguments[0](user.username))")
        for number in range(3):
            author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": f"{called} {number}"})
        count = "side-bar a[href='/chat'] .nav-badge:not(.nav-dot)"
        for handle in (first, second):
            self.go_to(handle)
            self.see(count, "3")
        self.open(f"/chat/{channel}")
        self.shows([f"{called} {number}" for number in range(3)])
        self.see_none(count)
        self.go_to(first)
        self.see_none(count)

    def test_when_the_leading_tab_closes_the_others_go_on_and_nothing_is_lost(self):
        """
        leading tab        other tab
        closes
                           sends, at once
                           hears what is written meanwhile
        """
        nora, author, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        second = self.tab(f"/chat/{channel}")
        self.see("#composer-text")
        self.close(first, second)
        self.write("juste après")
        author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": "et toi ?"})
        self.wait(lambda _: sorted(self.thread()) == ["et toi ?", "juste après"], "both are there, once")
        self.see_none(".message[data-client]")
        self.live()
        self.connections(1)
        history = author.call("GET", f"/api/chat/channels/{channel}/messages")
        self.assertEqual(sorted(one["text"] for one in history), ["et toi ?", "juste après"])

    def test_a_waiting_message_survives_its_tab(self):
        nora, author, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        second = self.tab(f"/chat/{channel}")
        self.see("#composer-text")
        self.pull_cable()
        self.write("d’un onglet fermé")
        self.see(".message[data-state=waiting]", "d’un onglet fermé")
        self.go_to(first)
        self.see(".message[data-state=waiting]", "d’un onglet fermé")
        self.close(second, first)
        self.put_back_cable()
        self.live()
        self.shows(["d’un onglet fermé"])
        self.see_none(".message[data-client]")
        history = author.call("GET", f"/api/chat/channels/{channel}/messages")
        self.assertEqual([one["text"] for one in history], ["d’un onglet fermé"])

    def test_a_draft_is_in_all_tabs_and_gone_from_all_once_it_is_sent(self):
        nora, _, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        self.see("#composer-text").send_keys("un brouillon")
        second = self.tab(f"/chat/{channel}")
        self.wait(lambda _: self.see("#composer-text").get_property("value") == "un brouillon", "the draft is here too")
        self.write(" envoyé")
        self.shows(["un brouillon envoyé"])
        self.go_to(first)
        self.wait(lambda _: self.see("#composer-text").get_property("value") == "", "it is no draft any more")
        self.assertNotEqual(first, second)

    def test_signing_out_in_one_tab_signs_out_all_and_signing_in_signs_in_all(self):
        nora = fresh()
        self.sign_in(nora)
        first = self.here
        second = self.tab()
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        self.go_to(first)
        self.see("sign-in-page .ended[data-reason=SIGNED_OUT]")
        self.connections(0)
        other = fresh("Paula Prochaine")
        self.give(other)
        self.live()
        self.go_to(second)
        self.live()
        self.open("/profile")
        self.wait(lambda _: self.value("name") == "Paula Prochaine", "it is the other person")

    def test_when_a_tab_crashes_the_others_go_on(self):
        nora, author, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        second = self.tab(f"/chat/{channel}")
        self.see("#composer-text")
        cable.crash(cable.target_of(self.driver, first))
        author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": "encore là ?"})
        self.write("oui")
        self.wait(lambda _: sorted(self.thread()) == ["encore là ?", "oui"], "both are there, once")
        self.assertEqual(self.here, second)

    def test_a_reload_never_locks_its_person_out(self):
        self.sign_in(fresh(), "/profile")
        self.fill("phone", "07 08 09")
        for _ in range(5):
            self.driver.refresh()
            self.live()
        self.assertEqual(self.value("phone"), "07 08 09")
        self.connections(1)

    def test_leaving_the_page_and_returning_reconnects(self):
        self.sign_in(fresh(), "/profile")
        self.driver.get("about:blank")
        self.driver.back()
        self.at("/profile")
        self.live()
        self.connections(1)

    def test_a_machine_form_is_restored_after_a_reload_and_forgotten_when_cancelled(self):
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

    def test_the_last_tab_that_closes_frees_its_person(self):
        nora = fresh()
        self.sign_in(nora)
        self.tab()
        mine = str(nora.id)
        present = lambda: any(str(one["id"]) == mine for one in admin().call("GET", "/api/presence")["users"])
        self.assertTrue(present())
        self.driver.get("about:blank")
        self.assertTrue(present())
        self.go_to(next(one for one in self.driver.window_handles if one != self.here))
        self.driver.get("about:blank")
        until(lambda: not present(), "nobody is there")


class TabsOverPlainHTTP(Tabs):
    """From another host without TLS there are shared workers, and no locks."""

    without = NO_LOCKS


class TabsWithALeader(Tabs):
    """Without shared workers: the tab that holds a lock serves the others."""

    without = NO_WORKER
    expected = {"leader", "follower"}

    def test_the_leader_is_one_of_them(self):
        self.sign_in(fresh(), "/profile")
        first = self.here
        second = self.tab("/profile")
        self.assertEqual(self.kind(), "follower")
        self.close(first, second)
        self.wait(lambda _: self.kind() == "leader", "this tab leads")


    def test_when_the_leader_is_frozen_another_takes_over_and_nothing_is_lost(self):
        """
        leading tab        other tab
        is frozen
                           writes, and hears what is written meanwhile
        goes on: has all of it, once; there is one connection again
        """
        nora, author, channel = self.pair()
        self.sign_in(nora, f"/chat/{channel}")
        first = self.here
        leader = cable.target_of(self.driver, first)
        second = self.tab(f"/chat/{channel}")
        self.see("#composer-text")
        self.assertEqual(self.kind(), "follower")
        leader.call("Page.setWebLifecycleState", state="frozen")
        self.write("pendant le gel")
        author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": "gelé ?"})
        self.wait(lambda _: self.kind() == "leader", "this tab leads")
        self.wait(lambda _: sorted(self.thread()) == ["gelé ?", "pendant le gel"], "both are there, once")
        self.see_none(".message[data-client]")
        leader.call("Page.setWebLifecycleState", state="active")
        self.go_to(first)
        self.wait(lambda _: sorted(self.thread()) == ["gelé ?", "pendant le gel"], "both are there, once")
        self.live()
        self.connections(1)
        self.write("dégelé")
        self.go_to(second)
        self.wait(lambda _: "dégelé" in self.thread(), "what it writes then arrives")
        history = author.call("GET", f"/api/chat/channels/{channel}/messages")
        self.assertEqual(sorted(one["text"] for one in history), ["dégelé", "gelé ?", "pendant le gel"])


class TabsOfTheirOwn(Tabs):
    """Without locks either: each tab has its own connection, and they are one client all the same."""

    without = NO_WORKER + NO_LOCKS
    expected = {"alone"}

    def connections(self, count):
        """One for each tab."""
        super().connections(count and len(self.driver.window_handles))


if __name__ == "__main__":
    unittest.main()
