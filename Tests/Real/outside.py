"""A computer outside: a network namespace linked to this host, and SSH from there."""

import subprocess


class Outside:
    def __init__(self, number):
        self.name = f"oboxlab{number}"
        self.cable = f"obl{number}"
        self.host_address = f"10.79.{number}.1"
        self.address = f"10.79.{number}.2"

    def connect(self):
        self._ip("netns", "add", self.name)
        self._ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        self._ip("address", "add", f"{self.host_address}/30", "dev", self.cable)
        self._ip("link", "set", self.cable, "up")
        self._ip("-n", self.name, "address", "add", f"{self.address}/30", "dev", "eth0")
        self._ip("-n", self.name, "link", "set", "eth0", "up")

    def _ip(self, *words):
        subprocess.run(["ip", *words], check=True, timeout=10)

    def ssh(self, machine, key_file, *command, user=None, timeout=15):
        """Runs a command in the machine through its public port; None when it is unreachable (yet)."""
        words = [
            "ip", "netns", "exec", self.name, "ssh", "-F", "none", "-q", "-i", key_file, "-p", str(machine["port"]),
            "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=5",
            "-o", "ServerAliveInterval=3", "-o", "ServerAliveCountMax=3",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            f"{user or machine['ssh_user']}@{machine['public_ip']}", *command]
        try:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout + 30)
        except subprocess.TimeoutExpired:
            return None  # it went down in the middle of a word
        return done.stdout.strip() if done.returncode == 0 else None

    def reaches(self, port):
        """Whether anything answers on that port of the public address."""
        probe = f"exec 3<>/dev/tcp/{self.host_address}/{port}"
        words = ["ip", "netns", "exec", self.name, "timeout", "3", "bash", "-c", probe]
        return subprocess.run(words, capture_output=True, timeout=10).returncode == 0

    def close(self):
        for words in (["netns", "delete", self.name], ["link", "delete", self.cable]):
            subprocess.run(["ip", *words], capture_output=True, timeout=10)
