"""The consoles of a running machine, as a browser opens them: its serial line and its screen."""

import struct
import time

import websocket

PATIENCE = 20


class Console:
    """A console's socket as a stream of bytes."""

    def __init__(self, client, machine, kind, view_only=False):
        asked = client("POST", f"/api/vms/{machine}/console", {"kind": kind, "viewOnly": view_only})
        address = client.url.replace("http", "ws", 1) + "/ws/console/" + asked["ticket"]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies)
        self.socket = websocket.create_connection(address, timeout=PATIENCE, cookie=cookies, origin=client.url)
        self.bytes = b""

    def send(self, data):
        self.socket.send_binary(data)

    def read(self, count):
        while len(self.bytes) < count:
            self.more()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def more(self):
        part = self.socket.recv()
        if not isinstance(part, bytes) or not part:
            raise AssertionError(f"the console ended: {part!r}")
        self.bytes += part

    def close(self):
        self.socket.close()


def prompt(client, machine, seconds):
    """Presses Enter on the serial line until it asks who signs in; returns the seconds."""
    line, begun = Console(client, machine, "serial"), time.monotonic()
    line.socket.settimeout(2)
    while b"login:" not in line.bytes:
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"no prompt on the serial line: {line.bytes[-500:]!r}")
        line.send(b"\r")
        try:
            line.more()
        except websocket.WebSocketTimeoutException:
            continue
    # Who comes later sees what was there before.
    later = Console(client, machine, "serial", view_only=True)
    while b"login:" not in later.bytes:
        later.more()
    later.close()
    line.close()
    return time.monotonic() - begun


def picture(client, machine, view_only=False):
    """Asks for the whole screen once (RFC 6143); returns its width, its height, and its raw points."""
    screen = Console(client, machine, "vnc", view_only)
    screen.send(screen.read(12))
    kinds = screen.read(screen.read(1)[0])
    if 1 not in kinds:
        raise AssertionError(f"the screen asks for a password: {kinds!r}")
    screen.send(b"\x01")
    if screen.read(4) != b"\0\0\0\0":
        raise AssertionError("the screen refuses")
    screen.send(b"\x01")
    width, height = struct.unpack(">HH", screen.read(4))
    depth = screen.read(16)[0] // 8
    screen.read(struct.unpack(">I", screen.read(4))[0])
    screen.send(struct.pack(">BxHi", 2, 1, 0))
    screen.send(struct.pack(">BBHHHH", 3, 0, 0, 0, width, height))
    points = b""
    while len(points) < width * height * depth:
        kind, rectangles = struct.unpack(">BxH", screen.read(4))
        if kind != 0:
            raise AssertionError(f"a message of kind {kind} instead of a picture")
        for _ in range(rectangles):
            _, _, across, down, encoding = struct.unpack(">HHHHi", screen.read(12))
            if encoding != 0:
                raise AssertionError(f"encoding {encoding} was not asked for")
            points += screen.read(across * down * depth)
    screen.close()
    return width, height, points
