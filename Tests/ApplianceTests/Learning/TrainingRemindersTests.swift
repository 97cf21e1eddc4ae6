import HTTP
import Testing

@testable import Appliance

/// How often people are reminded of a training, and what happens to places that are taken away.
@Suite(.timeLimit(.minutes(30))) struct TrainingRemindersTests {
  private static let start: Int64 = 1_792_000_000_000
  private static let day: Int64 = 24 * 3_600_000

  private static func at(_ days: Int64) -> JSONValue { .string("\(start + days * day)") }

  @Test func `nobody is reminded of a training twice within a day, by its instructor or by the server`()
    async throws
  {
    let time = ManualTime(Self.start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await TrainingsTests.made(
        boss,
        [
          "startDate": Self.at(20), "endDate": .null, "dueDate": Self.at(8), "isMandatory": true,
          "audience": ["role:employee"],
        ])
      func remind() async throws -> [Int?] {
        let answer = try await boss.post("/api/trainings/\(id)/remind").json
        return [answer["count"]?.int, answer["skipped"]?.int]
      }
      #expect(try await remind() == [2, 0])
      #expect(try await remind() == [0, 2])
      let zoe = try await test.person("zoe")
      #expect(try await remind() == [1, 2])
      #expect(try await zoe.notices() == ["training_mandatory 1 Mandatory training: Premiers secours"])
      #expect(try await lea.notices() == ["training_mandatory 2 Mandatory training: Premiers secours"])
      _ = try await lea.post(TrainingsTests.path(id))
      // The server warns a week before the deadline; that counts too.
      time.advance(by: .seconds(25 * 3600))
      try await test.runJob("trainings.remind")
      #expect(try await remind() == [0, 2])
      time.advance(by: .seconds(24 * 3600))
      #expect(try await remind() == [2, 0])
      #expect(try await sam.notices() == ["training_mandatory 4 Mandatory training: Premiers secours"])
      let lines = "SELECT count(*) FROM audit WHERE details LIKE 'remind %'"
      #expect(try await test.count(lines) == 3)
    }
  }

  @Test func `who is taken off is led to the list, since they may not see the training any more`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await TrainingsTests.made(boss)
      _ = try await lea.post(TrainingsTests.path(id))
      try await TrainingsTests.change(id, ["audience": ["role:moderator"]], boss)
      let told = try await lea.get("/api/notifications").json[0]
      #expect(told?["title"] == "Registration cancelled: Premiers secours")
      #expect(told?["link"] == "/learn/trainings")
      #expect(try await lea.get("/api/trainings/\(id)").status == 404)
    }
  }

  @Test func `fewer places take nobody's place away, and the next one is free below the new number`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await TrainingsTests.made(boss, ["maxParticipants": 3])
      var people: [String: TestClient] = [:]
      for name in ["lea", "sam", "zoe", "max"] {
        people[name] = try await test.person(name)
        if name != "max" { _ = try await people[name]?.post(TrainingsTests.path(id)) }
      }
      try await TrainingsTests.change(id, ["maxParticipants": 1], boss)
      let kept = ["lea": "registered", "sam": "registered", "zoe": "registered"]
      #expect(try await TrainingsTests.people(id, boss) == kept)
      #expect(try await boss.get("/api/trainings/\(id)").json["currentParticipants"]?.int == 3)
      #expect(try await people["max"]?.post(TrainingsTests.path(id)).json["isWaiting"] == true)
      for name in ["lea", "sam"] {
        _ = try await people[name]?.delete("\(TrainingsTests.path(id))/\(test.id(name))")
        #expect(try await TrainingsTests.people(id, boss)["max"] == "waiting")
      }
      _ = try await people["zoe"]?.delete("\(TrainingsTests.path(id))/\(test.id("zoe"))")
      #expect(try await TrainingsTests.people(id, boss) == ["max": "registered"])
    }
  }
}
