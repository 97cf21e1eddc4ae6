import json
import unittest

from browser import By
from chatting import ChatTest, channel_for, fresh, signed_in, until


class Chat(ChatTest):
    """The thread of messages, between two browsers or with an author over the API."""

    def pair(self):
        """Two people with separate browsers in one new channel: this test, the other one, and the channel."""
        paul, nora = signed_in(fresh("Paul Premier")), signed_in(fresh("Nora Nouvelle"))
        channel = channel_for(paul, nora)
        self.opened(paul, channel)
        other = self.another()
        other.opened(nora, channel)
        return other, channel

    def reader(self, count, name="Paul Premier", kind="public"):
        """One browser showing a channel in which this number of messages was posted over the API."""
        nora, author = signed_in(fresh()), signed_in(fresh(name))
        channel = channel_for(author, nora, kind=kind)
        for number in range(1, count + 1):
            self.say(author, channel, f"n° {number}")
        return nora, author, channel

    def say(self, author, channel, text, **more):
        return author.call("POST", f"/api/chat/channels/{channel}/messages", {"text": text, **more})

    def test_messages_of_two_people_arrive_at_once_in_one_order_and_persist(self):
        """
        paul                  nora
        un
                              deux
        trois
        un deux trois         un deux trois
        reloads: the same     reloads: the same
        """
        nora, _ = self.pair()
        self.write("un")
        nora.shows(["un"])
        nora.write("deux")
        self.shows(["un", "deux"])
        self.write("trois")
        for one in (self, nora):
            one.shows(["un", "deux", "trois"])
            one.driver.refresh()
            one.shows(["un", "deux", "trois"])
        self.shoot("chat-two")

    def test_both_see_one_order_when_both_write_at_once(self):
        nora, _ = self.pair()
        for number in range(6):
            self.write(f"p{number}")
            nora.write(f"n{number}")
        self.wait(lambda _: len(self.thread()) == 12 and not self.driver.find_elements(By.CSS_SELECTOR, ".message[data-client]"), "all have come")
        nora.wait(lambda _: nora.thread() == self.thread(), "both threads are the same")
        self.assertEqual([text for text in self.thread() if text[0] == "p"], [f"p{number}" for number in range(6)])

    def test_messages_written_offline_are_sent_once_and_in_order_even_after_a_reload(self):
        """
        paul                        nora
        cut: un, deux (waiting)
                                    trois
        back                        trois un deux
        all once, in one order      reloads: the same
        """
        nora, channel = self.pair()
        self.cut()
        self.write("un")
        self.write("deux")
        self.see(".message[data-state=waiting] .sending")
        self.shoot("chat-offline")
        nora.write("trois")
        nora.shows(["trois"])
        self.mend()
        self.shows(["trois", "un", "deux"])
        self.see_none(".message[data-client]")
        nora.shows(["trois", "un", "deux"])
        # The tab is killed before the server answers: the waiting message is in this browser's storage.
        self.cut()
        self.write("quatre")
        self.see(".message[data-state=waiting]")
        kept = self.driver.execute_script("return Object.entries(localStorage).filter(([key]) => key.startsWith('obox.out.')).map(([, value]) => value)[0]")
        self.assertEqual(json.loads(kept)["text"], "quatre")
        self.devtools("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
        self.driver.refresh()
        self.put_back_cable()
        self.live()
        for one in (self, nora):
            one.shows(["trois", "un", "deux", "quatre"])
        for one in (self, nora):
            one.driver.refresh()
            one.live()
            one.shows(["trois", "un", "deux", "quatre"])
            self.assertEqual(len(one.thread()), 4)

    def test_messages_missed_while_offline_arrive_once(self):
        nora, author, channel = self.reader(3)
        self.opened(nora, channel)
        self.shows(["n° 1", "n° 2", "n° 3"])
        self.cut()
        first, second, _ = reversed(author.call("GET", f"/api/chat/channels/{channel}/messages"))
        author.call("DELETE", f"/api/chat/messages/{first['id']}")
        author.call("PATCH", f"/api/chat/messages/{second['id']}", {"text": "n° 2, mieux"})
        missed = [f"manqué {number}" for number in range(230)]
        for text in missed:
            self.say(author, channel, text)
        self.mend()
        self.wait(lambda _: len(self.thread()) == 233, "all are there")
        texts = [text.split("\n")[0].strip() for text in self.thread()]
        self.assertEqual(texts, ["Message supprimé", "n° 2, mieux", "n° 3", *missed])

    def test_events_during_loading_of_history_are_not_lost(self):
        nora, author, channel = self.reader(3)
        first = author.call("GET", f"/api/chat/channels/{channel}/messages")[-1]
        self.enter(nora, "/chat/1")
        self.see(f"channel-list a[href='/chat/{channel}']")
        # The response with the history is delayed until newer events have arrived.
        self.driver.execute_script(
            "const plain = window.fetch; window.held = [];"
            "window.fetch = async (path, ...more) => { const answer = await plain(path, ...more);"
            " if (String(path).includes('/messages?')) await new Promise(go => window.held.push(go)); return answer }"
        )
        self.click(f"channel-list a[href='/chat/{channel}']")
        self.wait(lambda _: self.driver.execute_script("return window.held.length") == 1, "the history is held back")
        author.call("PATCH", f"/api/chat/messages/{first['id']}", {"text": "n° 1, mieux"})
        self.say(author, channel, "entre-temps")
        self.see(f"channel-list a[href='/chat/{channel}'] .badge", "4")
        self.driver.execute_script("window.held.forEach(go => go())")
        self.wait(lambda _: len(self.thread()) == 4, "four messages")
        self.assertEqual([text.split("\n")[0].strip() for text in self.thread()], ["n° 1, mieux", "n° 2", "n° 3", "entre-temps"])

    def test_unread_messages_are_counted_and_below_a_line_until_seen(self):
        nora, author, channel = self.reader(60)
        self.enter(nora)
        self.see("side-bar a[href='/chat']")
        self.see(".side-nav .nav-badge")
        self.say(author, channel, f"@{nora.email.split('@')[0]} tu es là ?")
        self.click("side-bar a[href='/chat']")
        self.see(f"channel-list a[href='/chat/{channel}'] .badge-call", "1")
        self.shoot("chat-unread-list")
        self.click(f"channel-list a[href='/chat/{channel}']")
        self.see(".thread-over [data-click=toUnread]")
        self.shoot("chat-unread")
        self.click(".thread-over [data-click=toUnread]")
        self.see(".thread-new")
        following = self.driver.execute_script("return document.querySelector('.thread-new').nextElementSibling.querySelector('.message-text').innerText.trim()")
        self.assertEqual(following, "n° 1")
        self.shoot("chat-unread-line")
        self.click(".thread-over [data-click=toEnd]")
        self.see_none(f"channel-list a[href='/chat/{channel}'] .badge")
        until(lambda: [one for one in author.call("GET", f"/api/chat/channels/{channel}/members") if one["id"] == str(nora.id) and one["readId"] != "0"], "the read position is kept")

    def test_a_deleted_message_is_neither_counted_nor_notified(self):
        nora, author, channel = self.reader(1)
        self.enter(nora)
        self.click("side-bar a[href='/chat']")
        self.see(f"channel-list a[href='/chat/{channel}'] .badge", "1")
        called = self.say(author, channel, f"@{nora.email.split('@')[0]} tu es là ?")
        self.see(f"channel-list a[href='/chat/{channel}'] .badge-call", "1")
        calls = lambda: [one for one in nora.call("GET", "/api/notifications?unread=1") if one["kind"] == "mention"]
        until(calls, "the call is told")
        author.call("DELETE", f"/api/chat/messages/{called['id']}")
        self.see_none(f"channel-list a[href='/chat/{channel}'] .badge-call")
        self.see(f"channel-list a[href='/chat/{channel}'] .badge", "1")
        self.assertEqual(calls(), [])

    def test_an_edit_a_deletion_and_a_reaction_are_seen_by_the_other(self):
        nora, _ = self.pair()
        self.write("bonjor")
        nora.shows(["bonjor"])
        self.see("#composer-text").send_keys("\ue013")
        box = self.see("#composer-text")
        self.wait(lambda _: box.get_property("value") == "bonjor", "the last message is being changed")
        box.send_keys("\bur\n")
        nora.see(".message-text", "bonjour")
        nora.see(".message-text .edited")
        nora.see("#composer-text").send_keys("\ue00c")
        nora.hover(".message")
        nora.click("message-actions [data-emoji='👍']")
        self.see(".reaction", "1")
        self.assertEqual(self.see(".reaction").get_attribute("aria-pressed"), "false")
        self.click(".reaction")
        nora.see(".reaction", "2")
        nora.hover(".message")
        nora.shoot("chat-acts")
        nora.click("message-actions [data-click=answer]")
        nora.write("salut")
        self.see(".quote", "bonjour")
        self.hover(".message")
        self.click("message-actions [data-click=erase]")
        self.click("confirm-dialog [data-click=yes]")
        nora.see(".message .deleted")
        nora.see(".quote", "supprimé")

    def hover(self, css):
        from selenium.webdriver.common.action_chains import ActionChains
        element = self.see(css)
        ActionChains(self.driver).move_to_element_with_offset(element, 0, 0).perform()
        ActionChains(self.driver).move_to_element(element).perform()

    def test_the_scroll_position_stays_while_messages_arrive_and_older_ones_load(self):
        nora, author, channel = self.reader(130)
        self.opened(nora, channel)
        self.see("message-list .message")
        self.scroller("list.scrollTop = list.scrollHeight / 2")
        self.see(".thread-over [data-click=toEnd]")
        top = "const box = list.getBoundingClientRect(); const row = [...list.querySelectorAll('.message')].find(one => one.getBoundingClientRect().bottom > box.top + 80);"
        place = top + "return [row.dataset.id, row.getBoundingClientRect().top]"
        before = self.scroller(place)
        for number in range(5):
            self.say(author, channel, f"live {number}")
        self.see(".pill", "5")
        after = self.scroller(place)
        self.assertEqual(after[0], before[0])
        self.assertAlmostEqual(after[1], before[1], delta=1)
        self.shoot("chat-fresh")
        self.scroller("list.scrollTop = 300")
        self.wait(lambda _: len(self.thread()) > 100, "older ones were loaded")
        self.scroller("list.scrollTop = 0")
        self.wait(lambda _: self.thread()[0] == "n° 1" or self.scroller("list.scrollTop = 0; return 0"), "the beginning is reached")
        self.assertEqual(len(self.thread()), 135)
        self.assertEqual(self.thread(), [f"n° {number}" for number in range(1, 131)] + [f"live {number}" for number in range(5)])
        self.click(".thread-over [data-click=toEnd]")
        self.wait(lambda _: self.scroller("return list.scrollHeight - list.scrollTop - list.clientHeight < 3"), "the end is reached")

    def test_messages_arriving_while_scrolling_up_are_counted(self):
        nora, author, channel = self.reader(60)
        self.opened(nora, channel)
        self.shows(["n° 60"])
        # The scroll event caused by the first line fires after the frames of the second.
        self.driver.execute_async_script(
            "const [channel, done] = arguments; const list = document.querySelector('message-list');"
            "import('/lib/session.js').then(({ socket }) => { list.scrollTop = list.scrollHeight / 2;"
            " for (const n of [1, 2, 3]) socket.dispatchEvent(new CustomEvent('CHAT_MESSAGE', { detail: { channel, id: String(1e9 + n), revision: 0, authorId: '1',"
            " authorName: 'Ada', text: `vite ${n}`, createdAt: new Date().toISOString(), reactions: [], files: [] } })); done() })",
            channel,
        )
        self.see(".pill-call", "3")

    def test_a_link_to_a_message_shows_it_in_its_place(self):
        nora, author, channel = self.reader(130)
        history = author.call("GET", f"/api/chat/channels/{channel}/messages?limit=130")
        wanted = history[100]
        self.enter(nora, f"/chat/{channel}?message={wanted['id']}")
        self.see(".message.aimed", wanted["text"])
        self.wait(lambda _: self.driver.execute_script("return document.activeElement.dataset.id") == wanted["id"], "it has the focus")
        self.click(".thread-over [data-click=toEnd]")
        self.shows(["n° 129", "n° 130"])

    def test_messages_are_navigated_and_answered_by_keyboard(self):
        nora, author, channel = self.reader(4)
        self.opened(nora, channel)
        self.shows(["n° 4"])
        self.driver.execute_script("document.querySelector('message-list .message[tabindex=\"0\"]').focus()")
        focused = lambda: self.driver.execute_script("return document.activeElement.querySelector?.('.message-text')?.innerText.trim()")
        self.assertEqual(focused(), "n° 4")
        for key, text in (("\ue013", "n° 3"), ("\ue011", "n° 1"), ("\ue015", "n° 2"), ("\ue010", "n° 4"), ("\ue013", "n° 3")):
            self.driver.switch_to.active_element.send_keys(key)
            self.assertEqual(focused(), text)
        self.driver.switch_to.active_element.send_keys("r")
        self.wait(lambda _: self.driver.execute_script("return document.activeElement.id") == "composer-text", "the composer has the focus")
        self.write("réponse")
        self.see(".quote", "n° 3")

    def test_messages_received_while_hidden_are_below_the_unread_line(self):
        nora, author, channel = self.reader(3)
        self.opened(nora, channel)
        self.shows(["n° 3"])
        hidden = "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => %s }); document.dispatchEvent(new Event('visibilitychange'))"
        self.driver.execute_script(hidden % "'hidden'")
        self.say(author, channel, "pendant ce temps")
        self.shows(["pendant ce temps"])
        self.see(f"channel-list a[href='/chat/{channel}'] .badge", "1")
        self.driver.execute_script(hidden % "'visible'")
        self.see(".thread-new")
        self.see_none(f"channel-list a[href='/chat/{channel}'] .badge")

    def test_a_removed_member_of_a_private_channel_keeps_nothing_of_it(self):
        nora, author, channel = self.reader(3, kind="private")
        self.opened(nora, channel)
        self.shows(["n° 3"])
        author.call("DELETE", f"/api/chat/channels/{channel}/members/{nora.id}")
        self.see(".thread-empty[data-key=away]")
        self.see_none("message-list .message")
        self.see_none(f"channel-list a[href='/chat/{channel}']")

    def test_a_refused_message_says_why_and_can_be_taken_back(self):
        nora, author, channel = self.reader(1)
        author.call("PATCH", f"/api/chat/channels/{channel}", {"slowSeconds": 600})
        self.opened(nora, channel)
        self.write("premier")
        self.shows(["premier"])
        self.driver.execute_script("import('/lib/chat/store.js').then(chat => chat.post(arguments[0], { text: 'trop vite' }))", channel)
        self.see(".message[data-state=refused] .refused")
        self.shoot("chat-refused")
        self.click(".refused [data-click=discard]")
        self.see_none(".message[data-client]")
        self.shows(["premier"])

    def test_the_next_person_at_the_same_browser_sees_no_unsent_text(self):
        paul, nora = signed_in(fresh("Paul Premier")), fresh()
        channel = channel_for(paul, nora)
        self.opened(paul, channel)
        self.see("#composer-text").send_keys("un secret")
        self.cut()
        self.write("")
        self.see(".message[data-state=waiting]", "un secret")
        self.mend()
        self.shows(["un secret"])
        self.see("#composer-text").send_keys("brouillon")
        self.click("side-bar [data-click=leave]")
        self.at("/sign-in")
        self.sign_in(nora, f"/chat/{channel}")
        self.assertEqual(self.see("#composer-text").get_property("value"), "")
        kept = self.driver.execute_script("return Object.entries(localStorage).filter(([key]) => /^obox\\.(out|draft|chat)\\./.test(key))")
        self.assertEqual(kept, [])


if __name__ == "__main__":
    unittest.main()
