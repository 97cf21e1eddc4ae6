"""A backup of a database of 1 GB by command beside the daemon, and what 16 senders of the chat notice of it."""

import os
import random
import sqlite3
import subprocess
import time

import chat
import fixture
import servers

MEGABYTES = 1000
CHUNK = 256 << 10
SENDERS = 16
SECONDS = 3
PASSPHRASE = {"OBOX_BACKUP_PASSPHRASE": "only for these measurements"}


def fill(database):
    """Inserts files of 10 MB that do not compress; only while no server uses the database."""
    chance = random.Random(7)
    with sqlite3.connect(database) as connection:
        connection.create_function("fold", 1, lambda text: text and text.lower(), deterministic=True)
        for number in range(MEGABYTES // 10):
            upload = connection.execute(
                "INSERT INTO uploads (key, name, type, size, digest, created_at, completed_at)"
                " VALUES (?, 'file', 'application/octet-stream', ?, x'00', 1, 1)",
                (f"bench-{number}", 40 * CHUNK)).lastrowid
            connection.executemany(
                "INSERT INTO upload_chunks (upload_id, number, data) VALUES (?, ?, ?)",
                ((upload, part, chance.randbytes(CHUNK)) for part in range(40)))
    connection.close()


def measure(binary, sockets, folder, log, row):
    data, target, tokens = (os.path.join(folder, name) for name in ("backed-up", "backups", "backup-tokens"))
    server = servers.obox(binary, data, log, fixture.ADMIN)
    server.first_answer()
    server.stop()
    database = os.path.join(data, "obox.db")
    with open(tokens, "w", encoding="ascii") as file:
        file.write("\n".join(chat.fill(database)))
    fill(database)
    os.mkdir(target, 0o700)
    server = servers.obox(binary, data, log, chat.ENVIRONMENT)
    try:
        server.first_answer()
        ours = chat.Sockets(sockets, tokens, server)
        before = ours.run("post", chat.CHANNEL, SENDERS, SECONDS)
        command = [binary, "backup", "create", "--data", data, "--to", target]
        begun = time.monotonic()
        backup = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **PASSPHRASE})
        meanwhile = []
        while os.waitid(os.P_PID, backup.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            meanwhile.append(ours.run("post", chat.CHANNEL, SENDERS, SECONDS))
        seconds = time.monotonic() - begun
        _, status, used = os.wait4(backup.pid, 0)
        backup.returncode = os.waitstatus_to_exitcode(status)
    finally:
        server.stop()
    if backup.returncode:
        raise SystemExit("the backup failed")
    tell(before, meanwhile, seconds, used, os.path.getsize(database), target, row)


def tell(before, meanwhile, seconds, used, size, target, row):
    made = sum(os.path.getsize(os.path.join(target, name)) for name in os.listdir(target))
    row(f"backup of {size / 1e6:,.0f} MB, with {SENDERS} senders", seconds, "s",
        note=f"at most {SECONDS} s more than it took; {made / 1e6:,.0f} MB made; {used.ru_maxrss / 1000:.0f} MB of memory")
    worst = max(one["p99"] for one in meanwhile)
    row("… 99th of 100 posts meanwhile", worst / 1000, "ms", digits=2,
        note=f"the worst {SECONDS} s; {before['p99'] / 1000:.2f} at rest; "
        f"{min(one['posts'] for one in meanwhile):,.0f} posts/s, {before['posts']:,.0f} at rest")
