import HTTP
import ICalendar
import Testing

@testable import Appliance

/// The organisation's calendar: refusals, then what each account sees.
@Suite(.timeLimit(.minutes(30))) struct EventsTests {
  static let meeting: [String: JSONValue] = [
    "title": "Point d’équipe", "date": "2026-10-18T07:00:00.000Z", "endDate": "2026-10-18T08:00:00.000Z",
    "timeZone": "Europe/Paris", "recurrence": "FREQ=WEEKLY;COUNT=3",
  ]

  static func made(_ boss: TestClient, _ changes: [String: JSONValue] = [:]) async throws -> String {
    let answer = try await boss.post("/api/events", .object(meeting.merging(changes) { $1 }))
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json["id"]?.string ?? ""
  }

  static func occurrences(
    _ client: TestClient, _ from: String = "2026-10-01", _ to: String = "2026-12-01", _ more: String = ""
  ) async throws -> [JSONValue] {
    try await client.get("/api/events/occurrences?from=\(from)&to=\(to)\(more)").json.array ?? []
  }

  @Test(arguments: [
    ("endDate", "2026-10-18T06:59:59.999Z", "END_BEFORE_START"), ("endDate", "2028-10-18", "TOO_LONG"),
    ("date", "2250-01-01", "OUT_OF_RANGE"), ("date", "9223372036854775807", "OUT_OF_RANGE"),
    ("timeZone", "Europe/Nowhere", "UNKNOWN_TIME_ZONE"), ("recurrence", "FREQ=HOURLY", "INVALID_RECURRENCE"),
    ("recurrence", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;UNTIL=20270101", "NEVER_HAPPENS"),
  ])
  func `impossible times are refused with the name of their field`(field: String, value: String, code: String)
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.post(
        "/api/events", .object(Self.meeting.merging([field: .string(value)]) { $1 }))
      #expect(answer.status == 400)
      #expect(answer.json["errors"]?[0]?["code"]?.string == code, "\(answer.text)")
      #expect(answer.json["errors"]?[0]?["field"]?.string == field)
    }
  }

  @Test func `a series keeps its hour across a daylight-saving change`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await Self.made(boss)
      let lea = try await test.person("lea")
      let found = try await Self.occurrences(lea)
      #expect(
        found.map { $0["start"]?.string } == [
          "2026-10-18T07:00:00.000Z", "2026-10-25T08:00:00.000Z", "2026-11-01T08:00:00.000Z",
        ])
      #expect(found.map { $0["end"]?.string }.last == "2026-11-01T09:00:00.000Z")
      #expect(try await Self.occurrences(lea, "2026-10-25T08:30:00Z", "2026-10-25T08:31:00Z").count == 1)
      #expect(try await Self.occurrences(lea, "2026-10-25T09:00:00Z", "2026-10-26").isEmpty)
    }
  }

  @Test func `all-day events are days of their own time zone, also in a week with a daylight-saving change`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await Self.made(
        boss,
        [
          "date": "2026-10-23T22:00:00.000Z", "endDate": "2026-10-24T22:00:00.000Z", "allDay": true,
          "recurrence": "FREQ=WEEKLY;COUNT=2",
        ])
      let found = try await Self.occurrences(boss)
      #expect(found.map { $0["startDay"]?.string } == ["2026-10-24", "2026-10-31"])
      #expect(found.map { $0["endDay"]?.string } == ["2026-10-25", "2026-11-01"])
      // The first has the day of 25 hours.
      #expect(found[0]["end"]?.string == "2026-10-25T23:00:00.000Z")
    }
  }

  @Test(arguments: [
    "", "?from=2026-01-01", "?from=x&to=2026-01-01", "?from=2026-02-01&to=2026-01-01",
    "?from=2026-01-01&to=2027-03-01",
    "?from=-1&to=1", "?from=0&to=9223372036854775807",
  ])
  func `a range that is invalid or too long is refused`(query: String) async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await lea.get("/api/events/occurrences" + query).status == 400)
    }
  }

  @Test func `one date of a series is cancelled and stays cancelled when the hour changes`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await Self.made(boss)
      let path = "/api/events/\(id)/occurrences/"
      #expect(try await lea.delete(path + "2026-10-25T08:00:00Z").status == 403)
      #expect(try await boss.delete(path + "2026-10-25T07:00:00Z").status == 404)
      #expect(try await boss.delete(path + "-9223372036854775808").status == 404)
      #expect(try await boss.delete(path + "2026-10-25T08:00:00Z").status == 200)
      #expect(try await boss.delete(path + "2026-10-25T08:00:00Z").status == 404)
      #expect(try await Self.occurrences(lea).count == 2)
      let change: JSONValue = ["date": "2026-10-18T12:00:00.000Z", "endDate": "2026-10-18T13:00:00.000Z"]
      let changed = try await boss.send("PATCH", "/api/events/\(id)", change)
      #expect(changed.json["exceptions"] == ["2026-10-25T13:00:00.000Z"])
      #expect(
        try await Self.occurrences(lea).map { $0["start"]?.string } == [
          "2026-10-18T12:00:00.000Z", "2026-11-01T13:00:00.000Z",
        ])
      _ = try await boss.send("PATCH", "/api/events/\(id)", ["recurrence": "FREQ=DAILY;COUNT=2"])
      #expect(try await Self.occurrences(lea).count == 2)
    }
  }

  @Test func `one date of a series is changed without the others, and keeps its participants`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await Self.made(
        boss,
        [
          "date": "2030-10-20T07:00:00.000Z", "endDate": "2030-10-20T08:00:00.000Z",
          "audience": ["role:employee"], "places": 5,
        ])
      _ = try await lea.send("PUT", "/api/events/\(id)/answer", ["answer": "yes"])
      let path = "/api/events/\(id)/occurrences/"
      let change: JSONValue = ["title": "Point d’équipe, salle B", "location": "Salle B"]
      #expect(try await lea.post(path + "2030-10-27T08:00:00Z", change).status == 403)
      #expect(try await boss.post(path + "2030-10-27T07:00:00Z", change).status == 404)
      #expect(try await boss.post(path + "2030-10-27T08:00:00Z", ["title": ""]).status == 400)
      #expect(
        try await boss.post(path + "2030-10-27T08:00:00Z", ["endDate": "2030-10-27T07:00:00Z"]).status == 400)
      #expect(
        try await Self.occurrences(lea, "2030-10-01", "2030-12-01").count == 3,
        "a refused change takes no date out of its series")
      var late = boss
      late.headers["If-Match"] = "\"1\""
      #expect(try await late.post(path + "2030-10-27T08:00:00Z", change).status == 412)
      let made = try await boss.post(path + "2030-10-27T08:00:00Z", change)
      #expect(made.status == 201 && made.json["recurrence"] == "" && made.json["participantCount"] == 1)
      #expect(
        made.json["date"] == "2030-10-27T08:00:00.000Z" && made.json["endDate"] == "2030-10-27T09:00:00.000Z")
      #expect(made.json["audience"] == ["role:employee"] && made.json["places"] == 5)
      #expect(try await boss.post(path + "2030-10-27T08:00:00Z", change).status == 404)
      let found = try await Self.occurrences(lea, "2030-10-01", "2030-12-01")
      #expect(found.map { $0["location"]?.string } == ["", "Salle B", ""])
      #expect(found[1]["answer"] == "yes" && found[1]["eventId"] == made.json["id"])
      #expect(found.map { $0["movedFrom"] } == [.null, "2030-10-27T08:00:00.000Z", .null])
      let later: JSONValue = ["date": "2030-10-20T08:00:00.000Z", "endDate": "2030-10-20T09:00:00.000Z"]
      #expect(try await boss.send("PATCH", "/api/events/\(id)", later).status == 200)
      #expect(
        try await Self.occurrences(lea, "2030-10-01", "2030-12-01").map { $0["movedFrom"] } == [
          .null, "2030-10-27T09:00:00.000Z", .null,
        ], "the date that the series would have had moves with it")
    }
  }

  @Test func `one date of an all-day series keeps its days, or gets others`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await Self.made(
        boss,
        [
          "date": "2026-10-16T22:00:00.000Z", "endDate": "2026-10-17T22:00:00.000Z", "allDay": true,
          "recurrence": "FREQ=WEEKLY;COUNT=3",
        ])
      let path = "/api/events/\(id)/occurrences/"
      #expect(try await boss.post(path + "2026-10-23T22:00:00Z", ["title": "Salon"]).status == 201)
      let moved = try await boss.post(path + "2026-10-30T23:00:00Z", ["date": "2026-11-01T23:00:00.000Z"])
      #expect(moved.status == 201, "\(moved.text)")
      let found = try await Self.occurrences(boss)
      #expect(found.map { $0["startDay"]?.string } == ["2026-10-17", "2026-10-24", "2026-11-02"])
      #expect(found.map { $0["endDay"]?.string } == ["2026-10-18", "2026-10-25", "2026-11-03"])
    }
  }

  @Test func `an event is visible to its audience, to the invited and to managers of events`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam, zoe) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("zoe")
      )
      try await test.delegate(.manageEvents, to: "zoe")
      let audience: JSONValue = .array([.string("user:\(try await test.id("lea"))")])
      let id = try await Self.made(boss, ["audience": audience])
      for (client, count) in [(boss, 3), (lea, 3), (zoe, 3), (sam, 0)] {
        #expect(try await Self.occurrences(client).count == count)
        #expect(try await client.get("/api/events/\(id)").status == (count > 0 ? 200 : 404))
        for path in ["participants", "event.ics"] {
          #expect(try await client.get("/api/events/\(id)/\(path)").status == (count > 0 ? 200 : 404))
        }
      }
      #expect(try await sam.put("/api/events/\(id)/answer", ["answer": "yes"]).status == 404)
      let sams: JSONValue = .array([.string("user:\(try await test.id("sam"))")])
      #expect(
        try await zoe.post("/api/events/\(id)/invitations", ["audience": sams]).json["invited"]?.int == 1)
      #expect(try await Self.occurrences(sam, "2026-10-01", "2026-12-01", "&mine=true").count == 3)
      #expect(try await Self.occurrences(lea, "2026-10-01", "2026-12-01", "&mine=true").isEmpty)
    }
  }

  @Test func `a disabled calendar answers 404`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await Self.made(boss)
      let feed = try await boss.post("/api/calendar/feed").json["url"]?.string ?? ""
      let secret = String(feed.split(separator: "4000").last ?? "")
      _ = try await boss.send("PATCH", "/api/system-settings", ["showEvents": false])
      for path in [
        "/api/events", "/api/events/\(id)", "/api/events/occurrences?from=2026-10-01&to=2026-12-01",
        "/api/events.ics",
        "/api/events/\(id)/participants", "/api/calendar/feed", secret,
      ] {
        #expect(try await boss.get(path).status == 404, "\(path)")
      }
      #expect(try await boss.put("/api/events/\(id)/answer", ["answer": "yes"]).status == 404)
    }
  }
}
