import HTTP
import Testing

@testable import Appliance

/// Trainings in people's calendars and in the search, and their files.
@Suite(.timeLimit(.minutes(30))) struct TrainingCalendarTests {
  private static let year = "/api/calendar/entries?from=2040-01-01&to=2040-12-31"

  @Test func `the calendar has the trainings that its person takes part in or gives, and no others`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam, max) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("max")
      )
      #expect(try await test.client.get(Self.year).status == 401)
      #expect(try await lea.get("/api/calendar/entries?from=2040-01-01&to=2045-01-01").status == 400)
      let id = try await TrainingsTests.made(
        boss, ["maxParticipants": 1, "instructorId": .string(String(test.id("max")))])
      for person in [lea, sam] { _ = try await person.post(TrainingsTests.path(id)) }
      let entries = try await lea.get(Self.year).json
      #expect(
        entries == [
          [
            "id": .string("training-\(id)"), "kind": "training", "title": "Premiers secours",
            "location": "Salle Ada", "start": "2040-05-02T10:00:00.000Z", "end": "2040-05-02T12:00:00.000Z",
            "isWaiting": false, "link": .string("/learn/trainings/\(id)"),
          ]
        ])
      #expect(try await sam.get(Self.year).json[0]?["isWaiting"] == true)
      #expect(try await max.get(Self.year).json.array?.count == 1)
      #expect(try await boss.get(Self.year).json == [])
      #expect(try await lea.get("/api/calendar/entries?from=2040-05-03&to=2040-12-31").json == [])
      _ = try await lea.delete("\(TrainingsTests.path(id))/\(test.id("lea"))")
      #expect(try await lea.get(Self.year).json == [])
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      #expect(try await max.get(Self.year).json == [])
    }
  }

  @Test func `a training is an iCalendar file, and in the secret calendar of its participants`() async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await TrainingsTests.made(boss)
      let undated = try await TrainingsTests.made(boss, ["startDate": .null, "endDate": .null])
      #expect(try await lea.get("/api/trainings/\(undated)/training.ics").status == 404)
      let file = try await lea.get("/api/trainings/\(id)/training.ics")
      #expect(file.headers["content-type"]?.hasPrefix("text/calendar") == true)
      for line in ["SUMMARY:Premiers secours", "DTSTART:20400502T100000Z", "LOCATION:Salle Ada"] {
        #expect(file.text.contains(line + "\r\n"), "\(line)")
      }
      let url = try await lea.post("/api/calendar/feed").json["url"]?.string ?? ""
      let path = String(url[(url.firstRange(of: "/api/")?.lowerBound ?? url.startIndex)...])
      #expect(try await !test.client.get(path).text.contains("SUMMARY:Premiers"))
      for training in [id, undated] { _ = try await lea.post(TrainingsTests.path(training)) }
      let feed = try await test.client.get(path).text
      #expect(feed.contains("SUMMARY:Premiers secours") && feed.contains("/learn/trainings/\(id)"))
    }
  }

  @Test func `documents of a training are readable for those who may read it, as long as it names them`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let first = try await test.upload(Array("plan".utf8), as: boss)
      let second = try await test.upload(Array("exercices".utf8), as: boss)
      let foreign = try await test.upload(Array("secret".utf8), as: lea)
      let refused = try await boss.post(
        "/api/trainings", ["title": "x", "documentUrls": [.string(first), .string(foreign)]])
      #expect(refused.status == 400 && refused.json["errors"]?[0]?["field"] == "documentUrls")
      let id = try await TrainingsTests.made(boss, ["documentUrls": [.string(first), .string(second)]])
      for url in [first, second] { #expect(try await lea.get(url).status == 200) }
      try await TrainingsTests.change(id, ["isVisible": false], boss)
      for url in [first, second] { #expect(try await lea.get(url).status == 404) }
      try await TrainingsTests.change(id, ["isVisible": true], boss)
      try await TrainingsTests.change(id, ["documentUrls": [.string(second)]], boss)
      #expect(try await lea.get(first).status == 404)
      #expect(try await lea.get(second).status == 200)
      #expect(try await lea.get("/api/trainings/\(id)").json["documentNames"]?.array?.count == 1)
      // Older clients send the list as text.
      try await TrainingsTests.change(id, ["documentUrls": "[]"], boss)
      #expect(try await lea.get(second).status == 404)
    }
  }
}
