"""A test's objects in libvirt and the kernel, distinguished from other tests' by a number."""

import ipaddress
import pathlib
import re
import shutil
import subprocess
import tempfile

from outside import Outside

FOLDERS = pathlib.Path(tempfile.gettempdir())


def run(*words, check=True, timeout=60):
    """Runs a program and returns its output; on failure the error contains its messages."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=timeout)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def virsh(*words, check=True):
    return run("virsh", "--quiet", "--connect", "qemu:///system", *words, check=check)


class Estate:
    """A folder, a network, an address range and a computer outside, all named after `number`."""

    def __init__(self, number):
        self.folder = FOLDERS / f"obox-lab-{number}"
        self.pool_folder = self.folder / "pool"
        self.network = f"oboxlab{number}"
        self.subnet = ipaddress.ip_network(f"10.78.{number}.0/24")
        self.tables = [("ip", self.network), ("bridge", self.network)]  # the daemon names them after its network
        self.outside = Outside(number)

    def domains(self):
        names = virsh("list", "--all", "--name").split()
        return [name for name in names if self.network in virsh("dumpxml", name, check=False)]

    def pools(self):
        names = virsh("pool-list", "--all", "--name").split()
        return [name for name in names if str(self.pool_folder) in virsh("pool-dumpxml", name, check=False)]

    def files(self):
        return sorted(path.name for path in self.pool_folder.iterdir())

    def cards(self):
        """The cards with an entry in the network. Leases of deleted machines expire within the hour."""
        if self.network not in virsh("net-list", "--all", "--name").split():
            return []
        texts = [virsh("net-dumpxml", self.network), virsh("net-dumpxml", "--inactive", self.network)]
        return [line.strip() for text in texts for line in text.splitlines() if "<host " in line]

    def rules(self):
        """The rules that name a guest; rules for the whole network stay while the daemon runs."""
        texts = [run("nft", "list", "table", *table, check=False) for table in self.tables]
        return [line.strip() for text in texts for line in text.splitlines() if self._guest.search(line)]

    @property
    def _guest(self):
        """Finds the address of a guest in a line: neither the network's own nor the host's."""
        return re.compile(re.escape(str(self.subnet[0])[:-1]) + r"(?!0\b|1\b)\d+")

    def open(self, owner):
        """Claims the folder for the lifetime of the process `owner`; FileExistsError when it is taken."""
        self.folder.mkdir(mode=0o755)  # QEMU may run as a user of its own, and reads its disks in here
        (self.folder / "owner").write_text(str(owner))
        self.pool_folder.mkdir()
        self.outside.connect()

    def close(self):
        """Removes everything that exists."""
        for name in self.domains():
            virsh("destroy", name, check=False)
            virsh("undefine", name, "--nvram", "--snapshots-metadata", check=False)
        for pool in self.pools():
            virsh("pool-destroy", pool, check=False)
            virsh("pool-undefine", pool, check=False)
        virsh("net-destroy", self.network, check=False)
        virsh("net-undefine", self.network, check=False)
        for table in self.tables:
            run("nft", "delete", "table", *table, check=False)
        self.outside.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep():
    """Removes objects left by killed tests."""
    for folder in FOLDERS.glob("obox-lab-*"):
        owner = folder / "owner"
        if owner.exists() and not pathlib.Path("/proc", owner.read_text()).exists():
            Estate(int(folder.name.rpartition("-")[2])).close()
