import HTTP
import Testing

@testable import Appliance

/// Answers to invitations, places and the waiting list.
@Suite(.timeLimit(.minutes(30))) struct EventAnswersTests {
  static let future: [String: JSONValue] = [
    "date": "2040-05-02T10:00:00.000Z", "endDate": "2040-05-02T11:00:00.000Z", "recurrence": "",
  ]

  private static func told(_ client: TestClient) async throws -> [String] {
    let answer = try await client.get("/api/notifications")
    let items = answer.json["notifications"]?.array ?? answer.json.array ?? []
    return items.compactMap { $0["title"]?.string }
  }

  @Test func `an unknown answer and an answer to a past event are refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await EventsTests.made(boss, Self.future)
      for wrong in [["answer": "waiting"], ["answer": "none"], ["answer": true], [:]] as [JSONValue] {
        #expect(try await lea.put("/api/events/\(id)/answer", wrong).status == 400)
      }
      let past = try await EventsTests.made(
        boss, ["date": "2020-05-02T10:00:00.000Z", "endDate": .null, "recurrence": "FREQ=DAILY;COUNT=3"])
      #expect(try await lea.put("/api/events/\(past)/answer", ["answer": "yes"]).code == "EVENT_OVER")
      #expect(
        try await lea.post("/api/events/\(id)/invitations", ["audience": ["role:employee"]]).status == 403)
      for wrong in [[:], ["audience": []], ["audience": "x"], ["audience": ["role:king"]]] as [JSONValue] {
        #expect(try await boss.post("/api/events/\(id)/invitations", wrong).status == 400)
      }
      #expect(try await test.count("SELECT count(*) FROM event_participants") == 0)
    }
  }

  @Test func `fifty people who accept at once get no more places than there are`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await EventsTests.made(boss, Self.future.merging(["places": 7]) { $1 })
      let names = (1...50).map { "person\($0)" }
      try await test.accounts(names)
      let clients = try await names.asyncMap { try await test.welcome($0, at: $0) }
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for client in clients {
          group.addTask {
            try await client.put("/api/events/\(id)/answer", ["answer": "yes"]).json["answer"]?.string ?? ""
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0 == "yes" } == 7)
      #expect(answers.count { $0 == "waiting" } == 43)
      let event = try await boss.get("/api/events/\(id)").json
      #expect(event["participantCount"]?.int == 7 && event["waitingCount"]?.int == 43)
    }
  }

  @Test func `a free place goes to the first person waiting, who is notified`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam, zoe) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("zoe")
      )
      let id = try await EventsTests.made(boss, Self.future.merging(["places": 1]) { $1 })
      let path = "/api/events/\(id)/answer"
      #expect(try await lea.put(path, ["answer": "yes"]).json["answer"]?.string == "yes")
      #expect(try await sam.put(path, ["answer": "yes"]).json["answer"]?.string == "waiting")
      #expect(try await zoe.put(path, ["answer": "yes"]).json["answer"]?.string == "waiting")
      // The same answer again keeps the place, and the turn on the waiting list.
      #expect(try await lea.put(path, ["answer": "yes"]).json["answer"]?.string == "yes")
      #expect(try await sam.put(path, ["answer": "yes"]).json["answer"]?.string == "waiting")
      #expect(try await lea.put(path, ["answer": "no"]).json["answer"]?.string == "no")
      #expect(try await Self.answers(id, boss) == ["lea": "no", "sam": "yes", "zoe": "waiting"])
      #expect(try await Self.told(sam) == ["You have a place: Point d’équipe"])
      _ = try await boss.send("PATCH", "/api/events/\(id)", ["places": 2])
      #expect(try await Self.answers(id, boss) == ["lea": "no", "sam": "yes", "zoe": "yes"])
      #expect(try await lea.put(path, ["answer": "yes"]).json["answer"]?.string == "waiting")
      let zoes = try await test.id("zoe")
      #expect(try await lea.delete("/api/events/\(id)/participants/\(zoes)").status == 403)
      #expect(try await boss.delete("/api/events/\(id)/participants/\(zoes)").status == 200)
      #expect(try await boss.delete("/api/events/\(id)/participants/\(zoes)").status == 404)
      #expect(try await Self.answers(id, boss) == ["lea": "yes", "sam": "yes"])
    }
  }

  @Test func `a deactivated person keeps no place, and a date with fewer places has no more participants`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let series = try await EventsTests.made(
        boss, Self.future.merging(["places": 2, "recurrence": "FREQ=DAILY;COUNT=3"]) { $1 })
      for person in [lea, sam] {
        #expect(
          try await person.put("/api/events/\(series)/answer", ["answer": "yes"]).json["answer"] == "yes")
      }
      let one = try await boss.post(
        "/api/events/\(series)/occurrences/2040-05-03T10:00:00Z", ["places": 1])
      #expect(one.json["participantCount"]?.int == 1 && one.json["waitingCount"]?.int == 1, "\(one.text)")
      let id = one.json["id"]?.string ?? ""
      #expect(try await Self.answers(id, boss) == ["lea": "yes", "sam": "waiting"])
      _ = try await boss.send("PATCH", "/api/users/\(test.id("lea"))/status", ["isActive": false])
      #expect(try await sam.put("/api/events/\(id)/answer", ["answer": "no"]).status == 200)
      #expect(try await sam.put("/api/events/\(id)/answer", ["answer": "yes"]).json["answer"] == "yes")
    }
  }

  @Test func `an answer of one's own gives no access when the event is narrowed`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await EventsTests.made(boss, Self.future)
      _ = try await boss.post(
        "/api/events/\(id)/invitations", ["audience": [.string("user:\(test.id("sam"))")]])
      for person in [lea, sam] { _ = try await person.put("/api/events/\(id)/answer", ["answer": "no"]) }
      _ = try await boss.send("PATCH", "/api/events/\(id)", ["audience": ["role:moderator"]])
      #expect(try await lea.get("/api/events/\(id)").status == 404)
      #expect(try await Self.answers(id, boss) == ["sam": "no"], "others are no longer notified of it")
      #expect(try await sam.get("/api/events/\(id)").status == 200, "invited people keep it")
    }
  }

  private static func answers(_ id: String, _ client: TestClient) async throws -> [String: String] {
    let list = try await client.get("/api/events/\(id)/participants").json.array ?? []
    return Dictionary(
      list.map { ($0["name"]?.string?.lowercased() ?? "", $0["answer"]?.string ?? "") },
      uniquingKeysWith: { $1 })
  }

  @Test func `invitations and changes notify those concerned, except the author of the change`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await EventsTests.made(boss, Self.future)
      let invited = try await boss.post("/api/events/\(id)/invitations", ["audience": ["role:employee"]])
      #expect(invited.json["invited"]?.int == 2)
      #expect(
        try await boss.post("/api/events/\(id)/invitations", ["audience": ["role:employee"]]).json["invited"]?
          .int == 0)
      #expect(try await Self.told(lea) == ["Boss invites you: Point d’équipe"])
      _ = try await sam.put("/api/events/\(id)/answer", ["answer": "no"])
      _ = try await boss.send("PATCH", "/api/events/\(id)", ["description": "Ordre du jour"])
      #expect(try await Self.told(lea).count == 1)
      _ = try await boss.send("PATCH", "/api/events/\(id)", ["location": "Salle B"])
      #expect(try await Self.told(lea).first == "Event changed: Point d’équipe")
      #expect(try await boss.delete("/api/events/\(id)").status == 200)
      #expect(try await Self.told(lea).first == "Event cancelled: Point d’équipe")
      #expect(try await Self.told(sam).allSatisfy { !$0.contains("Cancelled") })
      #expect(try await Self.told(boss).isEmpty)
    }
  }

  @Test func `participants are reminded once before each date`() async throws {
    let time = ManualTime(1_792_000_000_000)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await EventsTests.made(
        boss,
        [
          "date": .string("1792003600000"), "endDate": .null, "recurrence": "FREQ=DAILY;COUNT=2",
          "reminder": 30,
          "timeZone": "UTC",
        ])
      _ = try await lea.put("/api/events/\(id)/answer", ["answer": "maybe"])
      _ = try await sam.put("/api/events/\(id)/answer", ["answer": "no"])
      let reminders = "SELECT count(*) FROM notifications WHERE kind = 'event_reminder'"
      try await test.runJob("events.remind")
      #expect(try await test.count(reminders) == 0)
      for (step, count) in [(31, 2), (1, 2), (24 * 60 - 2, 2)] {
        time.advance(by: .seconds(step * 60))
        try await test.runJob("events.remind")
        #expect(try await test.count(reminders) == count, "\(step)")
        let lea = try await test.appliance.database.read {
          try $0.scalar("SELECT max(count) FROM notifications WHERE kind = 'event_reminder'")
        }
        #expect(lea == (step > 31 ? 2 : 1))
      }
      time.advance(by: .seconds(3 * 24 * 3600))
      try await test.runJob("events.remind")
      #expect(try await test.count("SELECT count(*) FROM event_spans WHERE remind_at IS NOT NULL") == 0)
      #expect(try await Self.told(sam).isEmpty)
    }
  }

  @Test func `the list of busy people does not name their events`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await EventsTests.made(boss, Self.future)
      _ = try await lea.put("/api/events/\(id)/answer", ["answer": "yes"])
      let people = TestClient.encoded("[\"\(try await test.id("lea"))\"]")
      func busy(_ from: String, _ to: String, _ more: String = "") async throws -> [JSONValue] {
        try await boss.get("/api/events/conflicts?from=\(from)&to=\(to)&users=\(people)\(more)").json.array
          ?? []
      }
      #expect(
        try await lea.get("/api/events/conflicts?from=2040-05-02&to=2040-05-03&users=\(people)").status == 403
      )
      #expect(try await boss.get("/api/events/conflicts?from=2040-05-02&to=2040-05-03&users=x").status == 400)
      let found = try await busy("2040-05-02T10:59:00Z", "2040-05-02T12:00:00Z")
      #expect(found.count == 1 && found[0]["name"] == "Lea" && found[0].object?.count == 4)
      #expect(try await busy("2040-05-02T11:00:00Z", "2040-05-02T12:00:00Z").isEmpty)
      #expect(try await busy("2040-05-02", "2040-05-03", "&except=\(id)").isEmpty)
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
    var mapped: [T] = []
    for element in self { mapped.append(try await body(element)) }
    return mapped
  }
}
