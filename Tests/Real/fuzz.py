"""Sends malformed HTTP, WebSocket frames, Socket.IO packets and strange parameters to a running demo server.

Required: the server keeps running and serves others; no 5xx status except 501 (unknown method) and 503 (full); each
valid request gets one response, in order; no connection stays open.
Needs OBOX_URL, OBOX_ADMIN, OBOX_ADMIN_PASSWORD (scripts/with-server.sh); optional are FUZZ_SECONDS and FUZZ_SEED.
"""

import http.client
import json
import os
import random
import socket
import sys
import time
import urllib.parse

URL = urllib.parse.urlsplit(os.environ["OBOX_URL"])
SECONDS = float(os.environ.get("FUZZ_SECONDS", "5"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
PATIENCE = 30

HEADERS = ["Content-Length: 0", "Content-Length: 5", "Transfer-Encoding: chunked", "Connection: close", "Expect: 100-continue",
           "Connection: keep-alive", "Upgrade: websocket", "Range: bytes=0-1", "If-None-Match: *", "Accept-Encoding: gzip",
           "Cookie: obox_session=\"x", "Content-Type: application/json", "Sec-WebSocket-Version: 13", "Host: b", "X: \xe9", " fold"]
PATHS = ["/", "/api/health", "/index.html", "/api/nothing", "/api/auth/me", "/%2e%2e/x", "/api/%CC%81", "*", "http://a/api/health",
         "/socket.io/?EIO=4&transport=polling", "/ws"]
WORDS = ["\u0301", "'", "\"", "%", "*", "(", "NEAR", "\u0000", "-1", "9223372036854775807", "1e400", "a" * 3000, "\U0001F600", "上海",
         "", " ", "OR", "\\", "\ud800", "null", "../..", ":", "{\"a\":1}", "\u202e"]


class Wrong(Exception):
    pass


def connect(source=None):
    end = socket.create_connection((URL.hostname, URL.port), timeout=PATIENCE, source_address=source and (source, 0))
    return end


def answers(end, methods):
    """Reads responses until the end of the stream; returns their statuses. `methods` tells which have no body."""
    stream = end.makefile("rb")
    found = []
    while True:
        line = stream.readline()
        if not line:
            return found
        parts = line.split(b" ", 2)
        if len(parts) < 2 or parts[0] not in (b"HTTP/1.1", b"HTTP/1.0") or not parts[1].isdigit():
            raise Wrong(f"no status line: {line[:200]!r}")
        status, length = int(parts[1]), 0
        while (header := stream.readline()) not in (b"\r\n", b""):
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() == b"content-type" and b"text/html" in value and status == 404:
                raise Wrong("an answer that is not ours")
        if status == 100:
            continue
        if status == 101:
            return found + [101]
        method = methods[len(found)] if len(found) < len(methods) else "GET"
        found.append(status)
        if method != "HEAD" and status not in (204, 304):
            stream.read(length)


def whole(rng, number):
    """A valid request, the last with `Connection: close`; returns its method and bytes."""
    method = rng.choice(["GET", "GET", "HEAD", "POST", "OPTIONS"])
    path = rng.choice(["/api/health", "/", "/api/nothing", "/api/auth/me", "/index.html"])
    head = f"{method} {path} HTTP/1.1\r\nHost: a\r\n"
    if method != "POST":
        return method, head.encode()
    body = b"{}" * rng.randrange(40)
    if rng.random() < 0.5:
        return method, head.encode() + b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body), body
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 7]), body[i:i + 7]) for i in range(0, len(body), 7))
    return method, head.encode() + b"Transfer-Encoding: chunked\r\n", chunks + b"0\r\n\r\n"


def pipeline(rng):
    """Sends several valid requests in pieces of random size: each must be answered."""
    count = rng.randrange(1, 6)
    methods, data = [], b""
    for number in range(count):
        method, head, *body = whole(rng, number)
        methods.append(method)
        data += head + (b"Connection: close\r\n" if number == count - 1 else b"") + b"\r\n" + b"".join(body)
    with connect() as end:
        cut = rng.randrange(len(data))
        end.sendall(data[:cut])
        if rng.random() < 0.3:
            time.sleep(0.002)
        end.sendall(data[cut:])
        found = answers(end, methods)
    if len(found) != count:
        raise Wrong(f"{len(found)} answers to {count} requests: {found} {data!r}")
    check(found, data)


def check(found, data):
    for status in found:
        if status >= 500 and status not in (501, 503):
            raise Wrong(f"{status} to {data[:2000]!r}")


def damaged(rng, data):
    data = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        place = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0 and place < len(data):
            data[place] = rng.randrange(256)
        elif kind == 1:
            del data[place:place + rng.randrange(1, 9)]
        elif kind == 2:
            data[place:place] = rng.choice([b"\r\n", b"\0", b"\r", b"\n", b":", b" ", b"0\r\n\r\n", b"\xff", b"GET / HTTP/1.1\r\n"])
        elif kind == 3:
            data[place:place] = (rng.choice(HEADERS) + "\r\n").encode("latin-1")
        elif kind == 4:
            data[place:place] = data[place:place + rng.randrange(40)]
        else:
            data[place:place] = bytes(rng.randrange(256) for _ in range(rng.randrange(20)))
    return bytes(data)


def broken(rng):
    """Sends a damaged request: it must be refused or answered, and the connection must end."""
    lines = [f"{rng.choice(['GET', 'HEAD', 'POST', 'PUT', 'TRACE', 'CONNECT', 'BREW'])} {rng.choice(PATHS)} HTTP/1.{rng.randrange(3)}",
             "Host: a"] + rng.sample(HEADERS, rng.randrange(5))
    data = damaged(rng, ("\r\n".join(lines) + "\r\n\r\nhello").encode("latin-1"))
    with connect() as end:
        try:
            end.sendall(data)
            end.shutdown(socket.SHUT_WR)
            found = raw_statuses(end)
        except (ConnectionResetError, BrokenPipeError):
            return
    check(found, data)


def raw_statuses(end):
    """The statuses in a stream whose requests are ambiguous."""
    stream = b""
    while part := end.recv(65536):
        stream += part
    return [int(line.split(b" ")[1][:3]) for line in stream.split(b"\n") if line.startswith(b"HTTP/1.1 ")]


def frames(rng):
    """A valid WebSocket handshake followed by invalid frames."""
    path = rng.choice(["/ws", "/", "/socket.io/?EIO=4&transport=websocket"])
    with connect() as end:
        end.sendall((f"GET {path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
        words = ['{"type":"HEARTBEAT"}', '{"type":"AUTHENTICATE","payload":{"token":"x"}}', '{"type":"auth"}', "40", "42[\"a\"]", "[", "3"]
        data = b""
        for _ in range(rng.randrange(1, 6)):
            text = rng.choice(words).encode()
            frame = bytes([0x80 | rng.choice([1, 1, 1, 2, 0, 8, 9, 10]), 0x80 | len(text), 0, 0, 0, 0]) + text
            data += damaged(rng, frame) if rng.random() < 0.5 else frame
        try:
            end.sendall(data)
            end.shutdown(socket.SHUT_WR)
            while end.recv(65536):
                pass
        except (ConnectionResetError, BrokenPipeError):
            pass


class Routes:
    """Calls every route of the OpenAPI document with strange parameters."""

    def __init__(self):
        self.token = self.sign_in()
        document = json.loads(self.ask("GET", "/api/openapi.json")[1])
        self.routes = [(method.upper(), path, route) for path, ways in document["paths"].items() for method, route in ways.items()
                       if "101" not in route["responses"] and not self.ends_us(method, path)]

    def ends_us(self, method, path):
        """Whether a call would sign us out or remove our account."""
        return "/auth/" in path or "/sessions" in path or "/totp" in path or "/password" in path or path.startswith("/socket.io")

    def sign_in(self):
        body = {"username": os.environ["OBOX_ADMIN"], "password": os.environ["OBOX_ADMIN_PASSWORD"], "takeover": True}
        return json.loads(self.ask("POST", "/api/auth/login", json.dumps(body))[1])["token"]

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json"}
        if getattr(self, "token", None):
            headers["Authorization"] = "Bearer " + self.token
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def value(self, rng, schema, depth=0):
        if depth > 4 or rng.random() < 0.2:
            return rng.choice([None, True, -1, 2**63, 1.5, [], {}, rng.choice(WORDS)])
        if "anyOf" in schema:
            return self.value(rng, rng.choice(schema["anyOf"]), depth + 1)
        kind = schema.get("type")
        if kind == "object":
            return {name: self.value(rng, inner, depth + 1) for name, inner in schema.get("properties", {}).items() if rng.random() < 0.7}
        if kind == "array":
            return [self.value(rng, schema["items"], depth + 1) for _ in range(rng.randrange(3))]
        if kind in ("integer", "number"):
            return rng.choice([0, 1, 2, 3, -1, 512, 2**31, 2**53, 2**63 - 1])
        if kind == "boolean":
            return rng.random() < 0.5
        return rng.choice(schema.get("enum", WORDS) + WORDS[:4])

    def word(self, rng):
        return urllib.parse.quote(rng.choice(WORDS + ["1", "2", "3", "general", "lea"]).encode("utf-8", "surrogatepass"), safe="")

    def strange(self, rng):
        method, path, route = rng.choice(self.routes)
        parameters = route.get("parameters", [])
        for parameter in parameters:
            path = path.replace("{" + parameter["name"] + "}", self.word(rng) or "1")
        # What the route describes, and two that it may not know.
        names = [parameter["name"] for parameter in parameters if parameter["in"] == "query"] + ["limit", "sort"]
        query = "&".join(f"{name}={self.word(rng)}" for name in rng.sample(names, rng.randrange(min(4, len(names) + 1))))
        schema = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        body = json.dumps(self.value(rng, schema)) if schema else None
        status, content = self.ask(method, path + ("?" + query if query else ""), body)
        check([status], f"{method} {path}?{query} {body} {content[:300]}".encode())
        if status == 401:
            self.token = None
            self.token = self.sign_in()


def main():
    rng = random.Random(SEED)
    routes = Routes()
    ways = [pipeline, broken, frames, routes.strange]
    end, count, kinds = time.monotonic() + SECONDS, 0, {}
    while time.monotonic() < end:
        way = ways[count % len(ways)]
        try:
            way(rng)
        except (Wrong, OSError, http.client.HTTPException) as error:
            sys.exit(f"fuzz daemon: FUZZ_SEED={SEED}, input {count} ({way.__name__}): {type(error).__name__} {error}")
        count += 1
        kinds[way.__name__] = kinds.get(way.__name__, 0) + 1
    if routes.ask("GET", "/api/health")[0] != 200:
        sys.exit("fuzz daemon: nobody answers any more")
    print(f"fuzz daemon: {count} inputs, FUZZ_SEED={SEED}")


main()
