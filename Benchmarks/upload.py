"""Uploads: the cost of a 5 MB file, and how many files per second four clients can send."""

import concurrent.futures
import http.client
import os
import statistics
import time

import load

SIZE = 5_000_000
SENDERS = 4
ROUNDS = 3
SINGLE = 8
TOGETHER = 24
CONTENT = b"\x1f\x8b\x08" + os.urandom(SIZE - 3)


def measure(server, bare, cookie, row):
    """`bare` only receives the same bytes; it alternates with the server. The files are deleted between rounds."""
    for target in (server, bare):
        target.pin(load.CPUS)
    discard(server, cookie, send(server, cookie, 2))
    ours, yard, rates = [], [], []
    for _ in range(ROUNDS):
        yard.append(cpu(bare, lambda: send(bare, cookie, SINGLE)))
        files = []
        ours.append(cpu(server, lambda: files.extend(send(server, cookie, SINGLE))))
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
            for one in [pool.submit(send, server, cookie, TOGETHER // SENDERS) for _ in range(SENDERS)]:
                files += one.result()
        rates.append(TOGETHER / (time.monotonic() - begun))
        discard(server, cookie, files)
    ratio = statistics.median(a / b for a, b in zip(ours, yard))
    row("POST /api/uploads, 5 MB", statistics.median(ours), "ms CPU", 10,
        note=f"{ratio:.1f} × bare libevent, which only receives it in {statistics.median(yard):.1f}")
    row(f"uploads of 5 MB a second, {SENDERS} senders", statistics.median(rates), "/s", 160, least=True,
        note="the senders take their part of the same processors")


def cpu(server, work):
    """Milliseconds of processor time per upload, including the work directly after it."""
    before = server.cpu()
    work()
    server.settle(1)
    return (server.cpu() - before) / SINGLE * 1000


def send(server, cookie, count):
    """The URLs of the files."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/gzip"}
    places = []
    for _ in range(count):
        connection.request("POST", "/api/uploads?name=bench.gz", CONTENT, headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 201):
            raise SystemExit(f"an upload fails: {answer.status} {body[:500].decode()}")
        places.append(answer.getheader("Location"))
    connection.close()
    return places


def discard(server, cookie, places):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for place in places:
        connection.request("DELETE", place, headers={"Cookie": cookie})
        connection.getresponse().read()
    connection.close()
    server.settle(1)
