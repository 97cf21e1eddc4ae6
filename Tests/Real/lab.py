"""A whole OBox of its own for a test: data, pool, network, addresses and mail server that nobody else uses."""

import ipaddress
import os
import pathlib
import queue
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

from mail import MailServer
from outside import Outside

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("OBOX_BINARY", ROOT / ".build/release/obox"))
IMAGES = pathlib.Path(os.environ.get("IMAGES_DIR", ROOT / "images"))
TABLES = [("ip", "obox"), ("bridge", "obox")]


def run(*words, check=True, timeout=60, given=None):
    """Runs a program and returns what it printed; its own words are in the error when it fails."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=timeout, input=given)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def virsh(*words, check=True):
    return run("virsh", "--quiet", "--connect", "qemu:///system", *words, check=check)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds, every=0.1):
    """Polls until `condition` gives something true, and returns that and the seconds it took."""
    start = time.monotonic()
    while True:
        found = condition()
        if found:
            return found, time.monotonic() - start
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every)


class Lab:
    """Holds everything that a test starts; closing it gives all of it back, also after a failure."""

    def __init__(self):
        number = 100 + secrets.randbelow(100)
        self.mail = MailServer(free_port())
        self.outside = Outside(number)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="obox-lab-"))
        self.folder.chmod(0o755)  # QEMU may run as a user of its own, and reads its disks in here
        self.network = f"oboxlab{number}"
        self.subnet = ipaddress.ip_network(f"10.78.{number}.0/24")
        self.pool_folder = self.folder / "pool"
        self.pool_folder.mkdir()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.lines = queue.Queue()
        self.log = open(self.folder / "serve.log", "a+", buffering=1)

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
        words = ["user", "create", "--data", self.folder / "data", "--username", username, "--role", "employee"]
        words += ["--email", f"{username}@lab.example", "--name", username.title(), "--password-stdin"]
        done = subprocess.run(
            [BINARY, *words], input=password + "\n", text=True, capture_output=True, timeout=30, env=self.environment)
        if done.returncode:
            raise RuntimeError(f"obox user create: {done.stderr.strip()}")

    def start(self):
        """Starts the daemon and returns the seconds until it answered its health check."""
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", self.folder / "data", "--listen", f"127.0.0.1:{self.port}",
             "--libvirt", "qemu:///system"],
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
        """Ends the daemon as an administrator would; returns the seconds that it took."""
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
        return "\n".join(pathlib.Path(self.log.name).read_text().splitlines()[-count:])

    # What libvirt and the kernel have of this lab, told by its own names, pool and subnet.

    def domains(self):
        names = virsh("list", "--all", "--name").split()
        return [name for name in names if self.network in virsh("dumpxml", name, check=False)]

    def pools(self):
        names = virsh("pool-list", "--all", "--name").split()
        return [name for name in names if str(self.pool_folder) in virsh("pool-dumpxml", name, check=False)]

    def files(self):
        return sorted(path.name for path in self.pool_folder.iterdir())

    def leases(self):
        if self.network not in virsh("net-list", "--name").split():
            return []
        return [line for line in virsh("net-dhcp-leases", self.network).splitlines() if str(self.subnet)[:-4] in line]

    def rules(self):
        """The rules that name a guest; those for the whole network stay as long as the daemon does."""
        guests = re.escape(str(self.subnet)[:-4]) + r"(?!0/|1\b)\d+"
        tables = [run("nft", "list", "table", *table, check=False) for table in TABLES]
        return [line.strip() for text in tables for line in text.splitlines() if re.search(guests, line)]

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        for name in self.domains():
            virsh("destroy", name, check=False)
            virsh("undefine", name, "--nvram", "--snapshots-metadata", check=False)
        for pool in self.pools():
            virsh("pool-destroy", pool, check=False)
            virsh("pool-undefine", pool, check=False)
        virsh("net-destroy", self.network, check=False)
        virsh("net-undefine", self.network, check=False)
        for table in TABLES:
            run("nft", "delete", "table", *table, check=False)
        self.outside.close()
        self.mail.close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
