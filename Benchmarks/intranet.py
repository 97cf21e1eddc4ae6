"""The intranet of an organisation of a thousand people: home, a list, one row, changes, and the search over all."""

import http.client
import json
import os
import re
import sqlite3
import statistics
import subprocess
import time

import forum
import load
import servers

PEOPLE, DOCUMENTS, LETTERS, CONTENTS = 1_000, 10_000, 100_000, 100_000
SEARCHED = 1_000_000
ROUNDS = 5
CHANGES = 300
PATIENCE = 900
WORDS = "room cable switch server network screen pump valve budget training lesson report meeting travel badge".split()


def fill(database):
    """Inserts the organisation; only while no server uses the database."""
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as connection:
        boss = connection.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()[0]
        connection.executemany(
            "INSERT INTO users (username, name, department, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            ((f"person{n}", f"Person {n}", f"Department {n % 20}", now, now) for n in range(PEOPLE)))
        connection.executemany(
            "INSERT INTO documents (title, description, category, file_name, file_url, version, is_public, has_multimedia,"
            " audience, requires_confirmation, owner_id, author_id, created_at, updated_at)"
            " VALUES (?, ?, 'guide', '', '', '1.0', 1, 0, '[]', ?, ?, ?, ?, ?)",
            ((title(n), sentence(n), n % 100 == 0, boss, boss, now - n, now - n) for n in range(DOCUMENTS)))
        first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM messages").fetchone()[0]
        connection.executemany(
            "INSERT INTO messages (id, sender_id, sender_name, subject, content, thread_id, created_at)"
            " VALUES (?, ?, 'Person', ?, ?, ?, ?)",
            ((first + n, boss, title(n), sentence(n), first + n, now - LETTERS + n) for n in range(LETTERS)))
        connection.executemany(
            "INSERT INTO message_copies (user_id, folder, message_id, read_at, moved_at) VALUES (?, 'inbox', ?, ?, ?)",
            ((boss if n % 10 == 0 else boss + n % PEOPLE, first + n, None if n % 7 == 0 else now, now - LETTERS + n)
             for n in range(LETTERS)))
        add_contents(connection, CONTENTS, now)
        forum.fill(connection, boss, now)
    connection.close()


def add_contents(connection, count, now):
    connection.executemany(
        "INSERT INTO contents (title, type, category, description, file_url, thumbnail_url, duration, view_count, rating,"
        " tags, is_popular, is_featured, created_at, updated_at)"
        " VALUES (?, 'document', 'all', ?, '', '', 0, 0, 0, '[]', 0, 0, ?, ?)",
        ((title(n), sentence(n), now - n, now - n) for n in range(count)))


def title(number):
    return f"The {WORDS[number % 15]} of {WORDS[number // 15 % 15]} {number}"


def sentence(number):
    return f"What to know of the {WORDS[number % 13]} and its {WORDS[number % 11]}, seen by number {number % 9973}."


def run(make_server, bare, data, sign_in, row):
    """`make_server` starts a server on the new data folder; `bare` is a bare libevent server."""
    database = os.path.join(data, "obox.db")
    server = servers.filled(make_server, lambda: fill(database))
    try:
        server.first_answer()
        cookie = sign_in(server)
        wait(database)
        measure(server, bare, cookie, row)
        forum.measure(server, bare, cookie, ask, row)
        measure_changes(server, cookie, row)
    finally:
        server.stop()
    measure_search(make_server, database, sign_in, row)


def measure(server, bare, cookie, row):
    one = json.loads(ask(server, cookie, "GET", "/api/contents?limit=1"))[0]["id"]
    # Aims as multiples of the bare server, as if that took 10 µs.
    aims = {
        f"list of 50 of {CONTENTS:,}": ("/api/contents?limit=50", 13), "one row": (f"/api/contents/{one}", 4.5),
    }
    yard, samples, home = [], {name: [] for name in aims}, []
    for _ in range(ROUNDS):
        yard.append(load.Sample(bare, "/").microseconds)
        for name, (path, _) in aims.items():
            samples[name].append(load.Sample(server, path, [f"Cookie: {cookie}"]).microseconds)
        home.append(load.Sample(server, "/api/home", [f"Cookie: {cookie}"]).microseconds)
    for name, taken in samples.items():
        ratio = statistics.median(a / b for a, b in zip(taken, yard))
        row(f"GET {name}", ratio, "× bare libevent", aims[name][1], 2, note=f"{statistics.median(taken):.1f} µs CPU")
    row("GET /api/home", statistics.median(home) / 1000, "ms CPU", 3, 2,
        note=f"{PEOPLE:,} people, {DOCUMENTS:,} documents, {LETTERS:,} messages")


def measure_changes(server, cookie, row):
    """Each is durable before it is answered."""
    body = {"title": "A row", "description": sentence(7)}
    one = json.loads(ask(server, cookie, "POST", "/api/contents", body))["id"]
    for name, method, path in (("create", "POST", "/api/contents"), ("patch", "PATCH", f"/api/contents/{one}")):
        server.settle(1)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        times, before = [], server.cpu()
        for number in range(CHANGES):
            begun = time.monotonic()
            ask(server, cookie, method, path, body | {"title": f"A row {number}"}, connection)
            times.append((time.monotonic() - begun) * 1000)
        used = (server.cpu() - before) / CHANGES * 1e6
        connection.close()
        times.sort()
        row(f"{name} a row, durable", used, "µs CPU", note=f"p50 {times[CHANGES // 2]:.2f} ms, p99 {times[-4]:.2f} ms")


def measure_search(make_server, database, sign_in, row):
    """The delays of one person who types, with a million rows in the index."""
    with sqlite3.connect(database) as connection:
        (count,) = connection.execute("SELECT count(*) FROM search_items").fetchone()
        add_contents(connection, SEARCHED - count, int(time.time() * 1000))
    connection.close()
    server = make_server()
    try:
        server.first_answer()
        cookie = sign_in(server)
        seconds = wait(database)
        for name, word in (("a rare word", "9972"), ("a common word", "room"), ("the start of a word", "ser")):
            p50, p99 = latency(server, f"/api/search?q={word}", cookie)
            row(f"search of {name}, {SEARCHED:,} rows", p50, "ms p50", 1, 2, note=f"p99 {p99:.2f} ms (aim 5)")
        row("indexing", (SEARCHED - count) / max(seconds, 0.001), "rows/s", digits=0)
    finally:
        server.stop()


def latency(server, path, cookie):
    """p50 and p99 in milliseconds of one connection that asks again and again."""
    words = ["wrk", "--threads", "1", "--connections", "1", "--duration", "3s", "--latency", "--header", f"Cookie: {cookie}"]
    output = subprocess.run(
        words + [f"http://127.0.0.1:{server.port}{path}"], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"wrk was not answered well:\n{output}")
    units = {"us": 0.001, "ms": 1, "s": 1000}
    found = [re.search(rf"{part}%\s+([\d.]+)(us|ms|s)", output) for part in (50, 99)]
    return [float(one[1]) * units[one[2]] for one in found]


def ask(server, cookie, method, path, body=None, connection=None):
    own = connection or http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/json"}
    own.request(method, path, json.dumps(body) if body else None, headers)
    answer = own.getresponse()
    content = answer.read()
    if answer.status not in (200, 201):
        raise SystemExit(f"{method} {path} is not as expected: {answer.status} {content[:500].decode()}")
    if not connection:
        own.close()
    return content


def wait(database):
    """Waits until every row is indexed; returns the seconds."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            if not connection.execute("SELECT 1 FROM search_changes LIMIT 1").fetchone():
                return time.monotonic() - begun
        time.sleep(0.5)
    raise SystemExit("the rows are not indexed")
