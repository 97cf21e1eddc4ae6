import HTTP
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct AuditTests {
  @Test func `nobody can change or delete audit entries`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      for sql in [
        "UPDATE audit SET actor_name = 'x'", "UPDATE audit SET count = 0, last_at = at",
        "UPDATE audit SET count = count + 1, last_at = at, details = 'x'",
        "UPDATE audit SET count = count + 1, last_at = at - 1", "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit (id, at, action, outcome) VALUES (1, 0, 'x', 'maybe')",
      ] {
        await #expect(throws: StoreError.self) {
          try await test.appliance.database.write { try $0.execute(sql) }
        }
      }
      #expect(try await test.audited() == ["sign_in"])
      let lea = try await test.welcome("lea", at: "lea")
      #expect(try await lea.get("/api/admin/audit").status == 403)
      #expect(try await lea.get("/api/admin/audit.csv").status == 403)
    }
  }

  @Test func `sign-ins, refusals, takeovers and sign-outs are recorded, but never typed text`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      try await test.accounts(["lea"])
      let secret = "my secret pony battery"
      for name in ["lea", secret] {
        _ = try await test.client.post(
          "/api/auth/login", ["username": .string(name), "password": .string(secret)])
      }
      _ = try await test.welcome("lea", at: "desk")
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      let home = try await test.welcome("lea", at: "home", takeover: true)
      _ = try await home.post("/api/auth/logout")
      let log = Array((try await boss.get("/api/admin/audit").json.array ?? []).reversed().dropFirst())
      #expect(
        log.map { $0["action"]?.string ?? "" } == [
          "sign_in_refused", "sign_in_refused", "sign_in", "sign_in_refused", "takeover", "sign_in",
          "sign_out",
        ])
      #expect(log[0]["subject"]?["name"]?.string == "Lea")
      #expect(log[0]["actor"] == .null)
      #expect(log[1]["subject"] == .null)
      #expect(log[3]["code"]?.string == "ALREADY_LOGGED_IN")
      #expect(log[6]["actor"]?["name"]?.string == "Lea")
      #expect(try await !boss.get("/api/admin/audit.csv").text.contains("pony"))
    }
  }

  /// A day after the rows created by `fill`.
  private static let later = Clock { 1_700_100_000_000 }

  private func fill(_ test: TestAppliance, _ count: Int) async throws {
    try await test.appliance.database.write { tx in
      for number in 1...count {
        try tx.execute(
          """
          INSERT INTO audit (at, actor_id, actor_name, action, subject_type, subject_id, subject_name, outcome)
          VALUES (?, ?, ?, ?, 'user', ?, ?, 'ok')
          """, 1_700_000_000_000 + Int64(number) * 1000, number % 10 + 1000, "Actor \(number % 10)",
          number % 2 == 0 ? "user_created" : "user_changed", number, "Person \(number)")
      }
    }
  }

  @Test func `the log is filtered, searched and paged, even if the match is far back`() async throws {
    try await TestAppliance.run(clock: Self.later) { test in
      let boss = try await test.person("boss", role: .admin)
      try await fill(test, AuditQuery.window + 50)
      func ids(_ query: String) async throws -> ([String], String?) {
        let answer = try await boss.get("/api/admin/audit?\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        return (
          (answer.json.array ?? []).compactMap { $0["subject"]?["id"]?.string },
          answer.headers["x-next-before"]
        )
      }
      #expect(try await ids("action=user_created&limit=2").0 == ["20050", "20048"])
      #expect(try await ids("actor=1003&limit=2").0 == ["20043", "20033"])
      #expect(try await ids("q=PERSON+20049").0 == ["20049"])
      let from = "2023-11-14T22:13:25Z"
      #expect(try await ids("from=\(from)&to=1700000007000").0 == ["6", "5"])
      // The first range of rows has no match; the response says where to continue, and there the log ends.
      let (none, next) = try await ids("q=Person+17%25")
      #expect(none == [])
      let place = try #require(next)
      #expect(try await ids("q=Person+17%25&before=\(place)") == ([], nil))
      #expect(try await ids("q=Person+7&before=\(place)").0.last == "7")
      let (found, further) = try await ids("q=Person+7&limit=500&to=1700000100000")
      #expect(found == ["79", "78", "77", "76", "75", "74", "73", "72", "71", "70", "7"])
      #expect(further == nil)
      let (first, start) = try await ids("q=Person+3&actor=1003&limit=500&to=1700000040000")
      #expect(first == ["33", "3"])
      #expect(start == nil)
      for query in ["action=x", "actor=x", "from=yesterday", "to=2023-13-01"] {
        #expect(try await boss.get("/api/admin/audit?\(query)").status == 400, "\(query)")
      }
    }
  }

  @Test func `the plan of each filter uses an index`() async throws {
    try await TestAppliance.run { test in
      for (condition, index) in [
        ("", "INTEGER PRIMARY KEY"), (" AND action = ?", "audit_by_action"),
        (" AND actor_id = ?", "audit_by_actor"),
        (" AND actor_id = 1 AND action = ?", "audit_by_actor_and_action"),
      ] {
        let sql = "SELECT \(AuditEntry.columns) FROM audit WHERE id < ?\(condition) ORDER BY id DESC LIMIT 10"
        let plan = try await test.appliance.database.read { connection in
          try connection.query(
            "EXPLAIN QUERY PLAN " + sql, arguments: condition.isEmpty ? [1] : [1, "x"]
          ) { $0.text(3) }
        }
        #expect(plan.contains { $0.contains(index) }, "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("B-TREE") }, "\(plan)")
      }
    }
  }

  @Test func `cells of the CSV file are not run as formulas`() async throws {
    var csv = CSVText()
    csv.row(["=1+1", " @SUM(A1)", "-2", "\tx", "a\"b,c\nd", "Zoé", "\u{ff1d}1", ""])
    let text = String(decoding: csv.bytes.dropFirst(3), as: UTF8.self)
    #expect(csv.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      text == "\"'=1+1\",\"' @SUM(A1)\",\"'-2\",\"'\tx\",\"a\"\"b,c\nd\",\"Zoé\",\"'\u{ff1d}1\",\"\"\r\n")

    try await TestAppliance.run(clock: Self.later) { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.accounts(["eve"])[0]
      _ = try await boss.send("PATCH", "/api/users/\(id)", ["name": "=HYPERLINK(\"http://evil\")"])
      try await fill(test, 1200)
      let table = try await boss.get("/api/admin/audit.csv")
      #expect(table.headers["content-type"] == "text/csv; charset=utf-8")
      #expect(table.text.contains("\"'=HYPERLINK(\"\"http://evil\"\")\"") == false)
      let lines = table.text.split(separator: "\r\n")
      let rows = try await test.audited().count
      #expect(lines.count == 1 + rows)
      #expect(lines.first?.contains("\"actorName\"") == true)
      _ = try await boss.send("PATCH", "/api/users/\(id)", ["phone": "1"])
      #expect(
        try await boss.get("/api/admin/audit.csv?limit=1").text.contains(
          "\"'=HYPERLINK(\"\"http://evil\"\")\""))
      let part = try await boss.get("/api/admin/audit.csv?limit=10")
      #expect(part.text.split(separator: "\r\n").count == 11)
      #expect(part.headers["x-next-before"] != nil)
    }
  }

  @Test func `entries older than a year are deleted, and no younger ones`() async throws {
    try await TestAppliance.run { test in
      let now = test.appliance.clock.now()
      let ages: [Int64] = [400, 366, 364, 0]
      try await test.appliance.database.write { tx in
        for age in ages {
          try tx.execute(
            "INSERT INTO audit (at, action, outcome, details) VALUES (?, 'setup', 'ok', ?)",
            now - age * 24 * 3600 * 1000, String(age))
        }
        _ = try test.appliance.jobs.enqueue("audit.tidy", in: tx)
      }
      func left() throws -> [String] {
        try test.appliance.database.readNow {
          try $0.query("SELECT details FROM audit ORDER BY id") { $0.text(0) }
        }
      }
      await eventually { (try? left()) == ["364", "0"] }
    }
  }

  @Test(
    arguments: [
      ("2023-11-14", 1_699_920_000_000), ("2023-11-14T22:13:20Z", 1_700_000_000_000),
      ("2023-11-14T22:13:20.5Z", 1_700_000_000_500), ("1700000000000", 1_700_000_000_000),
      ("2023-11-14T22:13:20.1239Z", 1_700_000_000_123),
    ] as [(String, Int64)])
  func `times are parsed in every format of the clients`(text: String, milliseconds: Int64) {
    #expect(TimeText.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    "", "yesterday", "2023-13-01", "2023-11-14T25:00:00Z", "2023-11-14T22:13:20", "2023-11-14T22:13:20.Z",
    "2023-11-14T22:13:20+01:00", "20a3-11-14", "2023/11/14", String(repeating: "1", count: 40),
  ])
  func `an invalid time is not parsed`(text: String) {
    #expect(TimeText.milliseconds(text) == nil)
  }
}
