"""The measured servers, as processes."""

import os
import signal
import socket
import subprocess
import time

# Long enough for a loaded machine; reached only when something is broken.
PATIENCE = 30


class Server:
    """A process that serves HTTP on a loopback port."""

    def __init__(self, words, port=None, environment=None, log=None):
        environment = {"PATH": os.environ["PATH"]} | (environment or {})
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        self.port = port or int(self.process.stdout.readline())

    def first_answer(self):
        """Seconds from the start to the first answered health check."""
        request = b"GET /api/health HTTP/1.1\r\nHost: bench\r\n\r\n"
        while time.monotonic() - self.begun < PATIENCE:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
                    connection.sendall(request)
                    if connection.recv(4096).startswith(b"HTTP/1.1 200 "):
                        return time.monotonic() - self.begun
            except ConnectionRefusedError:
                time.sleep(0.0002)
            if self.process.poll() is not None:
                break
        raise SystemExit("the server does not start")

    def memory(self):
        """Resident memory in bytes, and the part that is not mapped from files."""
        fields = {}
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            for line in status:
                name, value = line.split(":", 1)
                fields[name] = value.split()
        return int(fields["VmRSS"][0]) * 1024, int(fields["RssAnon"][0]) * 1024

    def settle(self, seconds):
        """Waits until the work after a start or a request is done."""
        time.sleep(seconds)

    def cpu(self):
        """Seconds of processor time used so far, from the kernel's per-process clock."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def pin(self, cpus):
        """Pins every thread to the given processors."""
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            os.sched_setaffinity(int(thread), cpus)

    def kill(self):
        """Kills the process."""
        self.process.kill()
        self.process.stdout.close()
        self.process.wait(PATIENCE)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("the server does not stop") from None


def filled(make_server, fill):
    """Starts a server on a folder that an earlier start has created and `fill` has filled."""
    server = make_server()
    server.first_answer()
    server.stop()
    fill()
    return make_server()


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def obox(binary, folder, log, environment=None):
    """`obox serve` on a data folder, with libvirt's test driver and the default access log."""
    port = free_port()
    words = [binary, "serve", "--data", folder, "--listen", f"127.0.0.1:{port}", "--libvirt", "test:///default"]
    return Server(words, port, environment, log)
