#!/usr/bin/python3
"""The package in a fresh Debian with a live systemd: installation, set-up, a machine, upgrade, refusals, removal, purge.

    install.py [SUITE...]     bookworm by default; `trixie` is Debian 13

The base roots are made once, in .build/roots. Machines are real QEMU under the root's own libvirt; where IMAGES_DIR has no
debian/12.qcow2 their disk is empty, so they run without ever answering.
"""

import contextlib
import os
import random
import re
import shutil
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
import urllib.request

import websocket

from client import Client
from lab import IMAGES, ROOT, wait_for
from nspawn import Machine, base_root

PASSWORD = "A long enough phrase, 47 of them"
OLDER = "0.0.9"
# Lines of the journal that nobody needs.
NOISE = ["already exists but the mode is different", "libvirt version:", "migration 1 users"]
# Without this capability (in some containers) systemd cannot raise the limit in the unit, and libdispatch says so.
CAP_SYS_RESOURCE = 24
OTHERS = """
<domain type='qemu'><name>obox-other</name><memory unit='MiB'>16</memory><os><type>hvm</type></os></domain>
"""
OTHER_NETWORK = "<network><name>other</name><bridge name='other0'/></network>"


def say(text):
    print(text, flush=True)


def expect(truth, what):
    if not truth:
        raise AssertionError(what)


def package(version=None):
    """Builds the package, under another version when one is given; returns its path and its control fields."""
    environment = os.environ | ({"DEB_VERSION": version} if version else {})
    done = subprocess.run(
        [ROOT / "packaging/build-deb.sh"], env=environment, capture_output=True, text=True)
    expect(done.returncode == 0, done.stderr)
    deb = ROOT / re.search(r"(\.build/obox_\S+\.deb)", done.stderr)[1]
    fields = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True, check=True).stdout
    return deb, dict(line.split(": ", 1) for line in fields.splitlines() if ": " in line)


class Page:
    """A browser's live connection, with the page's own pauses between attempts."""

    def __init__(self, box):
        self.box, self.gaps, self.is_over = box, [], False
        self.socket = self.connect()
        self.thread = threading.Thread(target=self.follow, daemon=True)
        self.thread.start()

    def connect(self):
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.box.zoe.cookies)
        return websocket.create_connection(
            self.box.url.replace("http", "ws", 1) + "/ws", cookie=cookies, origin=self.box.url, timeout=60,
            sslopt={"cert_reqs": ssl.CERT_NONE})

    def follow(self):
        while not self.is_over:
            with contextlib.suppress(Exception):
                while self.socket.recv():
                    pass
            lost, attempts = time.monotonic(), 0
            while not self.is_over:
                time.sleep(min(15, 0.5 * 2 ** min(attempts, 6)) * (0.75 + random.random() / 2))
                attempts += 1
                with contextlib.suppress(Exception):
                    self.socket = self.connect()
                    self.gaps.append(time.monotonic() - lost)
                    break

    def close(self):
        self.is_over = True
        self.socket.close()


class Box:
    """OBox in one machine, as its administrator and an employee see it."""

    def __init__(self, machine):
        self.machine, self.url, self.zoe = machine, None, None
        self.data = machine.root / "var/lib/obox"
        self.name, self.disks = "obox", self.data / "disks"

    def apt(self, *words, check=True):
        return self.machine.run("apt-get", "--yes", *words, check=check)

    def virsh(self, *words, stdin=None):
        return self.machine.run("virsh", "--quiet", "--connect", "qemu:///system", *words, check=False, stdin=stdin).stdout.strip()

    def install(self, deb, *options):
        shutil.copy(deb, self.machine.root / "root")
        return self.apt("install", *options, f"/root/{deb.name}")

    def journal(self):
        return self.machine.run("journalctl", "-u", "obox", "-o", "cat", "--no-pager").stdout

    def state(self):
        return self.machine.run("systemctl", "is-active", "obox", check=False).stdout.strip()

    def client(self):
        client = Client(self.url)
        client.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=ssl._create_unverified_context()),
            urllib.request.HTTPCookieProcessor(client.cookies))
        return client

    def set_up(self):
        """By the link in the journal; then an employee signs in."""
        form = r"(https?)://\S*?:(\d+)/setup\?token=([\w.~-]+)"
        links, _ = wait_for("the link in the journal", lambda: re.findall(form, self.journal()), 20)
        scheme, port, token = links[-1]
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.client()("POST", "/api/setup", {
            "token": token, "username": "boss", "name": "Boss", "email": "boss@lab.example", "password": PASSWORD})
        self.machine.run(
            "obox", "user", "create", "--username", "zoe", "--email", "zoe@lab.example", "--role", "employee",
            "--password-stdin", stdin=PASSWORD + "\n")
        self.zoe = self.client()
        self.zoe.sign_in("zoe", PASSWORD)

    def install_as(self, name, deb):
        """With another name for network, pool and machines, and a pool elsewhere."""
        self.name, self.disks = name, self.machine.root / "srv" / name
        folder = self.machine.root / "etc/obox"
        folder.mkdir(exist_ok=True)
        settings = (ROOT / "packaging/obox.conf").read_text()
        (folder / "obox.conf").write_text(f"{settings}NETWORK_NAME = {name}\nPOOL_DIR=/srv/{name}/\n")
        self.install(deb, "-o", "Dpkg::Options::=--force-confold")

    def add_image(self):
        target = self.data / "images/debian/12.qcow2"
        target.parent.mkdir(exist_ok=True)
        real = IMAGES / "debian/12.qcow2"
        if real.exists():
            shutil.copy(real, target)
        else:
            subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", target, "2G"], check=True)
        for path in (target.parent, target):
            path.chmod(0o755)

    def start_machine(self, name):
        """Waits until QEMU runs; returns its process."""
        wish = {"name": name, "os_type": "debian", "version": "12", "vcpu": 1, "memory": 512, "disk_size": 10}
        wait_for("the hypervisor", lambda: self.client()("GET", "/api/health")["hypervisor"] == "connected", 60)
        self.zoe.create(wish)
        wait_for(f"machine {name}", lambda: self.machines("--state-running"), 180, every=0.5)
        return self.qemu()

    def machines(self, *which):
        return [name for name in self.virsh("list", "--name", *(which or ["--all"])).split() if re.match(rf"{self.name}-\d", name)]

    def qemu(self):
        return self.machine.run("pgrep", "-f", f"guest={self.name}-[0-9]", check=False).stdout.split()


def expect_quiet(box):
    capabilities = int(re.search(r"CapBnd:\s*(\w+)", box.machine.run("cat", "/proc/1/status").stdout)[1], 16)
    for noise in NOISE + (["thread priority"] if capabilities >> CAP_SYS_RESOURCE & 1 else []):
        expect(noise not in box.machine.run("journalctl", "-b", "--no-pager", "-u", "obox").stdout, f"the journal says: {noise}")


def expect_no_downgrade(box, older):
    shutil.copy(older, box.machine.root / "root")
    done = box.machine.run("dpkg", "-i", f"/root/{older.name}", check=False)
    expect(done.returncode and "apt remove obox" in done.stderr, f"a downgrade is not refused: {done.stderr}")
    status = box.machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", "obox").stdout
    expect(status.startswith("ii ") and OLDER not in status, f"after the refused downgrade: {status}")
    expect(box.state() == "active", "the refused downgrade stopped the daemon")


def expect_no_newer_database(box):
    box.machine.run("systemctl", "stop", "obox")
    with contextlib.closing(sqlite3.connect(box.data / "obox.db")) as database, database:
        database.execute("INSERT INTO schema_migrations VALUES (99999, 'future', 0)")
    owned_again(box)
    expect(box.machine.run("systemctl", "start", "obox", check=False).returncode, "a newer database is opened")
    expect("Install the newer version" in box.journal(), "the journal does not say what to do")
    restarts = box.machine.run("systemctl", "show", "obox", "-p", "NRestarts", "--value").stdout.strip()
    expect(restarts == "0", f"restarted {restarts} times for nothing")
    with contextlib.closing(sqlite3.connect(box.data / "obox.db")) as database, database:
        database.execute("DELETE FROM schema_migrations WHERE number = 99999")
    owned_again(box)
    box.machine.run("systemctl", "start", "obox")


def owned_again(box):
    box.machine.run("chown", "-R", "obox:obox", *[f"/var/lib/obox/{path.name}" for path in box.data.glob("obox.db*")])


def upgrade(box, deb):
    """While a person is connected and a machine runs."""
    page, qemu = Page(box), box.qemu()
    begun = time.monotonic()
    box.install(deb)
    took = time.monotonic() - begun
    wait_for("the page's connection", lambda: page.gaps, 30)
    page.close()
    say(f"  upgrade {took:.1f} s; the page's connection was away for {page.gaps[0]:.2f} s")
    expect(page.gaps[0] < 3, "the page's connection was away for too long")
    expect(box.zoe("GET", "/api/auth/me")["username"] == "zoe", "the session has ended")
    expect(box.qemu() == qemu and qemu, "the upgrade touched the machine")


def expect_purged(box):
    expect(not box.data.exists(), f"left: {list(box.data.glob('**/*'))[:10]}")
    expect(not box.machines() and not box.qemu(), f"left: {box.machines()} {box.qemu()}")
    for kind in ("net-list", "pool-list"):
        expect(box.name not in box.virsh(kind, "--all", "--name").split(), f"left: {kind} {box.name}")
    tables = box.machine.run("nft", "list", "tables").stdout
    expect(f" {box.name}" not in tables and "table ip other" in tables, f"left: {tables}")
    expect("obox-other" in box.virsh("list", "--all", "--name"), "the machine of others is gone")
    expect("other" in box.virsh("net-list", "--all", "--name"), "the network of others is gone")
    expect(not (box.machine.root / "etc/obox/obox.conf").exists(), "left: the configuration")


def add_others(box):
    for kind, xml in (("define", OTHERS), ("net-define", OTHER_NETWORK)):
        (box.machine.root / "root/other.xml").write_text(xml)
        box.virsh(kind, "/root/other.xml")
    box.machine.run("nft", "add", "table", "ip", "other")


def purge_without_libvirt(box):
    services = ["libvirtd.socket", "libvirtd-ro.socket", "libvirtd-admin.socket", "libvirtd.service"]
    box.machine.run("systemctl", "stop", *services)
    done = box.apt("purge", "obox")
    expect("remove-machines" in done.stderr + done.stdout, f"purge does not say what is left: {done.stderr}")
    expect(box.qemu() and list(box.disks.glob(f"{box.name}-*.qcow2")), "the disk of a running machine was deleted")
    expect(not list(box.data.glob("obox.*")), "the data is still there")
    box.machine.run("systemctl", "start", "libvirtd.socket", "libvirtd.service")
    box.machine.run("/var/lib/obox/remove-machines", "purge")
    left = [path.name for path in box.disks.glob("*") if not path.name.startswith("base-")]
    expect(not left, f"left: {left}")


def check(suite):
    older, _ = package(OLDER)
    deb, fields = package()
    wanted = [one for one in f"{fields['Depends']}, {fields['Recommends']}".split(", ") if "standalone" not in one]
    base = base_root(suite, ", ".join(wanted))
    with Machine(base) as machine, machine.network():
        box = Box(machine)
        version = machine.run("sh", "-c", ". /etc/os-release; echo $PRETTY_NAME").stdout.strip()
        say(f"{suite}: {version}, {machine.run('libvirtd', '--version').stdout.strip()}")
        try:
            walk(box, older, deb)
        except BaseException:
            say("\n".join(box.journal().splitlines()[-30:]))
            raise


def walk(box, older, deb):
    add_others(box)
    expect("journalctl -u obox" in box.install(older).stdout, "the installation does not say where the link is")
    box.set_up()
    box.add_image()
    box.start_machine("web")
    say("  installed, set up by the link, a machine runs")
    upgrade(box, deb)
    box.apt("install", "--reinstall", f"/root/{deb.name}")
    expect(box.state() == "active", "not running after a reinstallation")
    expect_no_downgrade(box, older)
    expect_no_newer_database(box)
    say("  a downgrade and a newer database are refused")

    qemu = box.qemu()
    box.apt("remove", "obox")
    expect((box.data / "obox.db").exists() and box.qemu() == qemu, "remove deletes data or machines")
    box.install(deb)
    expect(box.state() == "active", "not started when installed again")
    expect(box.zoe("GET", "/api/auth/me")["username"] == "zoe", "the session has ended")
    expect_quiet(box)
    box.apt("purge", "obox")
    expect_purged(box)
    say("  removed, installed again, purged: nothing is left, others are untouched")

    box.install_as("lab", deb)
    box.set_up()
    box.add_image()
    box.start_machine("second")
    purge_without_libvirt(box)
    expect_purged(box)
    say("  another name and pool, purged without libvirt: said so, and removed afterwards")


if __name__ == "__main__":
    for suite in sys.argv[1:] or ["bookworm"]:
        check(suite)
