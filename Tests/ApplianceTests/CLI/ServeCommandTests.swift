import Glibc
import HTTP
import Store
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// `obox serve` as a process: what keeps it from starting, what it says, and what signals do.
@Suite(.timeLimit(.minutes(30))) struct ServeCommandTests {
  private let folder = TemporaryFolder()

  private static let environment = [
    "PATH": "/usr/bin:/bin", "LIBVIRT_URI": "test:///default", "LOG_LEVEL": "info",
    "NETWORK_NAME": "serve\(getpid())",
  ]

  /// Runs a command that ends by itself: its status, and what it wrote to standard error.
  private func refused(_ words: [String]) async throws -> (status: ChildProcess.Status, error: String) {
    let output = try await ChildProcess.run(
      Daemon.program, words, timeLimit: .seconds(300), environment: Self.environment)
    return (output.status, String(decoding: output.stderr, as: UTF8.self))
  }

  private func serve(_ port: Int, _ words: String...) throws -> Daemon {
    try Daemon(
      ["serve", "--data", folder["data"], "--listen", "127.0.0.1:\(port)"] + words,
      environment: Self.environment)
  }

  /// Ports that no test of this suite has had, in a range that no other suite has: each is given away once, because the
  /// daemon takes it a while later.
  private static let ports = Mutex((61_700...61_999).shuffled())

  private static func port(heldBy holds: PortHolds) throws -> Int {
    try #require(
      ports.withLock { ports in
        while let port = ports.popLast() { if holds.claim(port) { return port } }
        return nil
      })
  }

  /// A port that nobody has. Another program could still take it before the daemon does.
  private static func freePort() throws -> Int {
    let holds = PortHolds()
    defer { holds.releaseAll() }
    return try port(heldBy: holds)
  }

  private static func health(_ port: Int) async throws -> Int {
    try await TestClient(port: port).get("/api/health").status
  }

  @Test
  func `a failed start is explained in one line, and usage errors have their own status`() async throws {
    folder.write("file", [1])
    folder.write("wrong.conf", "PORT=many\n".utf8)
    let holds = PortHolds()
    defer { holds.releaseAll() }
    let taken = try Self.port(heldBy: holds)
    for (words, status, message) in [
      (["--nonsense"], 2, "--nonsense"),
      (["--data", folder["file"]], 1, "not a folder"),
      (["--data", folder["data"], "--config", folder["wrong.conf"]], 2, "PORT"),
      (["--data", folder["data"], "--listen", "127.0.0.1:\(taken)"], 1, "\(taken)"),
    ] as [([String], Int32, String)] {
      let (found, error) = try await refused(["serve"] + words)
      #expect(found == .exited(status), "\(words): \(error)")
      let line = error.split(separator: "\n").first { $0.hasPrefix("obox: ") }
      #expect(line?.contains(message) == true, "\(words): \(error)")
    }
  }

  @Test func `a database of a newer version is refused with a status of its own and what to do`() async throws
  {
    mkdir(folder["data"], 0o700)
    let future = Migration(99_999, "future", sql: "CREATE TABLE future (id INTEGER PRIMARY KEY) STRICT")
    let database = try Database.open(
      path: folder["data"] + "/obox.db", migrations: Migration.all + [future], clock: { 1 }, log: { _ in })
    await database.close()
    let (status, error) = try await refused([
      "serve", "--data", folder["data"], "--listen", "127.0.0.1:\(try Self.freePort())",
    ])
    #expect(status == .exited(CommandFailure.needsPerson))
    #expect(error.contains("Install the newer version again"), "\(error)")
  }

  @Test func `a data folder in use is refused naming its process, and the first daemon continues`()
    async throws
  {
    let port = try Self.freePort()
    let first = try serve(port)
    try await first.line(with: "is running at")
    let (status, error) = try await refused([
      "serve", "--data", folder["data"], "--listen", "127.0.0.1:\(try Self.freePort())",
    ])
    #expect(status == .exited(1))
    #expect(error.contains("already in use by OBox (process \(first.process))"), "\(error)")
    #expect(try await Self.health(port) == 200)
    first.send(SIGINT)
    #expect(await first.ended() == 0)
  }

  @Test func `a command that has the data folder for a moment is waited for, and not for ever`() async throws
  {
    let site = try SiteOptions.site(try Arguments(["--data", folder["data"]], for: ServeCommand.syntax))
    mkdir(folder["data"], 0o700)
    let open = {
      try Database.open(path: site.databasePath, migrations: Migration.all, clock: { 1 }, log: { _ in })
    }
    let command = try open()
    await #expect(throws: StoreError.self) { try await ServeCommand.open(site, pause: {}, open) }
    var pauses = 0
    let opened = try await ServeCommand.open(
      site,
      pause: {
        pauses += 1
        await command.close()
      }, open)
    await opened.close()
    #expect(pauses == 1)
  }

  @Test func `a new installation prints its URL, and the setup link until there is an administrator`()
    async throws
  {
    let port = try Self.freePort()
    let daemon = try serve(port)
    try await daemon.line(with: "OBox \(Version.text) is running at ")
    try await daemon.line(with: "Data folder: \(folder["data"])")
    try await daemon.line(with: "No administrator yet")
    let link = try await daemon.line(with: "token=")
    let token = try #require(link.firstMatch(of: /token=([A-Za-z0-9_-]+)/)?.1)
    let made = try await TestClient(port: port).post(
      "/api/setup",
      [
        "token": .string(String(token)), "username": "root", "email": "root@example.org",
        "password": .string(TestAppliance.password),
      ])
    #expect([200, 201].contains(made.status), "\(made.text)")
    daemon.send(SIGTERM)
    #expect(await daemon.ended() == 0)

    let next = try serve(port)
    try await next.line(with: "Hypervisor: test:///default")
    // Whatever comes after that line was written before the first answer.
    #expect(try await Self.health(port) == 200)
    next.send(SIGTERM)
    await #expect(throws: Daemon.Failure.self) { try await next.line(with: "No administrator") }
    #expect(await next.ended() == 0)
  }

  @Test(.enabled(if: OpenSSL.isThere))
  func `with TLS=auto the start prints the fingerprint that the port shows, and keeps the certificate`()
    async throws
  {
    folder.write("obox.conf", "TLS=auto\n".utf8)
    var fingerprints: [String] = []
    for _ in 0..<2 {
      let port = try Self.freePort()
      let daemon = try serve(port, "--config", folder["obox.conf"])
      try await daemon.line(with: "is running at https://")
      let line = try await daemon.line(with: "SHA-256: ")
      #expect(try await daemon.line(with: "token=").contains("https://"))
      let shown = try await OpenSSL.fingerprint(of: port)
      #expect(line.hasSuffix(shown) && shown.utf8.count == 95)
      fingerprints.append(shown)
      daemon.send(SIGTERM)
      #expect(await daemon.ended() == 0)
    }
    #expect(fingerprints[0] == fingerprints[1])
  }

  @Test func `demo accounts have the same password at every start`() async throws {
    var passwords: [String] = []
    for _ in 0..<2 {
      let daemon = try serve(try Self.freePort(), "--demo")
      try await daemon.line(with: "Demo accounts: ")
      passwords.append(try await daemon.line(with: "password: "))
      daemon.send(SIGTERM)
      #expect(await daemon.ended() == 0)
    }
    #expect(passwords[0] == passwords[1])
  }

  @Test
  func `SIGHUP reports an invalid configuration, and restarts with a valid one in the same process`()
    async throws
  {
    let port = try Self.freePort()
    folder.write("obox.conf", "PUBLIC_URL=https://one.example.org\n".utf8)
    let daemon = try serve(port, "--config", folder["obox.conf"])
    try await daemon.line(with: "is running at https://one.example.org")
    for (text, named) in [
      ("PUBLIC_URL=nowhere\n", "PUBLIC_URL"), ("TLS_CERT=/no/cert\nTLS_KEY=/no/key\n", "/no/cert"),
    ] {
      folder.write("obox.conf", text.utf8)
      daemon.send(SIGHUP)
      let line = try await daemon.line(with: "configuration not reloaded")
      #expect(line.contains(named), "\(line)")
      #expect(try await Self.health(port) == 200)
    }
    folder.write("obox.conf", "PUBLIC_URL=https://two.example.org\n".utf8)
    daemon.send(SIGHUP)
    try await daemon.line(with: "is running at https://two.example.org")
    #expect(try await Self.health(port) == 200)
    daemon.send(SIGTERM)
    #expect(await daemon.ended() == 0)
  }
}
