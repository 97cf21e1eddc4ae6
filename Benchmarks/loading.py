#!/usr/bin/python3
"""How many round trips the page takes, cold and warm, in a real browser: loading.py URL [DELAY_MS]

A relay adds a round trip of DELAY_MS (by default 80) between the browser and the appliance, half in each direction.
Prints the times of the first paint and of the sign-in form in round trips (including the browser's own time), and the
number of requests. "cold" is the first visit, "warm" the next one by the same browser, "kept" a reload over connections
that are still open.
"""

import asyncio
import sys
import threading
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

TIMES = """
const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null
const files = performance.getEntriesByType('resource')
return [paint, window.testForm, files.length, files.filter(one => one.transferSize > 0).length,
  performance.getEntriesByType('navigation')[0].responseStart]
"""
FORM = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('#field-identifier, #field-username')) return
  window.testForm = performance.now()
  observer.disconnect()
}).observe(document, { subtree: true, childList: true })
"""


class Relay:
    """Forwards bytes with a delay of half a round trip; opening a connection takes a whole one."""

    def __init__(self, host, port, delay):
        self.target, self.half = (host, port), delay / 2000
        self.connections = 0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self.run, args=(ready,), daemon=True).start()
        ready.wait()

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(asyncio.start_server(self.connected, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    async def connected(self, reader, writer):
        self.connections += 1
        # The kernel has accepted at once; the round trip of connecting is added to the first bytes.
        other_reader, other_writer = await asyncio.open_connection(*self.target)
        await asyncio.gather(self.pump(reader, other_writer, opening=2 * self.half), self.pump(other_reader, writer))

    async def pump(self, reader, writer, opening=0.0):
        line = asyncio.Queue()
        free_at = self.loop.time() + opening

        async def deliver():
            while piece := await line.get():
                at, data = piece
                await asyncio.sleep(max(0, at - self.loop.time()))
                writer.write(data)
            writer.close()

        task = asyncio.ensure_future(deliver())
        try:
            while data := await reader.read(65536):
                at = max(self.loop.time(), free_at) + self.half
                line.put_nowait((at, data))
        except OSError:
            pass
        line.put_nowait(None)
        await task


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": FORM})
    return driver


def visit(driver, url, delay):
    driver.get(url)
    WebDriverWait(driver, 60, 0.02).until(lambda one: one.execute_script("return window.testForm") is not None)
    paint, form, files, fetched, first = driver.execute_script(TIMES)
    return paint / delay, form / delay, files, fetched, first / delay


def main():
    place = urlsplit(sys.argv[1])
    delay = float(sys.argv[2]) if len(sys.argv) > 2 else 80.0
    relay = Relay(place.hostname, place.port, delay)
    url = f"http://127.0.0.1:{relay.port}/sign-in"
    print(f"round trip {delay:.0f} ms           first byte  first paint  sign-in form  requests  from the network  connections")
    for _ in range(3):
        driver = browser()
        try:
            for name in ("cold", "warm", "kept"):
                if name == "warm":
                    driver.get("about:blank")
                    driver.execute_cdp_cmd("Network.enable", {})
                before = relay.connections
                paint, form, files, fetched, first = visit(driver, url, delay)
                print(f"{name:24}{first:14.2f}{paint:13.2f}{form:14.2f}{files:10}{fetched:18}{relay.connections - before:13}", flush=True)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
