import Glibc
import Testing

@testable import Appliance

/// Programs that read files of strangers.
@Suite(.timeLimit(.minutes(30))) struct ConfinedProgramTests {
  @Test func `a program that is missing gives an error, and one that writes a file is stopped`() async throws
  {
    await #expect(throws: ChildProcess.Problem.self) {
      try await ChildProcess.run(
        "/usr/bin/no-such-program", [], input: [], timeLimit: .seconds(60), outputLimit: 100)
    }
    let path = "/tmp/obox-confined-\(getpid())"
    defer { unlink(path) }
    _ = try await ConfinedProgram.run("/bin/sh", ["-c", "echo written > \(path)"], [], limit: 1000)
    var status = stat()
    #expect(stat(path, &status) != 0 || status.st_size == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root may give capabilities"))
  func `the capabilities that the daemon has for nft are not passed on`() async throws {
    let given = ["--reuid=65534", "--inh-caps=+net_admin", "--ambient-caps=+net_admin"]
    let read = ["/bin/cat", "/proc/self/status"]
    func capabilities(_ command: [String]) async throws -> [String] {
      let output = try await ChildProcess.run(
        "/usr/bin/setpriv", given + command, input: [], timeLimit: .seconds(60), outputLimit: 100_000)
      return String(decoding: output.stdout, as: UTF8.self).split(separator: "\n")
        .filter { $0.hasPrefix("CapEff") || $0.hasPrefix("CapAmb") || $0.hasPrefix("CapInh") }
        .map { String($0.suffix(16)) }
    }
    #expect(try await capabilities(read) == Array(repeating: "0000000000001000", count: 3))
    #expect(
      try await capabilities(ConfinedProgram.wrapper + read)
        == Array(repeating: "0000000000000000", count: 3))
  }
}
