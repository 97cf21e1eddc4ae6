"""A WebSocket client (RFC 6455) on asyncio: JSON text frames, and improper ways to disconnect."""

import asyncio
import base64
import json
import os
import struct


class Gone(Exception):
    """The connection ended."""


class Socket:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port, token, path="/ws"):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            key = base64.b64encode(os.urandom(16)).decode()
            head = [
                f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
                f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Authorization: Bearer {token}"]
            writer.write(("\r\n".join(head) + "\r\n\r\n").encode())
            answer = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Gone(str(error)) from None
        if not answer.startswith(b"HTTP/1.1 101 "):
            writer.close()
            raise Gone(answer.split(b"\r\n")[0].decode())
        return cls(reader, writer)

    def send(self, type, **payload):
        self._send(0x1, json.dumps({"type": type, "payload": payload}).encode())

    async def receive(self):
        """The next frame's type and payload; answers pings on the way."""
        try:
            while True:
                opcode, body = await self._frame()
                if opcode == 0x1:
                    message = json.loads(body)
                    return message["type"], message.get("payload") or {}
                if opcode == 0x9:
                    self._send(0xA, body)
                elif opcode == 0x8:
                    raise Gone(f"closed {int.from_bytes(body[:2], 'big')}")
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Gone(str(error)) from None

    def cut(self):
        """Ends without a close frame, as with an unplugged cable."""
        self.writer.transport.abort()

    def close(self):
        self._send(0x8, struct.pack(">H", 1000))
        self.writer.close()

    async def _frame(self):
        first, second = await self.reader.readexactly(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", await self.reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", await self.reader.readexactly(8))
        return first & 0x0F, await self.reader.readexactly(length)

    def _send(self, opcode, body):
        if self.writer.transport.is_closing():
            return
        mask = os.urandom(4)
        length = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, len(body))
        if len(body) < 126:
            length = bytes([0x80 | opcode, 0x80 | len(body)])
        covered = bytes(byte ^ mask[index & 3] for index, byte in enumerate(body))
        self.writer.write(length + mask + covered)
