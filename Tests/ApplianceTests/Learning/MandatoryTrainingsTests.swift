import HTTP
import Testing

@testable import Appliance

/// Mandatory trainings: who has done them and who is late, reminders, recommendations, home.
@Suite(.timeLimit(.minutes(30))) struct MandatoryTrainingsTests {
  private static let start: Int64 = 1_792_000_000_000
  private static let day: Int64 = 24 * 3_600_000

  private static func states(_ client: TestClient, _ id: String, _ query: String = "") async throws
    -> [String: String]
  {
    let answer = try await client.get("/api/trainings/\(id)/compliance\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return Dictionary(
      (answer.json["people"]?.array ?? []).map {
        ($0["name"]?.string?.lowercased() ?? "", $0["state"]?.string ?? "")
      }, uniquingKeysWith: { $1 })
  }

  private static func at(_ days: Int64) -> JSONValue { .string("\(start + days * day)") }

  @Test func `the report is for those who lead the training`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, max) = (try await test.person("lea"), try await test.person("max"))
      let id = try await TrainingsTests.made(boss, ["instructorId": .string(String(test.id("max")))])
      #expect(try await lea.get("/api/trainings/\(id)/compliance").status == 403)
      #expect(try await lea.post("/api/trainings/\(id)/remind").status == 403)
      #expect(try await max.get("/api/trainings/\(id)/compliance?state=asleep").status == 400)
      #expect(try await max.get("/api/trainings/\(id)/compliance").status == 200)
      #expect(try await max.post("/api/trainings/\(id)/remind").code == "TRAINING_NOT_MANDATORY")
      #expect(try await lea.notices().isEmpty)
    }
  }

  @Test func `the report says who has done it, who is registered, who is late and who has to renew it`()
    async throws
  {
    let time = ManualTime(Self.start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam, zoe) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("zoe")
      )
      let id = try await TrainingsTests.made(
        boss,
        [
          "startDate": Self.at(20), "endDate": .null, "isMandatory": true, "dueDate": Self.at(30),
          "validMonths": 1,
          "maxParticipants": 1, "audience": ["role:employee"],
        ])
      #expect(try await lea.notices() == ["training_mandatory 1 Mandatory training: Premiers secours"])
      for person in [lea, sam] { _ = try await person.post(TrainingsTests.path(id)) }
      #expect(try await Self.states(boss, id) == ["lea": "registered", "sam": "waiting", "zoe": "missing"])
      #expect(try await Self.states(boss, id, "?state=missing") == ["zoe": "missing"])
      #expect(try await boss.post("/api/trainings/\(id)/remind").json["count"]?.int == 1)
      #expect(try await zoe.notices() == ["training_mandatory 2 Mandatory training: Premiers secours"])
      time.advance(by: .seconds(21 * 24 * 3600))
      _ = try await boss.send("PATCH", "\(TrainingsTests.path(id))/\(test.id("lea"))", ["attended": true])
      #expect(try await Self.states(boss, id) == ["lea": "done", "sam": "missing", "zoe": "missing"])
      time.advance(by: .seconds(10 * 24 * 3600))
      // Sessions have ended meanwhile.
      let (chief, sams) = (
        try await test.welcome("boss", at: "boss"), try await test.welcome("sam", at: "sam")
      )
      let late = try await chief.get("/api/trainings/\(id)/compliance?limit=1").json
      #expect(
        late["total"]?.int == 3 && late["counts"]?["done"]?.int == 1 && late["counts"]?["late"]?.int == 2)
      #expect(late["people"]?.array?.count == 1)
      #expect(try await sams.get("/api/home").json["trainings"]?["due"]?[0]?["isLate"] == true)
      time.advance(by: .seconds(40 * 24 * 3600))
      let (again, hers) = (
        try await test.welcome("boss", at: "boss"), try await test.welcome("lea", at: "lea")
      )
      #expect(try await Self.states(again, id) == ["lea": "expired", "sam": "late", "zoe": "late"])
      #expect(try await hers.get("/api/home").json["trainings"]?["due"]?[0]?["validUntil"]?.string != nil)
    }
  }

  @Test
  func `participants are reminded once, and others warned before the deadline, at it, and before expiry`()
    async throws
  {
    let time = ManualTime(Self.start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await TrainingsTests.made(
        boss,
        [
          "startDate": Self.at(10), "endDate": .null, "isMandatory": true, "dueDate": Self.at(12),
          "validMonths": 12,
          "reminder": 1440, "audience": ["role:employee"],
        ])
      _ = try await lea.post(TrainingsTests.path(id))
      for client in [lea, sam] { _ = try await client.post("/api/notifications/read-all") }
      /// Runs the job twice, so that what is told twice would count.
      func pass(days: Int) async throws {
        time.advance(by: .seconds(days * 24 * 3600))
        for _ in 0..<2 { try await test.runJob("trainings.remind") }
      }
      try await pass(days: 4)
      let kinds = "/* test */ SELECT count(*) FROM notifications WHERE read_at IS NULL AND kind ="
      #expect(try await test.count("\(kinds) 'training_mandatory'") == 0)
      try await pass(days: 1)
      #expect(try await test.count("\(kinds) 'training_mandatory'") == 1, "Sam, a week before the deadline")
      try await pass(days: 4)
      #expect(try await test.count("\(kinds) 'training_reminder'") == 1, "Lea, the day before")
      try await TrainingsTests.change(id, ["description": "x"], boss)
      try await pass(days: 0)
      #expect(try await lea.notices().first == "training_reminder 1 Reminder: Premiers secours")
      time.advance(by: .seconds(2 * 24 * 3600))
      _ = try await boss.send("PATCH", "\(TrainingsTests.path(id))/\(test.id("lea"))", ["attended": true])
      try await pass(days: 2)
      #expect(try await sam.notices().first == "training_mandatory 2 Overdue training: Premiers secours")
      try await pass(days: 365 - 20)
      let again = try await test.welcome("lea", at: "lea")
      #expect(try await again.notices().first == "training_mandatory 1 Training to renew: Premiers secours")
      #expect(
        try await test.count("SELECT count(*) FROM training_participants WHERE renew_at IS NOT NULL") == 0)
    }
  }

  @Test func `recommendations say why, the most urgent first, and leave out what is done`() async throws {
    let time = ManualTime(Self.start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      try await test.write("UPDATE users SET department = 'Labo' WHERE username IN ('lea', 'sam')")
      func made(_ title: JSONValue, _ changes: [String: JSONValue]) async throws -> String {
        try await TrainingsTests.made(
          boss, ["title": title, "startDate": Self.at(10), "endDate": .null].merging(changes) { $1 })
      }
      let basics = try await made("Linux 1", ["startDate": .null])
      _ = try await lea.post(TrainingsTests.path(basics))
      _ = try await boss.send(
        "PATCH", "\(TrainingsTests.path(basics))/\(test.id("lea"))", ["status": "completed"])
      _ = try await made("Nothing", ["category": "other"])
      _ = try await made("Not for Lea", ["isMandatory": true, "audience": ["role:moderator"]])
      _ = try await made("Closed", ["isMandatory": true, "isActive": false])
      let popular = try await made("Réunions", ["category": "management"])
      _ = try await sam.post(TrainingsTests.path(popular))
      _ = try await made("Linux 2", ["difficulty": "intermediate"])
      _ = try await made(
        "Secours", ["isMandatory": true, "dueDate": "2026-12-01T12:00:00Z", "category": "safety"])
      // Accounts are read anew with the next sign-in.
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        for name in ["lea", "sam"] {
          guard let account = try Account.find(login: name, in: tx) else { continue }
          try sessions.refresh(account.id, in: tx)
        }
      }
      let found = try await lea.get("/api/training-recommendations").json.array ?? []
      #expect(
        found.map { "\($0["title"]?.string ?? ""): \($0["reason"]?["text"]?.string ?? "")" } == [
          "Secours: Mandatory, by 1 December 2026.", "Linux 2: The next level after “Linux 1”.",
          "Réunions: Someone in your department is taking part.",
        ])
      #expect(found.map { $0["reason"]?["code"]?.string } == ["mandatory", "next", "colleagues"])
      let home = try await lea.get("/api/home").json["trainings"]
      #expect(home?["due"]?.array?.map { $0["title"]?.string } == ["Secours"])
      #expect(home?["next"]?.array?.isEmpty == true)
      #expect(try await sam.get("/api/home").json["trainings"]?["next"]?[0]?["title"] == "Réunions")
    }
  }
}
