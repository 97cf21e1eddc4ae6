"""A complete OBox for one test: daemon, data, network, addresses and mail server."""

import os
import pathlib
import queue
import re
import secrets
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from estate import Estate, sweep
from mail import MailServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("OBOX_BINARY", ROOT / ".build/release/obox"))
IMAGES = pathlib.Path(os.environ.get("IMAGES_DIR", ROOT / "images"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds, every=0.1):
    """Polls until `condition` returns a true value; returns it and the seconds it took."""
    start = time.monotonic()
    while True:
        found = condition()
        if found:
            return found, time.monotonic() - start
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every)


class Lab(Estate):
    """The estate with a running daemon; closing it removes everything, also after a failure."""

    def __init__(self):
        sweep()
        super().__init__(100 + secrets.randbelow(100))
        self.open(os.getpid())
        self.data = self.folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.lines = queue.Queue()
        self.log = open(self.folder / "serve.log", "a+", buffering=1)
        self.mail = MailServer(free_port())

    @property
    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "IMAGES_DIR": str(IMAGES),
            "PUBLIC_URL": self.url,
            "PUBLIC_IP": self.outside.host_address,
            "PORT_RANGE_START": "21000",
            "PORT_RANGE_END": "21099",
            "NETWORK_NAME": self.network,
            "NETWORK_ADDRESS": f"{self.subnet[1]}/{self.subnet.prefixlen}",
            "POOL_DIR": str(self.pool_folder),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail.port),
            "EMAIL_SECURE": "none",
            "EMAIL_FROM": "obox@lab.example",
        }

    def create_user(self, username, password):
        words = ["user", "create", "--data", self.data, "--username", username, "--role", "employee"]
        words += ["--email", f"{username}@lab.example", "--name", username.title(), "--password-stdin"]
        done = subprocess.run(
            [BINARY, *words], input=password + "\n", text=True, capture_output=True, timeout=30, env=self.environment)
        if done.returncode:
            raise RuntimeError(f"obox user create: {done.stderr.strip()}")

    def start(self):
        """Starts the daemon; returns the seconds until it answered its health check."""
        begun = time.monotonic()
        self.process = subprocess.Popen(  # it dies with us, also when nobody asks us first
            ["setpriv", "--pdeathsig", "KILL", BINARY, "serve", "--data", self.data,
             "--listen", f"127.0.0.1:{self.port}", "--libvirt", "qemu:///system"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment)
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()
        wait_for("the health check", self._healthy, 20, every=0.01)
        return time.monotonic() - begun

    def _read(self, stream):
        for line in stream:
            self.log.write(line)
            self.lines.put(line)

    def _healthy(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"obox serve ended with {self.process.returncode}:\n{self.last_lines()}")
        try:
            return urllib.request.urlopen(self.url + "/api/health", timeout=5).status == 200
        except OSError:
            return False

    def setup_token(self):
        """The token of the one-time link that the daemon prints while it has no administrator."""
        while True:
            found = re.search(r"/setup\?token=([\w.~-]+)", self.lines.get(timeout=10))
            if found:
                return found[1]

    def stop(self):
        """Stops the daemon as an administrator would; returns the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        if code:
            raise RuntimeError(f"obox serve ended with {code} on SIGTERM:\n{self.last_lines()}")
        return time.monotonic() - begun

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=10)

    def last_lines(self, count=40):
        """What the daemon wrote last, without the requests: polling for a job alone writes twenty lines per second."""
        lines = pathlib.Path(self.log.name).read_text().splitlines()
        return "\n".join([line for line in lines if "event=request" not in line][-count:])

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        self.mail.close()
        self.log.close()
        super().close()
