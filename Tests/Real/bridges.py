"""Tests of the bridges with third-party clients: python-socketio over polling, over WebSocket and with an upgrade;
and a plain WebSocket for the Workspace chat.
Debian 12 has python-socketio 5.7, which uses Socket.IO 5 over Engine.IO 4.

Needs a running demo server, given by OBOX_URL, OBOX_ADMIN and OBOX_ADMIN_PASSWORD: see scripts/with-server.sh.
"""

import json
import os
import queue
import secrets
import unittest
import urllib.error
import urllib.request

import socketio
import websocket

from client import Client

URL = os.environ["OBOX_URL"]
ADMIN = os.environ["OBOX_ADMIN"]
# The demo's accounts share one password.
PASSWORD = os.environ["OBOX_ADMIN_PASSWORD"]

WAYS = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": ["polling", "websocket"]}
NEW_MACHINE = {"os_type": "debian", "version": "12", "vcpu": 1, "memory": 512, "disk_size": 10}


class Page:
    """A Socket.IO client that records its events."""

    def __init__(self, transports):
        self.heard = {}
        self.client = socketio.Client(reconnection=False)
        for name in ("vm-stats", "system-stats", "admin-system-update", "connect_error", "disconnect"):
            self.heard[name] = queue.Queue()
            self.client.on(name, lambda *words, name=name: self.heard[name].put(words[0] if words else None))
        self.transports = transports

    def connect(self, **options):
        self.client.connect(URL, transports=self.transports, **{"wait_timeout": 10} | options)
        return self

    def hear(self, name, seconds=20):
        return self.heard[name].get(timeout=seconds)

    def ask(self, event, *arguments):
        return self.client.call(event, arguments if arguments else None, timeout=10)


class BridgeTest(unittest.TestCase):
    def setUp(self):
        self.person = self.signed_in("lea")
        self.admin = self.signed_in(ADMIN)

    def signed_in(self, username):
        client = Client(URL)
        answer = client("POST", "/api/auth/login",
                        {"username": username, "password": PASSWORD, "takeover": True})
        client.id = answer["id"]
        client.cookie = next(c.value for c in client.cookies if c.name == "obox_session")
        client.token = answer["token"]
        self.addCleanup(client, "POST", "/api/auth/logout", {})
        return client


class SocketIOTest(BridgeTest):
    def page(self, way, **options):
        page = Page(WAYS[way])
        self.addCleanup(page.client.disconnect)
        return page.connect(**options)

    def refused(self, way, **options):
        page = Page(WAYS[way])
        self.addCleanup(page.client.disconnect)
        with self.assertRaises(socketio.exceptions.ConnectionError):
            # This client waits for all of that time without an answer.
            page.connect(wait_timeout=0.5, **options)
        return page.heard["connect_error"].get(timeout=5)

    def each_way(self):
        for way in WAYS:
            with self.subTest(way=way):
                yield way

    def test_without_a_token_or_with_a_wrong_one_the_connection_is_refused(self):
        for way in self.each_way():
            for auth in (None, {}, {"token": None}, {"token": "guess"}):
                self.assertEqual(self.refused(way, auth=auth), {"message": "Authentication error"})

    def test_another_name_space_is_refused(self):
        page = Page(["websocket"])
        self.addCleanup(page.client.disconnect)
        with self.assertRaises(socketio.exceptions.ConnectionError):
            page.connect(auth={"token": self.person.token}, namespaces=["/elsewhere"], wait_timeout=0.5)

    def test_a_wrong_token_is_not_hidden_by_a_good_cookie(self):
        cookie = {"Cookie": f"obox_session={self.person.cookie}"}
        self.refused("websocket", headers=dict(cookie), auth={"token": "guess"})

    def test_a_request_for_the_host_without_admin_rights_disconnects(self):
        for way in self.each_way():
            page = self.page(way, auth={"token": self.person.token})
            page.client.emit("subscribe-system")
            page.hear("disconnect")
            self.assertTrue(page.heard["system-stats"].empty())

    def test_nobody_receives_events_of_other_peoples_machines(self):
        page = self.page("upgrade", auth={"token": self.person.token})
        self.assertEqual(page.ask("subscribe-vms", self.admin.id)["code"], "FORBIDDEN")
        self.assertTrue(page.heard["vm-stats"].empty())

    def test_statistics_arrive_at_once_and_repeatedly(self):
        name = "s" + secrets.token_hex(4)
        made = self.person("POST", "/api/vms", NEW_MACHINE | {"name": name})["vm"]
        for way in self.each_way():
            page = self.page(way, auth={"token": self.person.token})
            self.assertEqual(page.client.transport(), "polling" if way == "polling" else "websocket")
            self.assertEqual(page.ask("subscribe-vms", self.person.id), {"success": True})
            first = page.hear("vm-stats", 3)
            self.assertIn(made["id"], [vm["id"] for vm in first["vms"]])
            self.assertEqual(first["total"], len(first["vms"]))
            self.assertEqual({vm["user_id"] for vm in first["vms"]}, {self.person.id})
            self.assertEqual(set(first), set(self.person("GET", "/api/monitoring/vms")))
            page.hear("vm-stats", 8)
            self.assertTrue(page.ask("unsubscribe-vms")["success"])

    def test_admins_receive_events_of_the_host_and_of_any_machine(self):
        name = "s" + secrets.token_hex(4)
        made = self.person("POST", "/api/vms", NEW_MACHINE | {"name": name})["vm"]
        for way in self.each_way():
            page = self.page(way, auth={"token": self.admin.token})
            self.assertTrue(page.ask("subscribe-system")["success"])
            told = page.hear("system-stats", 3)
            self.assertEqual(set(told), set(self.admin("GET", "/api/monitoring/system")))
            self.assertEqual(page.hear("admin-system-update", 3), told)
            for user in (self.admin.id, self.person.id):
                self.assertTrue(page.ask("subscribe-vms", user)["success"])
                machines = page.hear("vm-stats", 3)["vms"]
                self.assertIn(made["id"], [vm["id"] for vm in machines])
            self.assertEqual({vm["user_id"] for vm in machines}, {self.person.id})

    def test_the_cookie_signs_in_where_the_token_is_null(self):
        for way in self.each_way():
            cookie = {"Cookie": f"obox_session={self.person.cookie}"}
            page = self.page(way, headers=cookie, auth={"token": None})
            page.client.emit("subscribe-vms", self.person.id)
            page.hear("vm-stats", 3)

    def test_signing_out_ends_the_connection(self):
        for way in self.each_way():
            person = self.signed_in("sam")
            page = self.page(way, auth={"token": person.token})
            self.assertEqual(page.ask("subscribe-vms")["success"], True)
            person("POST", "/api/auth/logout", {})
            page.hear("disconnect", 5)

    def test_leaving_frees_the_account(self):
        def here():
            return "lea" in [user["username"] for user in self.admin("GET", "/api/presence")["users"]]

        for way in self.each_way():
            page = self.page(way, auth={"token": self.person.token})
            self.assertTrue(here())
            page.client.disconnect()
            for _ in range(100):
                if not here():
                    break
            self.assertFalse(here())


class WorkspaceTest(BridgeTest):
    """The Workspace chat as a desktop client speaks it, from a page of `file://`."""

    def chat(self, person, path="/"):
        socket = websocket.create_connection(URL.replace("http", "ws", 1) + path, origin="file://", timeout=10)
        self.addCleanup(socket.close)
        socket.send(json.dumps({"type": "auth", "token": person and person.token}))
        return socket

    def hear(self, socket, kind, wanted=lambda frame: True):
        while True:
            frame = json.loads(socket.recv())
            if frame["type"] == kind and wanted(frame):
                return frame

    def test_an_unauthenticated_client_is_closed(self):
        socket = self.chat(None)
        self.assertEqual(self.hear(socket, "auth:ack"), {"type": "auth:ack", "ok": False})
        self.assertEqual(self.hear(socket, "error")["code"], "UNAUTHENTICATED")
        # What this library returns at the end of the stream.
        self.assertEqual(socket.recv(), "")

    def test_two_people_talk_and_an_admin_clears(self):
        sockets = [self.chat(self.person), self.chat(self.admin, "/ws")]
        for socket in sockets:
            self.assertTrue(self.hear(socket, "auth:ack")["ok"])
            self.hear(socket, "history")
            self.hear(socket, "userCount", lambda frame: frame["count"] == 2)
        text = "bonjour " + secrets.token_hex(4)
        sockets[0].send(json.dumps({"type": "message", "text": text}))
        for socket in sockets:
            said = self.hear(socket, "message:new")["data"]
            self.assertEqual((said["text"], said["userId"]), (text, self.person.id))
        request = urllib.request.Request(URL + "/api/messages", headers={
            "Origin": "file://", "Authorization": "Bearer " + self.person.token})
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertEqual(json.load(answer)["messages"][0]["text"], text)
        sockets[1].send(json.dumps({"type": "clearChat"}))
        for socket in sockets:
            cleared = self.hear(socket, "chatCleared")
            self.assertEqual(cleared["clearedBy"], ADMIN)
            self.assertEqual(self.hear(socket, "history")["messages"], [])

    def test_people_go_by_their_usernames_and_a_bearer_reads_the_chat_from_anywhere(self):
        socket = self.chat(self.person)
        self.assertIn("lea", self.hear(socket, "userCount")["users"])
        text = "salut " + secrets.token_hex(4)
        socket.send(json.dumps({"type": "message", "text": text}))
        self.assertEqual(self.hear(socket, "message:new", lambda frame: frame["data"]["text"] == text)["data"]["username"], "lea")
        for origin in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": URL}):
            request = urllib.request.Request(URL + "/api/messages", headers={
                "Authorization": "Bearer " + self.person.token} | origin)
            with urllib.request.urlopen(request, timeout=10) as answer:
                newest = json.load(answer)["messages"][0]
            self.assertEqual((newest["text"], newest["pseudo"], newest["username"]), (text, "lea", "lea"))
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(URL + "/api/messages", timeout=10)
        self.assertEqual(refused.exception.code, 401)

    def test_a_client_reports_its_errors_without_signing_in_as_by_a_beacon(self):
        message = "x is undefined " + secrets.token_hex(4)
        report = json.dumps({"clientId": "c1", "clientVersion": "2.1", "platform": "linux", "errorType": "TypeError",
                             "errorMessage": message, "context": {"view": "chat"}, "userMessage": None}).encode()
        request = urllib.request.Request(URL + "/api/monitoring/errors", report, {
            "Content-Type": "text/plain;charset=UTF-8", "Origin": "null"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertEqual(json.load(answer), {"success": True})
        listed = self.admin("GET", "/api/monitoring/errors?limit=1")
        self.assertEqual(listed["errors"][0]["errorMessage"], message)
        self.assertGreaterEqual(listed["total"], 1)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
