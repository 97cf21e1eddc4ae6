#!/usr/bin/python3
"""An end-to-end test with real QEMU, libvirt, nftables and SMTP: from an empty folder to SSH from another computer, and
back. Then the same while the daemon is killed during the creation of machines.

    end_to_end.py                 everything
    end_to_end.py path            without kills; `crash` only with kills; `crash --at disk,start` at these steps only
    --keep                        keeps the folder, network and machines when a check fails
"""

import argparse
import os
import signal
import sys
import time
import traceback

from client import Client, Refused
from estate import virsh
from lab import BINARY, IMAGES, Lab, wait_for

PASSWORD = "A long enough phrase, 47 of them"
TINY = {"os_type": "debian", "version": "12", "vcpu": 1, "memory": 512, "disk_size": 10}
POINTS = ["image", "disk", "seed", "domain", "start", "address", "ssh", "forwarding"]
SLOW = 300  # seconds that an emulated machine may take for what a person waits for


def say(text):
    print(text, flush=True)


def timing(what, seconds):
    say(f"  {what:<44} {seconds:7.2f} s")


def expect(truth, what):
    if not truth:
        raise AssertionError(what)


def signed_in(lab):
    """Performs the first setup, and returns the client of an employee."""
    lab.create_user("zoe", PASSWORD)
    timing("start to the first answered health check", lab.start())
    setup = {"token": lab.setup_token(), "username": "boss", "name": "Boss", "password": PASSWORD}
    boss = Client(lab.url)
    boss("POST", "/api/setup", setup | {"email": "boss@lab.example"})
    expect(boss("GET", "/api/auth/me")["role"] == "admin", "the set-up form creates an administrator")
    try:
        Client(lab.url)("POST", "/api/setup", setup | {"username": "other", "email": "other@lab.example"})
        raise AssertionError("the set-up link works twice")
    except Refused as refusal:
        expect(refusal.status in (400, 403, 404, 409, 410), f"unexpected refusal of the used link: {refusal}")
    zoe = Client(lab.url)
    zoe.sign_in("zoe", PASSWORD)
    return zoe


def nothing_left(lab, ports=()):
    """Checks that domain, volumes, address, rules and port are gone; one image stays for the next machine."""
    images = [name for name in lab.files() if name.startswith("base-")]
    left = {
        "domains": lab.domains(), "cards": lab.cards(), "rules": lab.rules(),
        "files": [name for name in lab.files() if name not in images[:1]],
        "ports": [port for port in ports if lab.outside.reaches(port)],
    }
    expect(not any(left.values()), f"left behind: { {what: found for what, found in left.items() if found} }")


def private_key(lab, zoe, machine):
    """Compares the key in the API with the one in the mail; returns its file."""
    shown = zoe("GET", f"/api/vms/{machine['id']}/key")
    mail, seconds = wait_for("the mail", lambda: lab.mail.to("zoe@lab.example"), 30)
    timing("mail after the job's end", seconds)
    attached = {part.get_filename(): part.get_content() for part in mail[0].iter_attachments()}
    pem = [value for name, value in attached.items() if name.endswith(".pem")]
    expect(len(mail) == 1 and len(pem) == 1, f"one mail with one key: {len(mail)} mails, {list(attached)}")
    text = pem[0].decode() if isinstance(pem[0], bytes) else pem[0]
    expect(text.replace("\r\n", "\n").strip() == shown["key"].strip(), "the key in the mail is the key on the page")
    file = lab.folder / shown["filename"]
    file.write_text(shown["key"])
    file.chmod(0o600)
    return file


def look_inside(lab, machine, key, begun):
    """Waits for SSH from the computer outside and checks the machine; returns its boot id."""
    def inside(*words, user=None):
        return lab.outside.ssh(machine, key, *words, user=user)

    name, _ = wait_for("SSH", lambda: inside("whoami"), SLOW, every=0.3)
    timing("SSH from outside after", time.monotonic() - begun)
    expect(name == machine["ssh_user"], f"signed in as {name}")
    expect(inside("whoami", user="root") == "root", "root is reached with the same key")
    expect(inside("sudo", "-n", "whoami") == "root", "sudo asks for no password")
    expect(inside("hostname") == machine["name"], "the machine's own name")
    size = int(inside("lsblk", "--bytes", "--noheadings", "--nodeps", "--output", "SIZE", "/dev/vda"))
    expect(size == machine["disk_size"] << 30, f"the disk has {size} bytes")
    room = int(inside("df", "--output=size", "--block-size=1M", "/").split()[-1])
    expect(room > machine["disk_size"] * 1024 * 0.9, f"the file system has grown to {room} MB only")
    return inside("cat", "/proc/sys/kernel/random/boot_id")


def check_path(lab):
    zoe = signed_in(lab)
    say("create")
    created = zoe.create(TINY | {"name": "lab-one"})
    begun = time.monotonic()
    for step, seconds in zoe.finish(created["job"]["id"], SLOW).items():
        timing(f"{step} done after", seconds)
    machine = zoe.machine(created["vm"]["id"])
    expect(machine["status"] == "running" and machine["port"], f"the machine is running: {machine}")
    expect(any(str(machine["port"]) in rule for rule in lab.rules()), f"a rule leads to it: {lab.rules()}")
    expect(len(lab.domains()) == 1, f"one domain: {lab.domains()}")
    key = private_key(lab, zoe, machine)
    boot = look_inside(lab, machine, key, begun)

    say("stop, start, reboot")
    timing("stop", zoe.act(machine["id"], "stop", "stopped", SLOW))
    expect(virsh("domstate", lab.domains()[0]).strip() == "shut off", "libvirt says so too")
    begun = time.monotonic()
    timing("start", zoe.act(machine["id"], "start", "running", SLOW))
    second = look_inside(lab, zoe.machine(machine["id"]), key, begun)
    expect(second != boot, "it has started again")
    timing("reboot", zoe.act(machine["id"], "reboot", "running", SLOW))
    other_boot = lambda: lab.outside.ssh(machine, key, "cat", "/proc/sys/kernel/random/boot_id") not in (None, second)
    timing("SSH after the reboot", wait_for("SSH after the reboot", other_boot, SLOW, every=0.3)[1])

    say("behind the daemon's back")
    virsh("destroy", lab.domains()[0])
    timing("virsh destroy shows as stopped", zoe.wait_for_status(machine["id"], "stopped", 5))

    say("delete")
    job = zoe("DELETE", f"/api/vms/{machine['id']}")["job"]
    for step, seconds in zoe.finish(job["id"], 60).items():
        timing(f"{step} done after", seconds)
    expect(zoe("GET", "/api/vms")["vms"] == [], "the list is empty")
    nothing_left(lab, [machine["port"]])
    timing("SIGTERM to the end", lab.stop())


def crash_at(lab, zoe, points):
    """Kills the daemon whenever a job reaches one of `points`, restarts it, and checks the resulting machine."""
    created = zoe.create(TINY | {"name": "crash-" + "-".join(points)})
    for point in points:
        # A step may be over before it was seen: then the daemon is killed just after it.
        reached = lambda job: job["step"] == point or any(
            step["name"] == point and step["status"] == "done" for step in job["steps"])
        job, _ = zoe.follow(created["job"]["id"], SLOW, until=reached)
        say(f"  killed at {point:<12} job {job['status']}, step {job['step']}")
        lab.kill()
        lab.start()
        try:
            zoe("GET", "/api/auth/me")
        except Refused:
            raise AssertionError("the session did not survive the crash") from None
    job, _ = zoe.follow(created["job"]["id"], SLOW)
    machine = zoe.machine(created["vm"]["id"])
    say(f"  in the end             job {job['status']}, machine {machine['status']}")
    if machine["status"] == "error":
        nothing_left(lab)
    else:
        expect(machine["status"] == "running", f"it ended as {machine['status']}: {machine.get('error')}")
        expect(len(lab.domains()) == 1, f"one domain: {lab.domains()}")
    zoe.finish(zoe("DELETE", f"/api/vms/{machine['id']}")["job"]["id"], 60)
    nothing_left(lab, [machine["port"]] if machine["port"] else [])


def check_crash(lab, points):
    zoe = signed_in(lab)
    say("kill -9 while creating")
    # Each machine takes a minute or two to boot: every third kill point uses the same one, so that no step is
    # missed.
    for first in range(min(3, len(points))):
        crash_at(lab, zoe, points[first::3])
    lab.stop()


def unfit():
    """Why the test cannot run here; None when it can."""
    if os.geteuid() != 0:
        return "a network name space and a firewall table need root"
    if not BINARY.exists():
        return f"there is no {BINARY}: make build"
    if not (IMAGES / "debian/12.qcow2").exists():
        return f"there is no {IMAGES}/debian/12.qcow2: make image"
    if not virsh("uri", check=False):
        return "no hypervisor answers on qemu:///system"
    return None


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("part", nargs="?", choices=["path", "crash"])
    parser.add_argument("--at", default=",".join(POINTS))
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    reason = unfit()
    if reason:
        say(f"skipped: {reason}")
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is given back
    checks = {"path": check_path, "crash": lambda lab: check_crash(lab, chosen.at.split(","))}
    for part in [chosen.part] if chosen.part else checks:
        say(f"--- {part}")
        lab = Lab()
        try:
            checks[part](lab)
        except BaseException as error:  # also Ctrl-C
            traceback.print_exc()
            say(f"the daemon's last lines:\n{lab.last_lines()}")
            if chosen.keep and isinstance(error, Exception):
                say(f"kept: {lab.folder}, network {lab.network}, name space {lab.outside.name}")
                os._exit(1)
            return 1
        finally:
            lab.close()
    say("the whole path holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
