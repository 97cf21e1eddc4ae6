"""The live connections of a browser, wherever they are: in its tabs or in their shared worker."""

import itertools
import json
import urllib.request

import websocket

# Installed once per place: while the cable is out, new WebSockets do not connect.
HOLD = """
globalThis.testCable ??= (() => {
  const Real = globalThis.WebSocket
  const cable = { out: false }
  globalThis.WebSocket = class extends Real {
    constructor(url) { super(cable.out ? url.replace(/ws$/, 'no-such-socket') : url) }
  }
  for (const name of ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']) globalThis.WebSocket[name] = Real[name]
  return cable
})()
"""
# Our prototype is among the objects found, and is not a connection.
COUNT = "function () { return this.filter(one => { try { return one.readyState < 2 && one.url.endsWith('/ws') } catch { return false } }).length }"
CLOSE = "function () { for (const one of this) try { one.close() } catch { } }"


class Target:
    """One place in the browser where scripts run."""

    def __init__(self, address):
        self.socket = websocket.create_connection(address, suppress_origin=True, timeout=30)
        self.numbers = itertools.count(1)

    def call(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(answer["error"]["message"])
                return answer["result"]

    def value(self, script):
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def sockets(self):
        """All connections, found by their prototype."""
        self.value(HOLD)
        proto = self.call("Runtime.evaluate", expression="Object.getPrototypeOf(WebSocket).prototype")["result"]["objectId"]
        return self.call("Runtime.queryObjects", prototypeObjectId=proto)["objects"]["objectId"]

    def on_sockets(self, function):
        return self.call("Runtime.callFunctionOn", objectId=self.sockets(), functionDeclaration=function, returnByValue=True)["result"].get("value")

    def close(self):
        self.socket.close()


def targets(driver):
    address = driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
    with urllib.request.urlopen(f"http://{address}/json/list", timeout=30) as answer:
        listed = json.loads(answer.read())
    return [one for one in listed if one["type"] in ("page", "shared_worker") and one["url"].startswith("http")]


def each(driver, work):
    found = []
    for one in targets(driver):
        target = Target(one["webSocketDebuggerUrl"])
        try:
            found.append(work(target))
        finally:
            target.close()
    return found


def count(driver):
    """The number of live connections in the whole browser."""
    return sum(each(driver, lambda one: one.on_sockets(COUNT) or 0))


def pull(driver):
    """Closes all of them and prevents new ones."""
    each(driver, lambda one: (one.value(f"{HOLD}; testCable.out = true"), one.on_sockets(CLOSE)))


def put_back(driver):
    each(driver, lambda one: one.value(f"{HOLD}; testCable.out = false; 0"))
    driver.execute_script("dispatchEvent(new Event('online'))")


def target_of(driver, handle):
    """The tab of that window handle."""
    page = next(one for one in targets(driver) if one["id"] in handle)
    return Target(page["webSocketDebuggerUrl"])


def crash(target):
    """Kills the process of a tab."""
    target.socket.send(json.dumps({"id": 1, "method": "Page.crash"}))
    try:
        target.socket.recv()
    except websocket.WebSocketException:
        pass
    target.close()
