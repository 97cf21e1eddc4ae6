"""Memory left after a peak of many connections from many addresses, each answered once and closed."""

import resource
import socket

CONNECTIONS = 12_000
ADDRESSES = 40
# Less than the backlog of connections waiting to be accepted.
WAVE = 500
REQUEST = b"GET /api/health HTTP/1.1\r\nHost: bench\r\n\r\n"
PATIENCE = 60
AFTER = 30


def measure(server, row):
    """Requires a newly started, idle server."""
    rest, _ = server.memory()
    wanted = min(CONNECTIONS, descriptors() - WAVE)
    clients = []
    while len(clients) < wanted:
        clients += wave(server, len(clients), min(WAVE, wanted - len(clients)))
    most, _ = server.memory()
    for client in clients:
        client.close()
    server.settle(AFTER)
    left, anonymous = server.memory()
    row(f"memory {AFTER} s after {wanted:,} connections", left / rest, "× at rest", 1.3, 2,
        note=f"{most / 1e6:.1f} MB with them, {left / 1e6:.1f} after, {anonymous / 1e6:.1f} of it no file's")


def wave(server, begun, count):
    """Connections that have received their answer and stay open."""
    clients = [opened(server, begun + number) for number in range(count)]
    for client in clients:
        if not client.recv(4096).startswith(b"HTTP/1.1 200 "):
            raise SystemExit("one of many connections is not answered")
    return clients


def opened(server, number):
    """From one of loopback's addresses, since each has a lower limit of connections than all together."""
    client = socket.socket()
    client.settimeout(PATIENCE)
    client.bind((f"127.0.0.{2 + number % ADDRESSES}", 0))
    client.connect(("127.0.0.1", server.port))
    client.sendall(REQUEST)
    return client


def descriptors():
    """Raises this process's limit of open files; the server raises its own."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
