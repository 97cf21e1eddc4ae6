import HTTP
import Testing

@testable import Appliance

/// `.ics` files: import, export, and the secret address of a person's calendar.
@Suite(.timeLimit(.minutes(30))) struct CalendarFileRoutesTests {
  private static let file = """
    BEGIN:VCALENDAR
    VERSION:2.0
    BEGIN:VEVENT
    UID:a@x
    SUMMARY:Comité
    DTSTART;TZID=Europe/Paris:20261020T090000
    DTEND;TZID=Europe/Paris:20261020T100000
    RRULE:FREQ=WEEKLY;COUNT=3
    END:VEVENT
    BEGIN:VEVENT
    UID:a@x
    RECURRENCE-ID;TZID=Europe/Paris:20261027T090000
    SUMMARY:Comité (l’après-midi)
    DTSTART;TZID=Europe/Paris:20261027T140000
    END:VEVENT
    BEGIN:VEVENT
    UID:b@x
    SUMMARY:Jour férié
    DTSTART;VALUE=DATE:20261111
    END:VEVENT
    BEGIN:VEVENT
    UID:c@x
    SUMMARY:Annulé
    DTSTART:20261112T090000Z
    STATUS:CANCELLED
    END:VEVENT
    END:VCALENDAR
    """

  private static func send(_ text: String, _ client: TestClient, _ query: String = "") async throws
    -> TestClient.Answer
  {
    try await client.send(
      "POST", "/api/events/import" + query, content: Array(text.utf8), type: "text/calendar")
  }

  @Test func `an import that is not a calendar is refused and adds nothing`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      #expect(try await Self.send(Self.file, lea).status == 403)
      #expect(try await Self.send("", boss).code == "NOT_A_CALENDAR")
      #expect(try await Self.send("{}", boss).code == "NOT_A_CALENDAR")
      #expect(try await Self.send(String(repeating: "x", count: (1 << 20) + 1), boss).status == 413)
      let event = "BEGIN:VEVENT\nDTSTART:20261020T090000Z\nEND:VEVENT\n"
      let many = "BEGIN:VCALENDAR\n" + String(repeating: event, count: 1001) + "END:VCALENDAR\n"
      #expect(try await Self.send(many, boss).code == "TOO_MANY_EVENTS")
      #expect(try await test.count("SELECT count(*) FROM events") == 0)
    }
  }

  @Test func `a file is imported once, with its series and their changed dates`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let first = try await Self.send(Self.file, boss)
      #expect(first.status == 201)
      #expect(first.json == ["imported": 3, "skipped": 1])
      #expect(
        try await Self.send(Self.file, boss, "?timeZone=Europe/Paris").json == ["imported": 0, "skipped": 4])
      let found = try await EventsTests.occurrences(boss)
      #expect(
        found.map { $0["start"]?.string } == [
          "2026-10-20T07:00:00.000Z", "2026-10-27T13:00:00.000Z", "2026-11-03T08:00:00.000Z",
          found.last?["start"]?.string,
        ])
      #expect(found.last?["allDay"]?.bool == true && found.last?["startDay"] == "2026-11-11")
    }
  }

  @Test func `a date of a series that a later file changes replaces the one imported before`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await Self.send(Self.file, boss)
      let later = Self.file.replacing("20261027T", with: "20261103T")
      #expect(try await Self.send(later, boss).json["imported"]?.int64 == 1)
      #expect(
        try await EventsTests.occurrences(boss).prefix(3).map { $0["start"]?.string } == [
          "2026-10-20T07:00:00.000Z", "2026-10-27T13:00:00.000Z", "2026-11-03T13:00:00.000Z",
        ])
    }
  }

  @Test func `events are exported with escaped text, and a series with its time zone`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await EventsTests.made(boss, ["title": "Réunion; salle A, étage 2"])
      _ = try await EventsTests.made(
        boss, ["title": "Secret", "audience": ["role:admin"], "date": "2040-01-01", "endDate": .null])
      _ = try await boss.delete("/api/events/\(id)/occurrences/2026-10-25T08:00:00Z")
      #expect(try await test.client.get("/api/events.ics").status == 401)
      let one = try await lea.get("/api/events/\(id)/event.ics")
      #expect(one.headers["content-type"]?.hasPrefix("text/calendar") == true)
      for line in [
        "SUMMARY:Réunion\\; salle A\\, étage 2", "DTSTART;TZID=Europe/Paris:20261018T090000",
        "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Paris:20261025T090000", "TZID:Europe/Paris",
      ] {
        #expect(one.text.contains(line + "\r\n"), "\(line)")
      }
      let all = try await lea.get("/api/events.ics")
      #expect(all.text.contains("SUMMARY:Réunion") == (test.appliance.clock.now() < 1_827_000_000_000))
      #expect(!all.text.contains("Secret"))
      #expect(try await boss.get("/api/events.ics").text.contains("SUMMARY:Secret"))
    }
  }

  @Test func `a secret address answers until it is renewed or revoked, or its account is suspended`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      _ = try await EventsTests.made(boss, ["title": "Pour tous", "date": "2040-01-01", "endDate": .null])
      _ = try await EventsTests.made(
        boss,
        ["title": "Pour l’autre", "audience": ["role:moderator"], "date": "2040-01-01", "endDate": .null])
      _ = try await lea.post("/api/agenda/events", ["title": "Dentiste", "start": "2040-01-02T10:00:00"])
      #expect(try await lea.get("/api/calendar/feed").json["active"]?.bool == false)
      func address() async throws -> String {
        let made = try await lea.post("/api/calendar/feed")
        #expect(made.status == 201)
        let url = made.json["url"]?.string ?? ""
        return String(url[(url.firstRange(of: "/api/")?.lowerBound ?? url.startIndex)...])
      }
      let first = try await address()
      let text = try await test.client.get(first).text
      #expect(text.contains("SUMMARY:Pour tous") && text.contains("SUMMARY:Dentiste"))
      #expect(text.contains("DTSTART:20400102T100000\r\n"))
      #expect(!text.contains("autre"))
      #expect(try await lea.get("/api/calendar/feed").json["readAt"]?.string != nil)
      let second = try await address()
      #expect(try await test.client.get(first).status == 404)
      #expect(try await test.client.get(second).status == 200)
      for wrong in [
        "/api/calendar.ics", "/api/calendar.ics?key=", "/api/calendar.ics?key=guess", second + "x",
      ] {
        #expect(try await test.client.get(wrong).status == 404)
      }
      let id = try await test.id("lea")
      _ = try await boss.send("PATCH", "/api/users/\(id)/status", ["isActive": false])
      #expect(try await test.client.get(second).status == 404)
      _ = try await boss.send("PATCH", "/api/users/\(id)/status", ["isActive": true])
      #expect(try await test.client.get(second).status == 200)
      let again = try await test.welcome("lea", at: "lea")
      _ = try await again.put(
        "/api/profile/password",
        ["currentPassword": .string(TestAppliance.password), "newPassword": "another quiet place, 7"])
      #expect(try await test.client.get(second).status == 404, "it ends with the password")
      _ = try await again.post("/api/calendar/feed")
      #expect(try await again.delete("/api/calendar/feed").status == 200)
      #expect(try await test.client.get(second).status == 404)
    }
  }
}
