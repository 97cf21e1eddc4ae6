"""Message search for a word contained in all of many messages, newest first; compared with SQLite's LIKE."""

import http.client
import json
import os
import sqlite3
import time

import load
import servers

MESSAGES = 80_000
WORD = "machine"
ROUNDS = 5
PATIENCE = 300


def fill(database):
    """Inserts many messages into the general channel; only while no server uses the database."""
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as connection:
        (channel,) = connection.execute("SELECT id FROM channels WHERE is_general = 1").fetchone()
        (author,) = connection.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()
        connection.executemany(
            "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (?, ?, ?, ?)",
            ((channel, author, f"note {number} on the {WORD} of room {number % 97}, seen by {number % 13}", now)
             for number in range(MESSAGES)))
    connection.close()


def wait(database):
    """Waits until every message is indexed."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            # Older versions have no first_id: their first search completes the index.
            columns = [column[1] for column in connection.execute("PRAGMA table_info(chat_indexed)")]
            if "first_id" not in columns:
                return
            if connection.execute("SELECT first_id <= (SELECT min(id) FROM chat_messages) FROM chat_indexed").fetchone()[0]:
                return
        time.sleep(0.5)
    raise SystemExit("the messages are not indexed")


def measure(server, cookie, database, row):
    check(server, cookie)
    headers = [f"Cookie: {cookie}"]
    samples = []
    for _ in range(ROUNDS):
        # Alternating, so that load from other processes affects all of them.
        found = load.Sample(server, f"/api/chat/search?q={WORD}", headers)
        page = load.Sample(server, "/api/chat/channels/1/messages", headers)
        samples.append((found.microseconds, found.microseconds / page.microseconds, like(database)))
    cpu, ratio, yard = (sorted(column)[ROUNDS // 2] for column in zip(*samples))
    row(f"search of a common word, {MESSAGES:,} messages", cpu, "µs CPU", 400,
        note=f"{ratio:.2f} × a page of history; SQLite's LIKE alone {yard:,.0f} µs")


def check(server, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request("GET", f"/api/chat/search?q={WORD}", headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200 or len(json.loads(body)) < 50 or str(MESSAGES - 1) not in body.decode():
        raise SystemExit(f"the search is not as expected: {answer.status} {body[:500].decode()}")


def like(database):
    """Microseconds of processor time to find the newest fifty matches, without reading what is displayed of them."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        begun = time.process_time()
        connection.execute(
            "SELECT id, text FROM chat_messages WHERE text LIKE ? ORDER BY id DESC LIMIT 50", (f"%{WORD}%",)).fetchall()
        return (time.process_time() - begun) * 1e6


def run(make_server, data, sign_in, row):
    """`make_server` starts a server on the new data folder; `sign_in` returns a cookie."""
    database = os.path.join(data, "obox.db")
    server = servers.filled(make_server, lambda: fill(database))
    try:
        server.first_answer()
        wait(database)
        measure(server, sign_in(server), database, row)
    finally:
        server.stop()
