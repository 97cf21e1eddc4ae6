"""make bench: start, memory, size and requests of the release binary, in one run."""

import os
import statistics
import subprocess
import sys
import tempfile

import backup
import chat
import crash
import fixture
import intranet
import learning
import load
import peak
import records
import search
import servers
import sign_in
import upload

STARTS = 9
ROUNDS = 5
SETTLING = 4

here = os.path.dirname(os.path.abspath(__file__))
rows = []


def row(name, measured, unit, aim=None, digits=1, note="", least=False):
    """One line of the table; the aim is an upper limit, or with `least` a lower one."""
    mark = "" if aim is None else "yes" if (measured > aim if least else measured < aim) else "NO"
    wanted = "" if aim is None else f"{'>' if least else '<'} {aim:,} {unit}"
    rows.append((name, f"{measured:,.{digits}f} {unit}", wanted, mark, note))


def main(binary):
    with tempfile.TemporaryDirectory(prefix="obox-bench-") as folder:
        stripped = os.path.join(folder, "obox")
        subprocess.run(["strip", "-o", stripped, binary], check=True)
        bare, fanout, sockets = (compiled(folder, name) for name in ("bare", "fanout", "sockets"))
        # The access log at its usual level, in a file as a service manager would have it.
        with open(os.path.join(folder, "log"), "wb") as log:
            measure(stripped, bare, folder, log)
            measure_chat(stripped, fanout, sockets, folder, log)
            measure_peak(stripped, folder, log)
            measure_search(stripped, os.path.join(folder, "search"), log)
            measure_organisation(intranet, stripped, bare, os.path.join(folder, "intranet"), log)
            measure_organisation(learning, stripped, bare, os.path.join(folder, "learning"), log)
            crash.measure(stripped, folder, log, row)
            backup.measure(stripped, sockets, folder, log, row)
    show()


def measure(binary, bare, folder, log):
    data = os.path.join(folder, "data")
    prepare(binary, data, log)
    measure_start(binary, folder, data, log)
    server = servers.obox(binary, data, log, {"SOCKET_FRAMES": "1000000"})
    yardstick = servers.Server([bare])
    server.first_answer()
    try:
        cookie = measure_memory(server)
        row("stripped binary", os.path.getsize(binary) / 1e6, "MB", 25)
        measure_requests(server, yardstick, cookie)
        records.measure(server, yardstick, cookie, row)
        sign_in.measure(server, cookie, row)
        upload.measure(server, yardstick, cookie, row)
    finally:
        yardstick.stop()
        server.stop()


def prepare(binary, data, log):
    """A data folder in use: created by the binary, then filled."""
    server = servers.obox(binary, data, log, fixture.ADMIN)
    server.first_answer()
    fixture.sign_in(server)
    server.stop()
    fixture.fill(os.path.join(data, "obox.db"))
    sign_in.fill(os.path.join(data, "obox.db"))
    records.fill(os.path.join(data, "obox.db"))


def measure_start(binary, folder, data, log):
    def start(path):
        server = servers.obox(binary, path, log)
        seconds = server.first_answer()
        used = server.cpu()
        server.stop()
        return seconds * 1000, used * 1000

    start(data)
    used = [start(data) for _ in range(STARTS)]
    fresh = [start(os.path.join(folder, f"fresh-{number}")) for number in range(STARTS)]
    for name, starts in (("start on a used folder", used), ("start on an empty folder", fresh)):
        times, cpu = zip(*starts)
        note = f"{min(times):.1f} to {max(times):.1f}, of it {statistics.median(cpu):.1f} ms CPU"
        row(name, statistics.median(times), "ms", 50, note=note)


def measure_memory(server):
    server.settle(SETTLING)
    resident, anonymous = server.memory()
    row("resident memory, idle", resident / 1e6, "MB", 30, note=f"{anonymous / 1e6:.1f} of it no file's")
    for _ in range(3):
        cookie = fixture.sign_in(server)
    server.settle(SETTLING)
    resident, anonymous = server.memory()
    row("… after three sign-ins", resident / 1e6, "MB", 30, note=f"{anonymous / 1e6:.1f} of it no file's")
    return cookie


def measure_requests(server, yardstick, cookie):
    length = fixture.check_list(server, cookie)
    signed_in = [f"Cookie: {cookie}"]
    targets = {
        "bare libevent": (yardstick, "/", (), None),
        "GET /api/health": (server, "/api/health", (), 30),
        f"GET /api/vms, {fixture.MACHINES} machines": (server, "/api/vms", signed_in, 150),
    }
    samples = {name: [] for name in targets}
    # Alternating, so that load from other processes affects all of them.
    for _ in range(ROUNDS):
        for name, (target, path, headers, _) in targets.items():
            samples[name].append(load.Sample(target, path, headers))
    yard = samples["bare libevent"]
    for name, (*_, aim) in targets.items():
        taken = samples[name]
        ratio = statistics.median(a.microseconds / b.microseconds for a, b in zip(taken, yard))
        rate = statistics.median(sample.per_second for sample in taken)
        note = f"{rate:,.0f} requests/s, {ratio:.2f} × bare libevent" + (f", {length:,} bytes" if aim == 150 else "")
        row(name, statistics.median(sample.microseconds for sample in taken), "µs CPU", aim, note=note)


def measure_chat(binary, fanout, sockets, folder, log):
    data, tokens = os.path.join(folder, "data"), os.path.join(folder, "tokens")
    with open(tokens, "w", encoding="ascii") as file:
        file.write("\n".join(chat.fill(os.path.join(data, "obox.db"))))
    server = servers.obox(binary, data, log, chat.ENVIRONMENT)
    yardstick = servers.Server([fanout])
    try:
        server.first_answer()
        chat.measure(server, yardstick, sockets, tokens, folder, row)
    finally:
        yardstick.stop()
        server.stop()
    server = servers.obox(binary, data, log, chat.ENVIRONMENT)
    try:
        server.first_answer()
        chat.measure_idle(server, sockets, tokens, row)
    finally:
        server.stop()


def measure_peak(binary, folder, log):
    server = servers.obox(binary, os.path.join(folder, "data"), log)
    try:
        server.first_answer()
        server.settle(SETTLING)
        peak.measure(server, row)
    finally:
        server.stop()


def measure_search(binary, data, log):
    search.run(lambda: servers.obox(binary, data, log, fixture.ADMIN), data, fixture.sign_in, row)


def measure_organisation(part, binary, bare, data, log):
    yardstick = servers.Server([bare])
    try:
        part.run(lambda: servers.obox(binary, data, log, fixture.ADMIN), yardstick, data, fixture.sign_in, row)
    finally:
        yardstick.stop()


def compiled(folder, name):
    program, source = os.path.join(folder, name), os.path.join(here, f"{name}.c")
    subprocess.run([compiler(), "-O2", "-o", program, source, "-levent"], check=True)
    return program


def compiler():
    for name in ("cc", "clang", "gcc"):
        if any(os.access(os.path.join(path, name), os.X_OK) for path in os.get_exec_path()):
            return name
    raise SystemExit("there is no C compiler")


def show():
    rows.insert(0, ("", "measured", "aim", "met", ""))
    widths = [max(len(line[column]) for line in rows) for column in range(5)]
    for name, measured, aim, mark, note in rows:
        print(f"{name:<{widths[0]}}  {measured:>{widths[1]}}  {aim:<{widths[2]}}  {mark:<3}  {note}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1])
