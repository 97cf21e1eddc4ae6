import Glibc
import TestSupport
import Testing

@testable import Appliance

@Suite(.serialized, .timeLimit(.minutes(30))) struct ChildProcessTests {
  @Test func `the error names a missing or invalid program`() async {
    await #expect(throws: ChildProcess.Problem.notFound("/no/such")) {
      try await ChildProcess.run("/no/such", [], timeLimit: .seconds(5))
    }
    await #expect(throws: ChildProcess.Problem.notExecutable("/etc/passwd")) {
      try await ChildProcess.run("/etc/passwd", [], timeLimit: .seconds(5))
    }
  }

  @Test func `at the time limit the child is killed with everything it started`() async throws {
    let folder = TemporaryFolder()
    #expect(mkfifo(folder["alive"], 0o600) == 0)
    // The pipe ends with the last process that has it open for writing. This one does too, since a child
    // killed before it opened the pipe would leave its reader waiting for ever.
    let alive = folder["alive"]
    let reader = open(alive, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let writer = open(alive, O_WRONLY | O_CLOEXEC)
    defer { close(reader) }
    await #expect(throws: ChildProcess.Problem.timedOut("/bin/sh")) {
      try await shell("exec 3>\(alive); sleep 1000 & wait", timeLimit: .milliseconds(500))
    }
    close(writer)
    let end = await onThread {
      var waiting = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      return poll(&waiting, 1, -1) == 1 && waiting.revents == Int16(POLLHUP)
    }
    #expect(end)
  }

  @Test func `cancelling the task kills the child`() async throws {
    let folder = TemporaryFolder()
    #expect(mkfifo(folder["pid"], 0o600) == 0)
    let script = "echo $$ >\(folder["pid"]); exec sleep 1000"
    let task = Task { try await shell(script) }
    // Reading the pipe waits until the script has written its process id.
    let pipe = folder["pid"]
    let text = await onThread { readText(pipe) }
    let pid = try #require(text.flatMap { Int32($0.filter(\.isNumber)) })
    task.cancel()
    await #expect(throws: ChildProcess.Problem.cancelled) { try await task.value }
    #expect(kill(pid, 0) != 0)
  }

  @Test func `the child inherits only its three streams, and no environment`() async throws {
    setenv("OBOX_TEST_SECRET", "x", 1)
    let leaks = [open("/etc/passwd", O_RDONLY | O_CLOEXEC), open("/etc/passwd", O_RDONLY)]
    defer { for leak in leaks { close(leak) } }
    let environment = try await ChildProcess.run("/usr/bin/env", [], timeLimit: .seconds(20))
    #expect(environment.stdout == [])
    let given = try await ChildProcess.run(
      "/usr/bin/env", [], timeLimit: .seconds(20), environment: ["A": "b c"])
    #expect(given.stdout == Array("A=b c\n".utf8))
    // The fourth is the folder, which ls has open.
    let files = try await ChildProcess.run("/bin/ls", ["/proc/self/fd"], timeLimit: .seconds(20))
    #expect(files.stdout == Array("0\n1\n2\n3\n".utf8))
  }

  @Test func `input, output, error output and exit status are passed on`() async throws {
    let input = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let copied = try await ChildProcess.run("/bin/cat", [], input: input, timeLimit: .seconds(30))
    #expect(copied.stdout == input)
    #expect(copied.status == .exited(0) && !copied.isTruncated)
    let failed = try await shell("echo out; echo err >&2; exit 7")
    #expect(failed.stdout == Array("out\n".utf8))
    #expect(failed.stderr == Array("err\n".utf8))
    #expect(failed.status == .exited(7))
    #expect(try await shell("kill -TERM $$").status == .killed(signal: SIGTERM))
  }

  @Test func `output beyond the limit is discarded and reported as truncated`() async throws {
    let output = try await shell("head -c 5000000 /dev/zero; echo end >&2", outputLimit: 1000)
    #expect(output.stdout.count == 1000)
    #expect(output.stderr == Array("end\n".utf8))
    #expect(output.isTruncated)
    #expect(output.status == .exited(0))
  }

  @Test func `a child that does not read its input is handled`() async throws {
    let input = [UInt8](repeating: 0, count: 1_000_000)
    #expect(try await shell("exit 3", input: input).status == .exited(3))
    #expect(try await shell("exec <&-; echo x", input: input).stdout == Array("x\n".utf8))
  }

  @Test func `a grandchild that keeps the pipes open does not delay the result`() async throws {
    #expect(try await shell("sleep 1000 & echo x").stdout == Array("x\n".utf8))
  }

  @Test func `the child starts with default signal handling and can end by SIGPIPE`() async throws {
    signal(SIGPIPE, SIG_IGN)
    let output = try await shell("grep -E 'Sig(Blk|Ign)' /proc/self/status")
    let masks = String(decoding: output.stdout, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .compactMap { UInt64($0, radix: 16) }
    // The C library reserves some signals above the 31 classic ones.
    #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }
}

private func shell(
  _ script: String, input: [UInt8] = [], timeLimit: Duration = .seconds(30), outputLimit: Int = 1 << 20
) async throws -> ChildProcess.Output {
  try await ChildProcess.run(
    "/bin/sh", ["-c", script], input: input, timeLimit: timeLimit, outputLimit: outputLimit)
}
