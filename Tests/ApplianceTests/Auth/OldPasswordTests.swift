import HTTP
import TestSupport
import Testing

@testable import Appliance

@Suite struct OldPasswordTests {
  /// Created by crypt(3) with 32 rounds, from `correct pony battery`.
  private static let tail = "05$abcdefghijklmnopqrstuuJVM0QGYSK9X/s5fH32KTUOp.bJiIAuO"
  private let hasher = PasswordHasher(cost: PasswordCost(passes: 1, memory: 8 << 20))

  @Test func `a hash of the password as typed is accepted and replaced by a normalized one`() async throws {
    try await TestAppliance.run(passwordCost: .cheapest) { test in
      let (typed, composed) = ("correct po\u{301}ny", "correct p\u{F3}ny")
      _ = try await test.person("lea")
      let old = try PasswordHasher.hash(typed, .cheapest)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET password_hash = ?", old)
      }
      func status(_ password: String) async throws -> Int {
        try await test.client(at: "lea").post(
          "/api/auth/login", ["username": "lea", "password": .string(password)]
        ).status
      }
      #expect(try await status(composed) == 401)
      #expect(try await status(typed) == 200)
      #expect(try await status(composed) == 200)
      #expect(try await status(typed) == 200)
    }
  }

  @Test(arguments: [
    "", "$2b$", "$2b$05$short", "$2x$\(tail)", "$2$\(tail)", "$1$\(tail)", "$2b$15\(tail.dropFirst(2))",
    "$2b$03\(tail.dropFirst(2))", "$2b$xx\(tail.dropFirst(2))", "$2b$\(tail)x",
    "$2b$05$abcdefghijklmnopqrstuuJVM0QGYSK9X/s5fH32KTUOp.bJiIAu:",
  ]) func `a hash that is not an acceptable bcrypt hash matches no password`(hash: String) async throws {
    #expect(try await !hasher.verify("correct pony battery", hash: hash))
  }

  @Test(arguments: ["$2a$", "$2b$", "$2y$"])
  func `each kind of hash matches its own password only`(prefix: String) async throws {
    let hash = prefix + Self.tail
    #expect(try await hasher.verify("correct pony battery", hash: hash))
    for wrong in [
      "", "correct pony batter", "correct pony battery\0", "correct pony battery\0x", "Correct pony battery",
    ] {
      #expect(try await !hasher.verify(wrong, hash: hash), "\(wrong)")
    }
    #expect(hasher.needsRehash(hash))
  }

  @Test func `sign-in replaces an older hash; a wrong password keeps it`() async throws {
    try await TestAppliance.run(passwordCost: .least) { test in
      _ = try await test.person("lea")
      let database = test.appliance.database
      let old = "$2y$" + Self.tail
      try await database.write { tx in try tx.execute("UPDATE users SET password_hash = ?", old) }
      func stored() async throws -> String? {
        try await database.read { try $0.first("SELECT password_hash FROM users", map: { $0.text(0) }) }
      }
      let home = test.client(at: "lea")
      let wrong = try await home.post("/api/auth/login", ["username": "lea", "password": "wrong"])
      #expect(wrong.code == "INVALID_CREDENTIALS")
      #expect(try await stored() == old)
      let right: JSONValue = ["username": "lea", "password": .string(TestAppliance.password)]
      #expect(try await home.post("/api/auth/login", right).status == 200)
      #expect(try await stored()?.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") == true)
      #expect(try await home.post("/api/auth/login", right).status == 200)
    }
  }

  @Test func `sign-in replaces a hash of another cost, and the cost survives a restart`()
    async throws
  {
    let cost = PasswordCost(passes: 3, memory: 32 << 20)
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      test.appliance.passwords.setCost(cost)
      let login = try await test.client(at: "lea").post(
        "/api/auth/login", ["username": "lea", "password": .string(TestAppliance.password)])
      #expect(login.status == 200)
      let hash = try await test.appliance.database.read {
        try $0.first("SELECT password_hash FROM users", map: { $0.text(0) })
      }
      #expect(hash?.hasPrefix("$argon2id$v=19$m=32768,t=3,p=1$") == true)
    }
    #expect(PasswordCost(stored: cost.stored) == cost)
    for bad in ["", "3", "1:33554432", "3:1", "99:33554432", "3:999999999999", "a:b"] {
      #expect(PasswordCost(stored: Array(bad.utf8)) == nil, "\(bad)")
    }
  }

  @Test func `the first start measures the cost, the next one keeps it`() async throws {
    let folder = TemporaryFolder()
    var costs: [PasswordCost] = []
    for _ in 0..<2 {
      var configuration = try Configuration.load(file: nil, environment: ["LIBVIRT_URI": "test:///default"])
      configuration.port = 0
      configuration.listenAddress = "127.0.0.1"
      let appliance = try Appliance(
        site: Site(configuration: configuration, dataFolder: folder.path), log: Log(level: .error))
      let database = appliance.database
      database.observeCommits { anything.signal() }
      _ = try await appliance.start()
      var stored: [UInt8]?
      _ = try await anything.wait {
        stored = try await database.read {
          try $0.first("SELECT value FROM settings WHERE name = 'password-cost-50ms'", map: { $0.blob(0) })
        }
        return stored != nil
      }
      let cost = try #require(stored.flatMap(PasswordCost.init(stored:)))
      await eventually { appliance.passwords.hasher.cost == cost }
      costs.append(cost)
      await appliance.stop()
    }
    #expect(costs[0] == costs[1])
  }
}
