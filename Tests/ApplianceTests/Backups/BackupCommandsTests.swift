import Glibc
import Testing

@testable import Appliance

/// The commands as processes of their own.
@Suite(.timeLimit(.minutes(30))) struct BackupCommandsTests {
  private func run(
    _ words: [String], environment: [String: String] = [:]
  ) async throws -> (status: ChildProcess.Status, text: String, error: String) {
    var variables = ["PATH": "/usr/bin:/bin", "LIBVIRT_URI": "test:///default"]
    variables.merge(environment) { _, new in new }
    let output = try await ChildProcess.run(
      Daemon.program, words, timeLimit: .seconds(300), environment: variables)
    return (
      output.status, String(decoding: output.stdout, as: UTF8.self),
      String(decoding: output.stderr, as: UTF8.self)
    )
  }

  @Test func `without a passphrase that may be used, the commands say what to do`() async throws {
    let bench = try await BackupBench()
    let words = ["backup", "create", "--data", bench.data, "--to", bench.folder.path]
    let none = try await run(words)
    #expect(none.status == .exited(2) && none.error.contains("--passphrase-file"), "\(none.error)")
    let short = try await run(words, environment: ["OBOX_BACKUP_PASSPHRASE": "short"])
    #expect(short.status == .exited(2) && short.error.contains("at least 12"), "\(short.error)")
    bench.root.write("open", BackupBench.passphraseText.utf8, mode: 0o644)
    let open = try await run(words + ["--passphrase-file", bench.root["open"]])
    #expect(open.status == .exited(2) && open.error.contains("chmod 600"), "\(open.error)")
    #expect(bench.names(bench.folder.path) == [])
  }

  @Test func `a backup is made, listed, verified, restored and deleted by command`() async throws {
    let bench = try await BackupBench()
    let secret = ["--passphrase-file", bench.root["passphrase"]]
    let made = try await run(["backup", "create", "--data", bench.data, "--to", bench.folder.path] + secret)
    #expect(made.status == .exited(0), "\(made.error)")
    let name = try #require(try bench.folder.list().first?.name)
    #expect(made.text.contains(name))
    #expect(try await run(["backup", "list", "--from", bench.folder.path]).text.contains("\(name)\t"))
    let scratch = bench.root["scratch"]
    mkdir(scratch, 0o700)
    let file = bench.folder.file(name)
    let verified = try await run(
      ["backup", "verify", "--scratch", scratch, file],
      environment: ["OBOX_BACKUP_PASSPHRASE": BackupBench.passphraseText])
    #expect(verified.status == .exited(0) && verified.text.contains("is good"), "\(verified.error)")
    #expect(bench.names(scratch) == [])
    let refused = try await run(["restore", file, "--data", bench.data] + secret)
    #expect(refused.status == .exited(1) && refused.error.contains("--replace"), "\(refused.error)")
    let restored = try await run(["restore", file, "--data", bench.data, "--replace"] + secret)
    #expect(restored.status == .exited(0) && restored.text.contains("restored"), "\(restored.error)")
    let pruned = try await run(["backup", "prune", "--from", bench.folder.path])
    #expect(pruned.text == "nothing to delete\n")
    let wrong = try await run(
      ["backup", "verify", file], environment: ["OBOX_BACKUP_PASSPHRASE": "another passphrase"])
    #expect(wrong.status == .exited(1) && wrong.error.contains("passphrase does not open"), "\(wrong.error)")
  }

  @Test func `the daemon does not start on a folder whose restore was interrupted`() async throws {
    let bench = try await BackupBench()
    mkdir(bench.data + "/obox.restoring", 0o700)
    let refused = try await run(["serve", "--data", bench.data, "--listen", "127.0.0.1:61699"])
    #expect(refused.status == .exited(1) && refused.error.contains("obox restore"), "\(refused.error)")
  }
}
