"""Requests per second with wrk, and the server's processor time for them."""

import os
import re
import subprocess

SECONDS = 1
CONNECTIONS = 8

# With two or more processors, the server has one of its own, and the load generator runs on another.
CPUS = sorted(os.sched_getaffinity(0))
SERVER_CPUS, LOAD_CPUS = ({CPUS[0]}, {CPUS[-1]}) if len(CPUS) > 1 else (set(CPUS), set(CPUS))


class Sample:
    """One round against one server: microseconds of processor time per request, and requests per second."""

    def __init__(self, server, path, headers=()):
        words = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s"]
        for header in headers:
            words += ["--header", header]
        server.pin(SERVER_CPUS)
        before = server.cpu()
        output = subprocess.run(
            words + [f"http://127.0.0.1:{server.port}{path}"], check=True, capture_output=True, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, LOAD_CPUS)).stdout
        used = server.cpu() - before
        requests = int(re.search(r"(\d+) requests in", output)[1])
        if requests == 0 or "Non-2xx" in output or "Socket errors" in output:
            raise SystemExit(f"wrk was not answered well:\n{output}")
        self.microseconds = used * 1e6 / requests
        self.per_second = float(re.search(r"Requests/sec:\s*([\d.]+)", output)[1])
