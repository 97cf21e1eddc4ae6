import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct StatsTests {
  @Test func `only administrators read the analytics`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      for page in ["overview", "users", "content"] {
        let path = "/api/admin/analytics/" + page
        #expect(try await test.client.get(path).status == 401)
        #expect(try await lea.get(path).status == 403)
        #expect(try await boss.get(path).status == 200)
      }
    }
  }

  @Test func `the public numbers count what everyone can see`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await test.person("lea")
      for body: JSONValue in [
        ["title": "Now", "content": "x"], ["title": "Draft", "content": "x", "status": "draft"],
        ["title": "Later", "content": "x", "publishAt": "2999-01-01T00:00:00.000Z"],
      ] {
        #expect(try await boss.post("/api/announcements", body).status == 201)
      }
      let numbers = try await test.client.get("/api/stats")
      #expect(numbers.status == 200)
      #expect(numbers.json["totalUsers"]?.int64 == 2)
      #expect(numbers.json["totalAnnouncements"]?.int64 == 1)
      #expect(numbers.json["newAnnouncements"]?.int64 == 1)
      for name in ["totalDocuments", "totalEvents", "weeklyEvents", "updatedDocuments", "connectedUsers"] {
        #expect(numbers.json[name]?.int64 == 0, "\(name)")
      }
    }
  }

  @Test func `the older searches return whole rows, and an empty list without a query`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await boss.post("/api/announcements", ["title": "Été", "content": "x"])
      _ = try await boss.post("/api/contents", ["title": "Été"])
      #expect(try await test.client.get("/api/search/users?q=boss").status == 401)
      for (word, query, field) in [
        ("users", "boss", "username"), ("announcements", "ete", "title"), ("content", "ete", "title"),
      ] {
        let found = try await boss.get("/api/search/\(word)?q=\(query)")
        #expect(found.json.array?.count == 1, "\(word)")
        #expect(found.json.array?.first?[field]?.string?.isEmpty == false)
        #expect(try await boss.get("/api/search/\(word)?q=").json.array?.isEmpty == true)
        #expect(try await boss.get("/api/search/\(word)?q=nothing").json.array?.isEmpty == true)
      }
    }
  }
}
