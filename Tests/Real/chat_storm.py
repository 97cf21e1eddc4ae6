#!/usr/bin/python3
"""A load test of the chat with failures: people post, edit, delete and react at random, connections are cut, and the
daemon is killed with -9 repeatedly. In the end every acknowledged message must be in the database once, all people
must have seen the same order, and each person's view must match the database.

    chat_storm.py [--seconds N] [--kills N]       STORM_SEED reproduces the choices of a run
"""

import argparse
import asyncio
import base64
import hashlib
import os
import pathlib
import random
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from frames import Gone, Socket
from lab import BINARY, free_port

PEOPLE = 10
PATIENCE = 60
WORDS = "lune pluie port câble rouge petit grand été neige disque réseau hier demain café".split()


def session_hash(bearer):
    """A session's stored hash: that of the cookie's value, which is itself a hash of the Bearer token."""
    cookie = base64.urlsafe_b64encode(hashlib.blake2b(b"cookie:" + bearer.encode(), digest_size=32).digest()).rstrip(b"=")
    return hashlib.blake2b(b"session:" + cookie, digest_size=32).digest()


class Daemon:
    """The release binary with its own folder, to be killed and restarted."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="obox-storm-"))
        self.database = self.folder / "data" / "obox.db"
        self.port = free_port()
        self.process = None

    def start(self):
        words = [BINARY, "serve", "--data", self.folder / "data", "--listen", f"127.0.0.1:{self.port}"]
        environment = {"PATH": os.environ["PATH"], "LOG_LEVEL": "warn"}
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                words + ["--libvirt", "test:///default"], env=environment, stdout=subprocess.PIPE, stderr=log)
        alarm = threading.Timer(PATIENCE, self.process.kill)
        alarm.start()
        try:
            # It says so once it answers.
            if not any(b" is running at " in line for line in self.process.stdout):
                raise RuntimeError("the daemon does not start:\n" + (self.folder / "log").read_text()[-2000:])
        finally:
            alarm.cancel()

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait(PATIENCE)

    def fill(self):
        """Creates people with sessions, and three channels besides the general one; only while no daemon uses the database."""
        now = int(time.time() * 1000)
        people, channels = [], []
        with sqlite3.connect(self.database) as db:
            (general,) = db.execute("SELECT id FROM channels WHERE is_general = 1").fetchone()
            for number in range(PEOPLE):
                person = db.execute(
                    "INSERT INTO users (username, name, is_verified, created_at, updated_at) VALUES (?, ?, 1, ?, ?)",
                    (f"storm{number}", f"Storm {number}", now, now)).lastrowid
                token = secrets.token_urlsafe(32)
                digest = session_hash(token)
                db.execute(
                    "INSERT INTO sessions (token_hash, user_id, address, agent, created_at, seen_at, expires_at)"
                    " VALUES (?, ?, '', '', ?, ?, ?)", (digest, person, now, now, now + 86_400_000))
                people.append((person, token))
            for kind, size in (("public", PEOPLE), ("private", PEOPLE), ("private", PEOPLE // 2)):
                # The database's triggers use this function, which the daemon registers; names here are plain
                # ASCII.
                db.create_function("fold", 1, lambda text: text and text.lower(), deterministic=True)
                channel = db.execute(
                    "INSERT INTO channels (kind, name, created_at, updated_at) VALUES (?, ?, ?, ?)",
                    (kind, f"storm {len(channels)}", now, now)).lastrowid
                db.executemany(
                    "INSERT INTO channel_members (channel_id, user_id, joined_at) VALUES (?, ?, ?)",
                    [(channel, person, now) for person, _ in people[:size]])
                channels.append((channel, size))
        db.close()
        return people, [(general, PEOPLE)] + channels


class View:
    """A person's view of a channel, built from frames only."""

    def __init__(self):
        self.messages, self.order, self.last, self.revision = {}, [], 0, 0

    def arrived(self, message):
        id = int(message["id"])
        assert id > self.last, f"message {id} came after {self.last}: twice, or out of order"
        self.last = id
        self.order.append(id)
        self.messages[id] = self.essence(message)

    def changed(self, message):
        id = int(message["id"])
        if id in self.messages:
            self.messages[id] = self.essence(message)
        self.revision = max(self.revision, int(message["revision"]))

    @staticmethod
    def essence(message):
        if message["deletedAt"]:
            return None
        reactions = {(one["emoji"], int(user)) for one in message["reactions"] for user in one["users"]}
        return message["text"], message["editedAt"] is not None, frozenset(reactions)


class Person:
    def __init__(self, daemon, number, identity, token, channels, seed):
        self.daemon, self.number, self.id, self.token = daemon, number, identity, token
        self.views = {channel: View() for channel, size in channels if number < size}
        self.random = random.Random(f"{seed}/{number}")
        self.pending, self.acknowledged, self.sent = {}, {}, 0
        self.socket, self.caught_up, self.refused = None, set(), []

    async def live(self, storm):
        """Connects, and reconnects after every loss, until the storm and the final check are over."""
        while not storm.is_over:
            try:
                self.socket = await Socket.open(self.daemon.port, self.token)
                await self.converse(storm)
            except Gone:
                pass
            self.caught_up.clear()
            await asyncio.sleep(self.random.uniform(0, 0.2))

    async def converse(self, storm):
        while not storm.is_over:
            type, payload = await self.socket.receive()
            if type == "AUTHENTICATED":
                for channel, view in self.views.items():
                    self.socket.send("JOIN_CHANNEL", channel=str(channel), since=str(view.last), revision=view.revision)
                for client, (channel, text) in self.pending.items():
                    self.socket.send("CHAT_MESSAGE", channel=str(channel), text=text, clientId=client)
            else:
                self.heard(type, payload)

    def heard(self, type, payload):
        view = self.views.get(int(payload.get("channel") or 0))
        if type == "CHANNEL_JOINED":
            assert not payload["reset"], "nobody was away for that long"
            for message in payload["messages"]:
                view.arrived(message)
            for message in payload["changed"]:
                view.changed(message)
            view.revision = max(view.revision, int(payload["revision"]))
            if not payload["more"]:
                self.caught_up.add(int(payload["channel"]))
        elif type == "CHAT_MESSAGE":
            view.arrived(payload)
        elif type == "CHAT_EDITED":
            view.changed(payload)
        elif type in ("CHAT_DELETED", "CHAT_REACTION"):
            self.changed(type, view, payload)
        elif type == "CHAT_ACK":
            self.acknowledged[payload["clientId"]] = int(payload["id"])
            self.pending.pop(payload["clientId"], None)
        elif type == "ERROR" and payload["code"] != "MESSAGE_NOT_FOUND":
            self.refused.append(payload)

    def changed(self, type, view, payload):
        id = int(payload["id"])
        view.revision = max(view.revision, int(payload["revision"]))
        known = view.messages.get(id)
        if type == "CHAT_DELETED":
            view.messages[id] = None
        elif known:
            reactions = {(one["emoji"], int(user)) for one in payload["reactions"] for user in one["users"]}
            view.messages[id] = known[0], known[1], frozenset(reactions)

    def post(self, channel):
        self.sent += 1
        client = f"{self.number}-{self.sent}"
        text = f"{client} " + " ".join(self.random.choices(WORDS, k=self.random.randint(1, 12)))
        self.pending[client] = channel, text
        if self.socket:
            self.socket.send("CHAT_MESSAGE", channel=str(channel), text=text, clientId=client)

    async def act(self, storm):
        while storm.is_raging:
            await asyncio.sleep(self.random.expovariate(25))
            if self.socket is None or len(self.pending) > 200:
                continue
            channel, view = self.random.choice(list(self.views.items()))
            mine = list(self.acknowledged.values())
            choice = self.random.random()
            if choice < 0.70:
                self.post(channel)
            elif choice < 0.76 and self.acknowledged:
                # A retry, as by a client that missed the answer.
                client = self.random.choice(list(self.acknowledged))
                self.socket.send("CHAT_MESSAGE", channel=str(channel), text="never to be seen", clientId=client)
            elif choice < 0.84 and mine:
                self.socket.send("CHAT_EDIT", id=str(self.random.choice(mine)), text=f"edited {self.random.random()}")
            elif choice < 0.88 and mine:
                self.socket.send("CHAT_DELETE", id=str(self.random.choice(mine)))
            elif choice < 0.97 and view.order:
                emoji = self.random.choice("👍🎉❤")
                self.socket.send("CHAT_REACTION", id=str(self.random.choice(view.order)), emoji=emoji)
            elif choice > 0.985:
                self.socket.cut()


class Storm:
    is_raging, is_over = True, False

    async def run(self, daemon, people, seconds, kills, seed):
        chance = random.Random(f"{seed}/daemon")
        lives = [asyncio.create_task(person.live(self)) for person in people]
        acts = [asyncio.create_task(person.act(self)) for person in people]
        for _ in range(kills):
            await asyncio.sleep(seconds / kills * chance.uniform(0.6, 1.2))
            daemon.end(signal.SIGKILL)
            await asyncio.sleep(chance.uniform(0, 0.3))
            await asyncio.to_thread(daemon.start)
        await asyncio.sleep(seconds / max(1, kills) / 2)
        self.is_raging = False
        await asyncio.gather(*acts)
        # Once this is acknowledged, every earlier request has been done, or was lost with its connection.
        for person in people:
            person.post(next(iter(person.views)))
        await self.settle(daemon, people, lives)
        self.is_over = True
        for life in lives:
            life.cancel()

    async def settle(self, daemon, people, lives):
        """Waits until everybody is connected, acknowledged, and has the newest message of each channel."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for life in lives:
                if life.done():
                    life.result()
            if all(not one.pending and one.caught_up == set(one.views) for one in people):
                if differences(daemon, people) == []:
                    return
            await asyncio.sleep(0.2)


def differences(daemon, people):
    """The violations found, as sentences."""
    found = []
    with sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT id, channel_id, author_id, client_id, text, edited_at, deleted_at FROM chat_messages ORDER BY id"
        ).fetchall()
        reactions = {}
        for message, emoji, user in db.execute("SELECT message_id, emoji, user_id FROM chat_reactions"):
            reactions.setdefault(message, set()).add((emoji, user))
    db.close()
    truth, ids = {}, {}
    for id, channel, author, client, text, edited, deleted in rows:
        essence = None if deleted else (text, edited is not None, frozenset(reactions.get(id, ())))
        truth.setdefault(channel, {})[id] = essence
        if (author, client) in ids:
            found.append(f"{client} of {author} is there twice")
        ids[author, client] = id
    for person in people:
        if person.pending:
            found.append(f"{person.number} still waits for {len(person.pending)} acknowledgements")
        for client, id in person.acknowledged.items():
            if ids.get((person.id, client)) != id:
                found.append(f"{client} was acknowledged as {id}, and is {ids.get((person.id, client))}")
        for channel, view in person.views.items():
            wanted = truth.get(channel, {})
            if view.order != list(wanted):
                found.append(f"{person.number} has {len(view.order)} of {len(wanted)} messages of {channel}, or another order")
            wrong = [id for id, essence in wanted.items() if view.messages.get(id, "missing") != essence]
            if wrong:
                found.append(f"{person.number} has {wrong[0]} as {view.messages.get(wrong[0])}, not {wanted[wrong[0]]}")
        if person.refused:
            found.append(f"{person.number} was refused: {person.refused[0]}")
    return found


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--kills", type=int, default=8)
    chosen = parser.parse_args()
    if not BINARY.exists():
        print(f"skipped: there is no {BINARY}: make build")
        return 77
    seed = os.environ.get("STORM_SEED") or str(secrets.randbits(32))
    print(f"STORM_SEED={seed}", flush=True)
    daemon = Daemon()
    try:
        daemon.start()
        daemon.end(signal.SIGTERM)
        identities, channels = daemon.fill()
        daemon.start()
        people = [Person(daemon, number, *known, channels, seed) for number, known in enumerate(identities)]
        asyncio.run(Storm().run(daemon, people, chosen.seconds, chosen.kills, seed))
        wrong = differences(daemon, people)
        posts = sum(len(person.acknowledged) for person in people)
        print(f"{posts} messages acknowledged, {chosen.kills} kills, {PEOPLE} people, {len(channels)} channels")
        for line in wrong[:20]:
            print(f"WRONG: {line}")
        return 1 if wrong else 0
    finally:
        if daemon.process and daemon.process.poll() is None:
            daemon.end(signal.SIGKILL)
        shutil.rmtree(daemon.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
