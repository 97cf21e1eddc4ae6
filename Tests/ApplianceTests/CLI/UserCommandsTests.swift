import Glibc
import HTTP
import Store
import Testing

@testable import Appliance

/// `obox user …` without a daemon.
@Suite struct UserCommandsTests {
  private let folder = TemporaryFolder()

  @Test func `an unknown role and a password not read from standard input are refused`()
    async throws
  {
    for (words, named) in [
      (["--username", "noa", "--role", "boss", "--password-stdin"], "--role boss"),
      (["--username", "noa"], "--password-stdin"),
    ] {
      let arguments = try Arguments(["--data", folder["data"]] + words, for: CreateUserCommand.syntax)
      let error = await #expect(throws: CommandFailure.self) {
        try await CreateUserCommand(arguments).run()
      }
      #expect(error?.status == 2)
      #expect(error?.message.hasPrefix(named) == true)
    }
  }

  @Test func `errors of an account name the option`() {
    for (question, words) in [
      (["username": "noa", "password": "short"], "--password: "),
      (["password": "a quiet old place"], "--username: "),
      (["username": "noa", "password": "a quiet old place", "email": "none"], "--email: "),
    ] as [([String: String], String)] {
      let json = question.mapValues { value in .string(value) } as [String: JSONValue]
      let failure = #expect(throws: Failure.self) { try CreateUserCommand.account(.object(json)) }
      #expect(failure.map { CreateUserCommand.words($0).hasPrefix(words) } == true)
    }
  }

  @Test func `an account's name defaults to its username, and it has the given role`() throws {
    let account = try CreateUserCommand.account(
      ["username": "noa", "password": "a quiet old place", "role": "moderator"])
    #expect(account.name == "noa")
    #expect(account.role == .moderator)
  }

  @Test func `the list has one line per account, separated by tabs`() async throws {
    try await TestAppliance.run { test in
      let account = try CreateUserCommand.account(["username": "noa", "password": "a quiet old place"])
      let lines = try await test.appliance.database.write { tx in
        let id = try CreateUserCommand.insert(account, hash: "none", in: tx)
        try tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", id)
        return try ListUsersCommand.lines(in: tx)
      }
      #expect(lines == ["1\tnoa\temployee\t-\tdeactivated\tnoa"])
      #expect(try await test.audited() == ["user_created"])
    }
  }

  /// Runs `obox user` as a process with a password on standard input: its status, and what it wrote.
  private func user(
    _ words: [String], password: String = ""
  ) async throws -> (status: ChildProcess.Status, output: String, error: String) {
    let found = try await ChildProcess.run(
      Daemon.program, ["user"] + words + ["--data", folder["data"]], input: Array("\(password)\n".utf8),
      timeLimit: .seconds(300), environment: ["PATH": "/usr/bin:/bin", "LIBVIRT_URI": "test:///default"])
    return (
      found.status, String(decoding: found.stdout, as: UTF8.self),
      String(decoding: found.stderr, as: UTF8.self)
    )
  }

  @Test func `without a daemon an account is created once, and listed`() async throws {
    let words = ["create", "--username", "noa", "--role", "admin", "--password-stdin"]
    let short = try await user(words, password: "short")
    #expect(short.status == .exited(2) && short.error.contains("--password: "), "\(short.error)")
    let made = try await user(words, password: "a quiet old place")
    #expect(made.status == .exited(0) && made.output == "account noa created (admin)\n", "\(made.error)")
    let again = try await user(words, password: "a quiet old place")
    #expect(again.status == .exited(1) && again.error.contains("--username: "), "\(again.error)")
    let listed = try await user(["list"])
    #expect(
      listed.status == .exited(0) && listed.output == "1\tnoa\tadmin\t-\tactive\tnoa\n", "\(listed.error)")
  }

  @Test func `a command waits for a daemon that is starting, and not for ever`() async throws {
    let site = try SiteOptions.site(try Arguments(["--data", folder["data"]], for: ListUsersCommand.syntax))
    mkdir(folder["data"], 0o700)
    let open = {
      try Database.open(path: site.databasePath, migrations: Migration.all, clock: { 1 }, log: { _ in })
    }
    let starting = try open()
    func ask(_ pause: () async -> Void) async throws {
      try await ControlSocket.ask(["command": "user list"], of: site, pause: pause) {
        await (try open()).close()
      }
    }
    await #expect(throws: CommandFailure.self) { try await ask {} }
    var pauses = 0
    try await ask {
      pauses += 1
      await starting.close()
    }
    #expect(pauses == 1)
  }

  @Test func `a data folder that is a file is refused with its name`() async throws {
    folder.write("data", [1])
    for words in [["list"], ["create", "--username", "noa", "--password-stdin"]] {
      let refused = try await user(words, password: "a quiet old place")
      #expect(refused.status == .exited(1) && refused.error.contains(folder["data"]), "\(refused.error)")
    }
  }
}
