"""The measured server's data: a signed-in admin, and fifty machines of another person."""

import http.client
import json
import sqlite3
import uuid

MACHINES = 50
PASSWORD = "a bench is to sit on, 7"
ADMIN = {"DEFAULT_ADMIN_EMAIL": "admin@example.org", "DEFAULT_ADMIN_PASS": PASSWORD}


def sign_in(server):
    """Signs the admin in as the page does; returns the cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    account = {"email": ADMIN["DEFAULT_ADMIN_EMAIL"], "password": PASSWORD, "takeover": True}
    connection.request("POST", "/api/auth/login", json.dumps(account), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"signing in fails: {answer.status} {answer.read().decode()}")
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    connection.close()
    return cookie


def check_list(server, cookie):
    """Checks that the list has the expected machines."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/api/vms", headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200 or len(json.loads(body)["vms"]) != MACHINES:
        raise SystemExit(f"the list of machines is not as expected: {answer.status} {body[:500].decode()}")
    return len(body)


def fill(database):
    """Inserts the machines; only while no server uses the database."""
    now = 1_700_000_000_000
    with sqlite3.connect(database) as connection:
        owner = connection.execute(
            "INSERT INTO users (username, name, email, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            ("lea", "Léa Martin", "lea@example.org", now, now)).lastrowid
        connection.executemany(
            "INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,"
            " image_volume, internal_ip, port, ssh_user, public_key, sealed_key, created_at, updated_at)"
            " VALUES (?, ?, 'debian', '12', 2, 1536, 40, 'error', ?, ?, ?, ?, ?, 'lea', ?, ?, ?, ?)",
            [machine(owner, number, now) for number in range(MACHINES)])
    connection.close()


def machine(owner, number, now):
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "B" * 43 + " obox"
    return (
        owner, f"machine-{number}", str(uuid.UUID(int=number)), f"52:54:00:00:00:{number:02x}",
        "debian-12-0123456789abcdef.qcow2", f"10.77.0.{10 + number}", 10000 + number,
        public_key, bytes(440), now + number, now + number)
