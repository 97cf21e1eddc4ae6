"""The chat: durable posts, delivery to many, and memory of idle sockets; compared with a bare libevent fan-out."""

import base64
import contextlib
import hashlib
import json
import os
import sqlite3
import statistics
import subprocess
import time

import load

PEOPLE = 128
CHANNEL = "bench"
LISTENERS = 1000
SENDERS = {1: 4_000, 16: 12_000, 64: 15_000}
SECONDS = 3
TURNS = 3
ROUNDS = 30
FULL_SECONDS = 1
WINDOW = 64
IDLE = (2_000, 10_000)
GONE = 10

# More frames a second than any socket here can send,
# and more connections than one address usually has.
ENVIRONMENT = {"SOCKET_FRAMES": "1000000", "CONNECTIONS_PER_ADDRESS": "12000"}


def fill(database):
    """Creates people with sessions, and a channel; only while no server uses the database. Returns the tokens."""
    now = int(time.time() * 1000)
    tokens = [hashlib.sha256(f"{now} {number}".encode()).hexdigest()[:43] for number in range(PEOPLE)]
    with sqlite3.connect(database) as connection:
        # The database's triggers use this function, which the daemon registers; names here are plain ASCII.
        connection.create_function("fold", 1, lambda text: text and text.lower(), deterministic=True)
        for number, token in enumerate(tokens):
            person = connection.execute(
                "INSERT INTO users (username, name, is_verified, created_at, updated_at) VALUES (?, ?, 1, ?, ?)",
                (f"chat-person-{number}", f"Chatting Person {number}", now, now)).lastrowid
            connection.execute(
                "INSERT INTO sessions (token_hash, user_id, address, agent, created_at, seen_at, expires_at)"
                " VALUES (?, ?, '127.0.0.1', 'bench', ?, ?, ?)",
                (hashed(token), person, now, now, now + 86_400_000))
        connection.execute(
            "INSERT INTO channels (kind, name, created_at, updated_at) VALUES ('public', ?, ?, ?)",
            (CHANNEL, now, now))
    connection.close()
    return tokens


def hashed(token):
    """A session's stored hash: that of the cookie's value, which is itself a hash of the Bearer token."""
    cookie = base64.urlsafe_b64encode(hashlib.blake2b(f"cookie:{token}".encode(), digest_size=32).digest()).rstrip(b"=")
    return hashlib.blake2b(b"session:" + cookie, digest_size=32).digest()


class Sockets:
    """The load generator against one server."""

    def __init__(self, program, tokens, server):
        self.program, self.tokens, self.server = program, tokens, server

    def run(self, mode, *words):
        with self.started(mode, *words) as process:
            return json.loads(process.stdout.readline() or "null")

    @contextlib.contextmanager
    def started(self, mode, *words):
        # Posting uses two threads and the disk; everything else uses one thread.
        alone = mode != "post"
        self.server.pin(load.SERVER_CPUS if alone else load.CPUS)
        command = [self.program, mode, self.server.port, self.server.process.pid, self.tokens, *words]
        process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, load.LOAD_CPUS if alone else load.CPUS))
        try:
            yield process
        finally:
            process.communicate()
            if process.returncode:
                raise SystemExit(f"sockets {mode}: the load generator failed")


def measure(server, yardstick, program, tokens, folder, row):
    """`server` and `yardstick` use the same protocol with the load generator."""
    ours, bare = (Sockets(program, tokens, target) for target in (server, yardstick))
    measure_posts(ours, folder, row)
    measure_fan(ours, bare, row)


def measure_posts(ours, folder, row):
    # Alternating, so that other load on the disk affects both.
    raw, posts = {}, {}
    for senders in SENDERS:
        raw[senders] = commits(os.path.join(folder, f"commits-{senders}.db"))
        posts[senders] = ours.run("post", CHANNEL, senders, SECONDS)
    row("SQLite commits a second, one by one", statistics.median(raw.values()), "/s", digits=0)
    for senders, aim in SENDERS.items():
        found = posts[senders]
        note = (
            f"{found['posts'] / raw[senders]:.2f} × SQLite one by one; {found['p50'] / 1000:.2f} ms p50, "
            f"{found['p99'] / 1000:.2f} p99; {found['cpu']:.0f} µs CPU a post")
        row(f"durable posts a second, {count(senders, 'sender')}", found["posts"], "/s", aim, 0, note, least=True)
    row("… one sender's 99th of 100", posts[1]["p99"] / 1000, "ms", 2, 2)


def measure_fan(ours, bare, row):
    words = ("fan", CHANNEL, LISTENERS, ROUNDS, FULL_SECONDS, WINDOW)
    turns = [(bare.run(*words), ours.run(*words)) for _ in range(TURNS)]
    yard, found = ({key: statistics.median(turn[key] for turn in side) for key in side[0]} for side in zip(*turns))
    name = f"one post to {LISTENERS:,} listeners, until the last has it"
    row(name, found["p50"], "ms", 15, note=f"p50; {found['p50'] / yard['p50']:.2f} × bare libevent, {yard['p50']:.1f}")
    row("…", found["p99"], "ms", 25, note=f"p99; {found['p99'] / yard['p99']:.2f} × bare libevent, {yard['p99']:.1f}")
    row("… a delivery", found["single"], "µs CPU", 7,
        note=f"{found['single'] / yard['single']:.2f} × bare libevent, {yard['single']:.1f}")
    row("deliveries a second, as many as possible", found["deliveries"], "/s", digits=0,
        note=f"{found['posts']:,.0f} posts/s; bare libevent {yard['deliveries']:,.0f}")
    row("… a delivery", found["busy"], "µs CPU", 7,
        note=f"{found['busy'] / yard['busy']:.2f} × bare libevent, {yard['busy']:.1f}")


def measure_idle(server, program, tokens, row):
    """Memory of signed-in sockets that joined a channel and are idle; requires a newly started server."""
    server.settle(5)
    before, _ = server.memory()
    ours = Sockets(program, tokens, server)
    with contextlib.ExitStack() as stack:
        opened = 0
        for wanted in IDLE:
            process = stack.enter_context(ours.started("idle", CHANNEL, wanted - opened))
            if not process.stdout.readline():
                raise SystemExit("the sockets cannot be opened")
            opened = wanted
            server.settle(6)
            used = server.cpu()
            server.settle(2)
            busy = (server.cpu() - used) / 2
            each = (server.memory()[0] - before) / wanted
            row(f"memory of an idle socket, {wanted:,} open", each / 1000, "KB", 15,
                note=f"{100 * busy:.1f} % of a processor for pings")
    server.settle(GONE)
    left, anonymous = server.memory()
    row(f"memory {GONE} s after they are gone", left / 1e6, "MB",
        note=f"{before / 1e6:.1f} MB before; {anonymous / 1e6:.1f} of it no file's")


def commits(path):
    """Commits per second of single rows, each synced, to a file on the same disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    text, number, begun = "x" * 100, 0, time.monotonic()
    while time.monotonic() - begun < 1:
        connection.execute("INSERT INTO rows (text) VALUES (?)", (text,))
        number += 1
    rate = number / (time.monotonic() - begun)
    connection.close()
    return rate


def count(number, word):
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
