"""A Debian with a live systemd and libvirt in a container of its own, to install packages in."""

import contextlib
import ctypes
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from lab import ROOT, wait_for

CACHE = ROOT / ".build/roots"
# Beside what the package asks for: the hypervisor's commands, and what a server has anyway.
BASE = "systemd-sysv,dbus,ca-certificates,iproute2,procps,libvirt-clients"
CLONE_NEWNET = 0x40000000


def sources(suite):
    """The mirrors that this machine uses for Debian's packages, for another suite."""
    words = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages", "Origin: Debian"]
    own = subprocess.run(["sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME"], capture_output=True, text=True).stdout.strip()
    lines = set()
    for line in subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines():
        uri, release, component = line.split()
        if component == "main" and release in (own, f"{own}-updates", f"{own}-security"):
            lines.add(f"deb {uri} {release.replace(own, suite)} main")
    if not lines:
        raise SystemExit("apt on this machine knows no mirror of Debian; run: apt-get update")
    return "\n".join(sorted(lines)) + "\n"


def base_root(suite, packages):
    """The folder of a Debian with these packages (a dependency list of dpkg's), made once."""
    recipe = hashlib.sha256(f"{suite} {BASE} {packages} {sources(suite)}".encode()).hexdigest()
    root, note = CACHE / suite, CACHE / f"{suite}.recipe"
    if root.is_dir() and note.is_file() and note.read_text() == recipe:
        return root
    CACHE.mkdir(parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    shutil.rmtree(root, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        mirrors, hook = pathlib.Path(folder, "sources.list"), pathlib.Path(folder, "hook")
        mirrors.write_text(sources(suite))
        hook.write_text(
            '#!/bin/sh -e\ncp /etc/resolv.conf "$1/etc/resolv.conf"\n'
            f"DEBIAN_FRONTEND=noninteractive chroot \"$1\" apt-get satisfy --yes --no-install-recommends '{packages}'\n")
        hook.chmod(0o755)
        subprocess.run(
            ["mmdebstrap", "--variant=minbase", f"--include={BASE}", "--aptopt=Apt::Install-Recommends \"false\"",
             "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
             f"--customize-hook={hook}", suite, root, mirrors], check=True, timeout=1800)
    note.write_text(recipe)
    return root


class Machine:
    """A running copy of a base root; leaving it stops and deletes it."""

    def __init__(self, base):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=CACHE))
        self.root = self.folder / "root"
        subprocess.run(["cp", "-a", "--reflink=auto", base, self.root], check=True)
        # What a container lacks: control groups and name spaces for each virtual machine.
        with open(self.root / "etc/libvirt/qemu.conf", "a") as settings:
            settings.write("cgroup_controllers = [ ]\nnamespaces = [ ]\n")
        for name, text in (("machine-id", ""), ("hosts", "127.0.0.1 localhost\n"), ("hostname", "box\n")):
            (self.root / "etc" / name).write_text(text)
        self.log = open(self.folder / "boot.log", "w")
        self.process = None

    def __enter__(self):
        words = ["systemd-nspawn", "-D", self.root, "--boot", "--register=no", "--keep-unit", "--private-network", "--quiet"]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        try:
            wait_for("the start of systemd", self._is_up, 120, every=0.5)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        first = self.pid
        if first:
            os.kill(first, signal.SIGKILL)  # with it the kernel ends every process inside
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self):
        """The container's first process."""
        try:
            children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except FileNotFoundError:
            return None
        return int(children[0]) if children else None

    def _is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"systemd-nspawn ended:\n{(self.folder / 'boot.log').read_text()[-2000:]}")
        return self.pid and self.run("systemctl", "is-active", "multi-user.target", check=False).stdout.strip() == "active"

    def run(self, *words, check=True, timeout=300, stdin=None):
        """Runs a command inside; returns it with its output."""
        enter = ["nsenter", "-t", str(self.pid), "-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w"]
        clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
        done = subprocess.run(
            [*enter, *clean, *map(str, words)], capture_output=True, text=True, timeout=timeout, input=stdin)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        return done

    @contextlib.contextmanager
    def network(self):
        """In the body, this process has the network of the machine, so that its loopback is ours."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/self/ns/net") as ours, open(f"/proc/{self.pid}/ns/net") as theirs:
            if libc.setns(theirs.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
            try:
                yield
            finally:
                libc.setns(ours.fileno(), CLONE_NEWNET)
