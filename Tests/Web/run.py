"""Runs all browser tests, two modules at a time, each worker with its own server and browser.

run.py               starts the workers and prints what they say; fails when one of them fails
run.py --queue FILE  a worker: takes the first module out of the file until it is empty
"""

import argparse
import fcntl
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORKERS = 2
# The modules that take longest, so that the workers end at about the same time.
LONGEST_FIRST = ["test_accessibility", "test_tabs", "test_chat", "test_screens", "test_chat_compose", "test_accounts"]


def modules():
    found = sorted(path.stem for path in HERE.glob("test_*.py"))
    return [one for one in LONGEST_FIRST if one in found] + [one for one in found if one not in LONGEST_FIRST]


def take(queue):
    """The first module in the file, which no longer contains it; None when it is empty."""
    with open(queue, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        waiting = file.read().split()
        file.seek(0)
        file.truncate()
        file.write("\n".join(waiting[1:]))
        return waiting[0] if waiting else None


def work(queue):
    passed = True
    while module := take(queue):
        before = time.monotonic()
        tests = unittest.defaultTestLoader.loadTestsFromName(module)
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
        print(f"{module}: {time.monotonic() - before:.0f} s", flush=True)
        passed = passed and result.wasSuccessful()
    return passed


def tell(number, lines):
    for line in lines:
        print(f"[{number}] {line}", end="", flush=True)


def start(number, queue):
    """A worker, and the thread that prints what it says."""
    server = HERE.parents[1] / "scripts" / "with-server.sh"
    command = [server, sys.executable, "-u", __file__, "--queue", queue]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    teller = threading.Thread(target=tell, args=(number, worker.stdout))
    teller.start()
    return worker, teller


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--queue")
    queue = parser.parse_args().queue
    if queue:
        return work(queue)
    descriptor, queue = tempfile.mkstemp()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(modules()))
    try:
        workers = [start(number + 1, queue) for number in range(WORKERS)]
        for _, teller in workers:
            teller.join()
        # A module that is still waiting has lost its workers.
        left = Path(queue).read_text(encoding="utf-8").split()
        if left:
            print("not run:", *left)
        return all(worker.wait() == 0 for worker, _ in workers) and not left
    finally:
        os.unlink(queue)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
