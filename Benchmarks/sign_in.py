"""Sign-in: the cost of an authenticated request compared with an anonymous one, and a class and sixty-four people signing in at once."""

import concurrent.futures
import http.client
import json
import sqlite3
import statistics
import time

import fixture
import load

PEOPLE = 64
CLASS = 30
ROUNDS = 3


def fill(database):
    """Creates people with the admin's password; only while no server uses the database."""
    now = 1_700_000_000_000
    with sqlite3.connect(database) as connection:
        (stored,) = connection.execute("SELECT password_hash FROM users WHERE role = 'admin'").fetchone()
        connection.executemany(
            "INSERT INTO users (username, name, password_hash, is_verified, is_approved, created_at, updated_at)"
            " VALUES (?, ?, ?, 1, 1, ?, ?)",
            [(name(number), f"Person {number}", stored, now, now) for number in range(PEOPLE)])
    connection.close()


def measure(server, cookie, row):
    requests(server, cookie, row)
    crowd(server, row)


def requests(server, cookie, row):
    """The same route with and without a session, alternating."""
    kinds = {"anonymous": (), "signed in": (f"Cookie: {cookie}",)}
    samples = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, headers in kinds.items():
            samples[kind].append(load.Sample(server, "/api/health", headers).microseconds)
    for kind, taken in samples.items():
        more = statistics.median(a - b for a, b in zip(taken, samples["anonymous"]))
        note = "" if kind == "anonymous" else f"{more:+.1f} µs for knowing who asks"
        row(f"GET /api/health, {kind}", statistics.median(taken), "µs CPU", note=note)


def crowd(server, row):
    """Everybody at once: first with hashes that may need rehashing, then three times with current ones."""
    server.settle(1)
    before, _ = server.memory()
    forget_peak(server)
    everybody(server)
    row(f"{CLASS} sign-ins at once, until the last is in",
        statistics.median(everybody(server, CLASS)[0] for _ in range(ROUNDS)), "s", 2, 2)
    seconds, slowest = zip(*(everybody(server) for _ in range(ROUNDS)))
    rate = PEOPLE / statistics.median(seconds)
    row(f"sign-ins a second, {PEOPLE} at once", rate, "/s",
        note=f"the last is answered after {statistics.median(slowest):.1f} s")
    highest = peak(server)
    row("… peak memory meanwhile", highest / 1e6, "MB", note=f"{(highest - before) / 1e6:+.1f} over before")


def everybody(server, people=PEOPLE):
    """Seconds for all, and for the slowest of them."""
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(people) as pool:
        times = list(pool.map(lambda number: sign_in(server, number), range(people)))
    return time.monotonic() - begun, max(times)


def sign_in(server, number):
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    body = json.dumps({"username": name(number), "password": fixture.PASSWORD})
    headers = {"Content-Type": "application/json", "X-Workstation-Id": f"bench-workstation-{number:04}"}
    connection.request("POST", "/api/auth/login", body, headers)
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"signing in fails: {answer.status} {answer.read().decode()}")
    connection.close()
    return time.monotonic() - begun


def name(number):
    return f"bench-person-{number}"


def forget_peak(server):
    with open(f"/proc/{server.process.pid}/clear_refs", "w", encoding="ascii") as file:
        file.write("5")


def peak(server):
    """Peak memory in bytes since `forget_peak`."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        (line,) = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
