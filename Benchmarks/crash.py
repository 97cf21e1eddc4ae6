"""The cost of a large database: the start after `kill -9`, and the audit log's list."""

import os
import random
import sqlite3
import statistics

import fixture
import load
import servers

MESSAGES = 200_000
LINES = 20_000
STARTS = 5
ROUNDS = 3


def fill(database):
    """Inserts many messages and audit entries; only while no server uses the database."""
    chance = random.Random(7)
    words = [f"word{number}" for number in range(5000)]
    with sqlite3.connect(database) as connection:
        connection.executemany(
            "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (1, 1, ?, ?)",
            ((" ".join(chance.choices(words, k=20)), number) for number in range(MESSAGES)))
        connection.execute("UPDATE chat_indexed SET last_id = (SELECT max(id) FROM chat_messages)")
        connection.executemany(
            "INSERT INTO audit (at, actor_id, actor_name, action, outcome) VALUES (?, ?, 'Somebody', 'sign_in', 'ok')",
            ((1_700_000_000_000 + number, number % 50 + 2) for number in range(LINES)))
    connection.close()


def measure(binary, folder, log, row):
    data = os.path.join(folder, "large")
    server = servers.obox(binary, data, log, fixture.ADMIN)
    server.first_answer()
    server.stop()
    fill(os.path.join(data, "obox.db"))
    size = os.path.getsize(os.path.join(data, "obox.db")) / 1e6
    times = []
    for _ in range(STARTS):
        server = servers.obox(binary, data, log, fixture.ADMIN)
        times.append(server.first_answer() * 1000)
        server.kill()
    row("start after kill -9", statistics.median(times[1:]), "ms", 30,
        note=f"{min(times[1:]):.1f} to {max(times[1:]):.1f}, database of {size:.0f} MB")
    server = servers.obox(binary, data, log, fixture.ADMIN)
    server.first_answer()
    try:
        # Waits until the database check has finished.
        server.settle(5)
        cookie = fixture.sign_in(server)
        samples = [load.Sample(server, "/api/admin/audit?limit=50", [f"Cookie: {cookie}"]) for _ in range(ROUNDS)]
    finally:
        server.stop()
    row(f"GET /api/admin/audit, 50 of {LINES:,}", statistics.median(one.microseconds for one in samples), "µs CPU", 100)
