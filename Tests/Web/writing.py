"""Shared by the tests of the composer and the channels: people, channels, keys, and files passed to the page."""

import secrets
from base64 import b64decode

from selenium.webdriver.common.action_chains import ActionChains

from accounts import AccountTest, fresh
from browser import admin, until

# Passes files as a browser does: in the DataTransfer of a paste or a drop.
HAND_OVER = """
const [how, name, type, bytes, done] = arguments
const transfer = new DataTransfer()
transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
if (how === 'paste') {
  document.querySelector('#composer-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))
} else {
  const there = document.querySelector('chat-thread')
  for (const step of how.split(' ')) there.dispatchEvent(new DragEvent(step, { dataTransfer: transfer, bubbles: true, cancelable: true }))
}
"""
PASTE_TEXT = """
const box = document.querySelector('#composer-text')
const transfer = new DataTransfer()
transfer.setData('text/plain', arguments[0])
if (box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))) {
  box.focus()
  document.execCommand('insertText', false, arguments[0])
}
"""
# An image of one red pixel.
PICTURE = list(b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"))
PROGRAM = list(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200))


def person(name):
    """A new person, signed in over the API."""
    made = fresh(name)
    made.call("POST", "/api/auth/login", {"email": made.email, "password": made.password})
    made.username = made.call("GET", "/api/auth/me")["username"]
    return made


class ChatTest(AccountTest):
    def channel(self, owner=None, **fields):
        body = {"type": "public", "name": f"atelier-{secrets.token_hex(4)}"} | fields
        return (owner or admin()).call("POST", "/api/chat/channels", body)

    def say(self, who, channel, text):
        return who.call("POST", f"/api/chat/channels/{channel['id']}/messages", {"text": text})

    def newest(self, channel, who=None):
        found = (who or admin()).call("GET", f"/api/chat/channels/{channel['id']}/messages?limit=1")
        return found[0] if found else None

    def go_to(self, who, channel):
        self.enter(who, f"/chat/{channel['id']}")
        return self.see("#composer-text")

    def box(self):
        return self.see("#composer-text")

    def written(self, text):
        self.wait(lambda _: self.box().get_property("value") == text, f"the composer holds {text!r}")

    def arrives(self, channel, text):
        until(lambda: (found := self.newest(channel)) and text in found["text"], f"{text!r} has arrived")
        return self.newest(channel)

    def keys(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def chord(self, *keys):
        chain = ActionChains(self.driver)
        for key in keys[:-1]:
            chain.key_down(key)
        chain.send_keys(keys[-1])
        for key in reversed(keys[:-1]):
            chain.key_up(key)
        chain.perform()

    def hand_over(self, how, name, kind, content):
        self.driver.execute_script(HAND_OVER, how, name, kind, content)
