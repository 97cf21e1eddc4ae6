import os
import random
import signal
import unittest
from concurrent.futures import ThreadPoolExecutor

from browser import By
from chatting import ChatTest, channel_for, fresh, signed_in, until

NAMES = ("Adèle", "Bruno", "Carla", "Denis", "Elsa", "Farid", "Gilles", "Hana", "Inès", "Jules")
ROWS = "return [...document.querySelectorAll('message-list .message[data-id]')].map(one => [one.dataset.id, one.querySelector('.message-text').innerText.trim()])"
BELOW_THE_LINE = "return document.querySelector('.thread-new')?.nextElementSibling?.dataset.id"


class Member(ChatTest):
    """One person of the crowd with a browser, and the messages they have sent."""

    width, height = 1200, 700

    def arrive(self, person, channel, seed):
        self.person, self.channel, self.chance, self.written = person, channel, random.Random(seed), []
        self.opened(person, channel)
        return self

    def chatter(self, turns):
        """Sends messages, and now and then scrolls up or leaves a draft."""
        for _ in range(turns):
            if self.chance.random() < 0.2:
                self.scroller(f"list.scrollTop = list.scrollHeight * {self.chance.random()}")
            begun = self.chance.choice(("", "", "", "hum, "))
            self.see("#composer-text").send_keys(begun)
            text = f"{self.person.name} {len(self.written)} {'bla ' * self.chance.randint(0, 9)}".strip()
            self.written.append(begun + text)
            self.write(text)

    def chatter_over_a_reload(self):
        self.chatter(2)
        self.sent()
        self.driver.refresh()
        self.live()
        self.chatter(2)

    def chatter_without_a_cable(self):
        self.chatter(1)
        self.sent()
        self.cut()
        self.chatter(3)
        self.see(".message[data-state=waiting]")
        self.mend()
        self.chatter(1)

    def die(self):
        """Kills the browser, as in a power cut; whether its last message was sent is random."""
        self.chatter(3)
        os.kill(self.driver.capabilities["goog:processID"], signal.SIGKILL)

    def sent(self):
        """Waits until the last message is in the thread, and none is being sent."""
        self.wait(lambda driver: self.written[-1] in self.thread() and not driver.find_elements(By.CSS_SELECTOR, ".message[data-client]"), "all is sent")

    def looked_away(self):
        self.click("channel-list a[href='/chat/1']")
        self.at("/chat/1")
        self.see("message-list .message")

    def of(self, history):
        return [text for _, text in history if f"{self.person.name} " in text]

    def badge(self):
        return self.driver.execute_script(f"return document.querySelector(\"channel-list a[href='/chat/{self.channel}'] .badge span\")?.innerText")

    def history(self, length):
        """The whole thread, once it has this number of messages."""
        def complete(_):
            self.scroller("list.scrollTop = 0")
            return len(self.driver.execute_script(ROWS)) >= length
        self.wait(complete, f"{length} messages are there")
        return [tuple(row) for row in self.driver.execute_script(ROWS)]


class Crowd(unittest.TestCase):
    """Ten browsers at once on one channel."""

    def setUp(self):
        self.pool = ThreadPoolExecutor(len(NAMES))
        self.addCleanup(self.pool.shutdown)

    def all(self, *deeds):
        """Runs all of these concurrently; raises the first failure when all have ended."""
        started = [self.pool.submit(deed) for deed in deeds]
        failures = [failure for one in started if (failure := one.exception())]
        if failures:
            raise failures[0]
        return [one.result() for one in started]

    def browser(self, person, channel, seed):
        member = Member()
        self.addCleanup(member.doCleanups)
        member.setUp()
        return member.arrive(person, channel, seed)

    def told(self, person, channel):
        page = person.call("GET", f"/api/chat/channels/{channel}/messages?limit=200")
        return [(message["id"], message["text"]) for message in reversed(page)]

    def test_ten_browsers_see_one_history_whatever_happens_to_some_of_them(self):
        """
        six              reloader    without a cable    killed       one elsewhere
        write            writes      writes             writes       writes
                                                                     opens another channel
        write            writes      cut, writes        writes       sees the count grow
                         reloads     back               killed
                         writes      writes             anew: writes
                                                                     comes back: the line, all below it
        all ten: the same messages in the same order, each once; and again after a reload
        """
        people = [signed_in(fresh(name)) for name in NAMES]
        channel = channel_for(people[0], *people[1:])
        crowd = self.all(*(lambda person=person, seed=seed: self.browser(person, channel, seed) for seed, person in enumerate(people)))
        *six, reloader, unplugged, killed, elsewhere = crowd
        self.all(*(lambda member=member: (member.chatter(3), member.sent()) for member in crowd))

        before = self.told(people[0], channel)
        self.assertEqual(len(before), 30)
        elsewhere.scroller("list.scrollTop = list.scrollHeight")
        mine = lambda: elsewhere.person.call("GET", f"/api/chat/channels/{channel}")
        until(lambda: mine()["readId"] == before[-1][0], "everything is read")
        elsewhere.looked_away()
        self.all(
            *(lambda member=member: (member.chatter(5), member.sent()) for member in six),
            reloader.chatter_over_a_reload, unplugged.chatter_without_a_cable, killed.die,
        )
        lost = killed.written
        anew = self.browser(killed.person, channel, 10)
        anew.chatter(2)
        crowd = [*six, reloader, unplugged, anew, elsewhere]
        self.all(*(member.sent for member in crowd if member is not elsewhere))

        history = self.told(people[0], channel)
        missed = history[len(before):]
        self.assertEqual(history[:len(before)], before)
        until(lambda: elsewhere.badge() == str(len(missed)), f"{len(missed)} unread messages are counted")
        self.assertEqual(mine()["unread"], len(missed))
        elsewhere.click(f"channel-list a[href='/chat/{channel}']")
        elsewhere.see(".thread-new")
        self.assertEqual(elsewhere.driver.execute_script(BELOW_THE_LINE), missed[0][0])
        elsewhere.scroller("list.scrollTop = list.scrollHeight")
        until(lambda: mine()["unread"] == 0 and not elsewhere.badge(), "everything is read again")

        for _ in range(2):
            for seen in self.all(*(lambda member=member: member.history(len(history)) for member in crowd)):
                self.assertEqual(seen, history)
            self.all(*(member.driver.refresh for member in crowd))
            self.all(*(member.live for member in crowd))

        for member in crowd:
            if member is not anew:
                self.assertEqual(member.of(history), member.written)
        of_the_killed = anew.of(history)
        self.assertEqual(of_the_killed[-2:], anew.written)
        self.assertEqual(of_the_killed[:-2], lost[:len(of_the_killed) - 2])


if __name__ == "__main__":
    unittest.main()
