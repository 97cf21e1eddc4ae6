import Glibc
import HTTP
import TestSupport
import Testing

@testable import Appliance

/// Requests of `obox user …` to a running daemon.
@Suite struct ControlSocketTests {
  private static func ask(_ question: JSONValue, _ test: TestAppliance) async throws -> JSONValue {
    let path = ControlSocket.path(test.appliance.site)
    let answer = await onThread { try? ControlSocket.ask(question, at: path) }
    return try #require(answer ?? nil)
  }

  @Test func `without a daemon there is no answer`() throws {
    #expect(try ControlSocket.ask(["command": "user list"], at: "/nowhere/obox.sock") == nil)
    let tooLong = "/tmp/" + String(repeating: "x", count: 200)
    #expect(try ControlSocket.ask(["command": "user list"], at: tooLong) == nil)
  }

  @Test func `invalid accounts and commands are reported and change nothing`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea"])
      for question: JSONValue in [
        ["command": "user destroy"], [:],
        ["command": "user create", "username": "noa", "password": "short"],
        ["command": "user create", "username": "lea", "password": .string(TestAppliance.password)],
      ] {
        #expect(try await Self.ask(question, test)["error"]?.string?.isEmpty == false)
      }
      #expect(try await Self.ask(["command": "user list"], test)["lines"]?.array?.count == 1)
    }
  }

  @Test func `an account created while the daemon runs can sign in at once, and is audited`()
    async throws
  {
    try await TestAppliance.run { test in
      let question: JSONValue = [
        "command": "user create", "username": "noa", "name": "Noa", "role": "admin",
        "password": .string(TestAppliance.password),
      ]
      let created = try await Self.ask(question, test)["lines"]?.array?.first?.string
      #expect(created == "account noa created (admin)")
      let noa = try await test.welcome("noa", at: "home")
      #expect(try await noa.get("/api/admin/users").status == 200)
      let lines =
        try await Self.ask(["command": "user list"], test)["lines"]?.array?.compactMap(\.string) ?? []
      #expect(lines.count == 1 && lines[0].contains("\tnoa\tadmin\t"))
      #expect(try await test.audited().contains("user_created"))
    }
  }

  @Test func `the demo data is removed while the daemon runs`() async throws {
    try await TestAppliance.run { test in
      _ = try await DemoSeed(test.appliance).run()
      let line = try await Self.ask(["command": "demo remove"], test)["lines"]?.array?.first?.string
      #expect(line?.hasPrefix("demo data removed (") == true)
      #expect(try await test.count("SELECT count(*) FROM announcements") == 0)
    }
  }

  @Test func `the socket is accessible to its owner only and removed with the daemon`() async throws {
    try await TestAppliance.run { test in
      let path = ControlSocket.path(test.appliance.site)
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      let again = try await test.restarted()
      #expect(try await Self.ask(["command": "user list"], again)["lines"]?.array?.isEmpty == true)
      await again.appliance.stop()
      #expect(access(path, F_OK) != 0)
    }
  }
}
