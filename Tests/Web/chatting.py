"""Shared by the tests of the chat: people with a channel, and the content of their threads."""

import secrets

from accounts import AccountTest, fresh, until
from browser import Person


def signed_in(person):
    """The person over the API at another workstation, for posting without a browser."""
    client = Person(email=person.email, password=person.password, id=person.id, name=person.name)
    client.call("POST", "/api/auth/login", {"email": person.email, "password": person.password, "takeover": True})
    return client


def channel_for(owner, *others, kind="public"):
    """A new channel of that person, with others in it."""
    name = f"essai-{secrets.token_hex(3)}"
    body = {"type": kind, "name": name, "members": [str(other.id) for other in others]}
    return owner.call("POST", "/api/chat/channels", body)["id"]


class ChatTest(AccountTest):
    """Two people in separate browsers, or one and an author over the API."""

    THREAD = "return [...document.querySelectorAll('message-list .message')].map(one => one.querySelector('.message-text').innerText.trim())"

    def thread(self):
        return self.driver.execute_script(self.THREAD)

    def shows(self, texts, what=None):
        """Waits until the thread's last messages are exactly these."""
        self.wait(lambda _: self.thread()[-len(texts):] == list(texts), what or f"the thread ends with {texts}")

    def write(self, text):
        box = self.see("#composer-text")
        box.send_keys(text + "\n")

    def scroller(self, script):
        return self.driver.execute_script("const list = document.querySelector('message-list');" + script)

    def cut(self):
        """Disconnects the network: live connection and requests."""
        self.pull_cable()
        self.devtools("Network.enable")
        self.devtools("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def mend(self):
        self.devtools("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
        self.put_back_cable()
        self.live()

    def opened(self, person, channel):
        self.enter(person, f"/chat/{channel}")
        self.see("#composer-text")


__all__ = ["ChatTest", "channel_for", "fresh", "signed_in", "until"]
