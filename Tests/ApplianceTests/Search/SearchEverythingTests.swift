import HTTP
import Testing

@testable import Appliance

/// One search for everything that a person may read.
@Suite(.timeLimit(.minutes(30))) struct SearchEverythingTests {
  private static func titles(_ client: TestClient, _ query: String) async throws -> [String] {
    try await client.get("/api/search?q=" + query).json.array?.compactMap { $0["title"]?.string } ?? []
  }

  @Test func `without sign-in nothing is found, and an unknown kind is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await test.client.get("/api/search?q=lea").status == 401)
      let wrong = try await lea.get("/api/search?q=lea&kind=secrets")
      #expect(wrong.status == 400 && wrong.json["errors"]?.array?.first?["field"]?.string == "kind")
      #expect(try await lea.get("/api/search?q=").json.array?.isEmpty == true)
      #expect(try await lea.get("/api/search?q=%22%20AND%20*%28").json.array?.isEmpty == true)
    }
  }

  @Test func `new rows are found by the start of a word without accents, with an excerpt`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post(
        "/api/contents", ["title": "Été à la mer", "description": "Une vidéo de Noël <b>joyeux</b>"])
      #expect(made.status == 201)
      let found = try await boss.get("/api/search?q=noe").json.array?.first
      #expect(found?["kind"]?.string == "contents")
      #expect(found?["id"] == made.json["id"])
      #expect(found?["snippet"]?.string?.contains("\u{2}Noël\u{3}") == true)
      #expect(try await Self.titles(boss, "ete") == ["Été à la mer"])
      _ = try await boss.send("PATCH", "/api/contents/\(made.json["id"]?.string ?? "")", ["title": "Hiver"])
      #expect(try await Self.titles(boss, "ete").isEmpty)
      #expect(try await Self.titles(boss, "hiver") == ["Hiver"])
      _ = try await boss.delete("/api/contents/\(made.json["id"]?.string ?? "")")
      #expect(try await Self.titles(boss, "hiver").isEmpty)
    }
  }

  @Test func `only readable rows are found`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let max = try await test.person("max", role: .moderator)
      for role in ["employee", "moderator", "admin"] {
        let made = try await boss.post(
          "/api/resources", ["title": .string("Guide \(role)"), "requiredRole": .string(role)])
        #expect(made.status == 201)
      }
      #expect(try await Self.titles(lea, "guide") == ["Guide employee"])
      #expect(try await Self.titles(max, "guide") == ["Guide moderator", "Guide employee"])
      #expect(try await Self.titles(boss, "guide").count == 3)
    }
  }

  @Test func `a disabled module is missing from routes and search`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      _ = try await boss.post("/api/contents", ["title": "Visite"])
      #expect(try await lea.send("PATCH", "/api/system-settings", ["showContent": false]).status == 403)
      let wrong = try await boss.send("PATCH", "/api/system-settings", ["showContent": "no"])
      #expect(wrong.status == 400 && wrong.json["errors"]?.array?.first?["field"]?.string == "showContent")
      #expect(try await lea.get("/api/contents").status == 200)
      let off = try await boss.send("PATCH", "/api/system-settings", ["showContent": false])
      #expect(off.json["showContent"]?.bool == false && off.json["showForum"]?.bool == true)
      #expect(try await lea.get("/api/contents").status == 404)
      #expect(try await Self.titles(lea, "visite").isEmpty)
      #expect(try await lea.get("/api/system-settings").json == off.json)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showContent": true])
      #expect(try await Self.titles(lea, "visite") == ["Visite"])
    }
  }

  @Test func `an index of another version is built again`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await boss.post("/api/contents", ["title": "Visite"])
      #expect(try await Self.titles(boss, "visite") == ["Visite"])
      try await test.appliance.database.write { try $0.execute("UPDATE search_version SET version = 0") }
      #expect(try await Self.titles(boss, "visite") == ["Visite"])
      #expect(try await test.count("SELECT count(*) FROM search_items WHERE kind = 'contents'") == 1)
    }
  }
}
