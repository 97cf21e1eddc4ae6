"""One record, and lists of fifty messages and fifty machines, compared with a bare libevent server."""

import http.client
import json
import sqlite3
import statistics

import fixture
import load

ROUNDS = 5
MESSAGES = 50
# Multiples of a bare libevent server that reads nothing: the target when that took 10 µs.
AIMS = {"one machine": 2.5, f"{MESSAGES} messages": 9, f"{fixture.MACHINES} machines": 8}


def fill(database):
    """Inserts messages into the general channel; only while no server uses the database."""
    now = 1_700_000_000_000
    with sqlite3.connect(database) as connection:
        connection.executemany(
            "INSERT INTO chat_messages (channel_id, author_id, text, created_at)"
            " VALUES ((SELECT id FROM channels WHERE is_general = 1), 1, ?, ?)",
            [(f"What somebody says in a sentence of usual length, number {number}.", now + number)
             for number in range(2 * MESSAGES)])
    connection.close()


def measure(server, bare, cookie, row):
    machine = get(server, cookie, "/api/vms?limit=1")["vms"][0]["id"]
    channels = get(server, cookie, "/api/chat/channels")
    general = next(channel["id"] for channel in channels if channel["name"] == "general")
    paths = dict(zip(AIMS, (
        f"/api/vms/{machine}", f"/api/chat/channels/{general}/messages?limit={MESSAGES}", "/api/vms")))
    yard, samples = [], {name: [] for name in paths}
    for _ in range(ROUNDS):
        yard.append(load.Sample(bare, "/").microseconds)
        for name, path in paths.items():
            samples[name].append(load.Sample(server, path, [f"Cookie: {cookie}"]).microseconds)
    for name, taken in samples.items():
        ratio = statistics.median(a / b for a, b in zip(taken, yard))
        row(f"GET {name}", ratio, "× bare libevent", AIMS[name], 2, note=f"{statistics.median(taken):.1f} µs CPU")


def get(server, cookie, path):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} is not as expected: {answer.status} {body[:500].decode()}")
    return json.loads(body)
