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

  @Test func `a prefix finds all words that start with it, few or many, with titles first`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      for word in ["formation", "formateur", "forme"] {
        _ = try await boss.post("/api/contents", ["title": .string("La \(word)")])
      }
      _ = try await boss.post("/api/contents", ["title": "Plan", "description": "Une formation de plus"])
      #expect(try await Self.titles(boss, "forma") == ["La formateur", "La formation", "Plan"])
      #expect(try await Self.titles(boss, "formi").isEmpty)
      for number in 0..<30 {
        _ = try await boss.post("/api/contents", ["title": .string("interne\(number)")])
      }
      #expect(try await Self.titles(boss, "inter&kind=contents&limit=50").count == 30)
      #expect(try await Self.titles(boss, "la%20forma") == ["La formateur", "La formation"])
    }
  }

  @Test func `the list of words has none of a deleted text`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let both = try await boss.post("/api/contents", ["title": "walrus9 heron"])
      _ = try await boss.post("/api/contents", ["title": "Heron"])
      #expect(try await Self.titles(boss, "walr") == ["walrus9 heron"])
      let listed = "SELECT count(*) FROM search_words WHERE word IN ('walrus9', 'heron')"
      #expect(try await test.count(listed) == 2)
      _ = try await boss.delete("/api/contents/\(both.json["id"]?.string ?? "")")
      #expect(try await Self.titles(boss, "walr").isEmpty)
      #expect(try await Self.titles(boss, "hero") == ["Heron"])
      #expect(try await test.count(listed) == 1)
    }
  }

  @Test func `an excerpt shows a match far behind the beginning of a text`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let text = String(repeating: "mot ", count: 1_000) + "Noël"
      _ = try await boss.post("/api/contents", ["title": "Long", "description": .string(text)])
      let found = try await boss.get("/api/search?q=noe").json.array?.first
      #expect(found?["snippet"]?.string?.contains("\u{2}Noël\u{3}") == true)
    }
  }

  @Test func `parts of the index are merged, and nothing is lost by it`() async throws {
    try await TestAppliance.run { test in
      let index = SearchIndex(sources: test.appliance.searchSources)
      let boss = try await test.person("boss", role: .admin)
      for number in 0..<40 {
        try await test.appliance.database.write { tx in
          try tx.execute(
            """
            INSERT INTO contents (title, type, category, description, file_url, thumbnail_url, duration, view_count,
              rating, tags, is_popular, is_featured, created_at, updated_at)
            VALUES (?, 'document', '', '', '', '', 0, 0, 0, '[]', 0, 0, 0, 0)
            """, "Visite \(number)")
          _ = try index.advance(by: 50, in: tx)
        }
      }
      while try await test.appliance.database.write({ try index.merge(in: $0) }) {}
      #expect(try await test.count("SELECT count(DISTINCT segid) FROM search_index_idx") <= 3)
      #expect(try await Self.titles(boss, "visit&kind=contents&limit=50").count == 40)
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

  @Test func `a common word in newer rows of others does not hide one's own`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.write(
        """
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 4500)
        INSERT INTO resources (title, description, type, category, url, download_url, thumbnail_url, tags,
          is_public, required_role, created_at, updated_at)
        SELECT 'Guide ' || n, '', 'link', '', '', '', '', '[]', 1, CASE n WHEN 1 THEN 'employee' ELSE 'admin' END, n, n
        FROM numbers
        """)
      let index = SearchIndex(sources: test.appliance.searchSources)
      while try await test.appliance.database.write({ try index.advance(by: 1000, in: $0) }) {}
      #expect(try await Self.titles(lea, "guide") == ["Guide 1"])
      #expect(try await Self.titles(lea, "gui") == ["Guide 1"])
    }
  }

  @Test func `long texts are indexed a few at a time`() async throws {
    try await TestAppliance.run { test in
      let long = String(repeating: "mot ", count: 60_000)
      let index = SearchIndex(sources: test.appliance.searchSources)
      // In one transaction, so that the daemon's own indexing does not come between.
      let steps = try await test.appliance.database.write { tx in
        _ = try index.advance(by: 50, in: tx)
        for number in 0..<3 {
          try tx.execute(
            """
            INSERT INTO contents (title, type, category, description, file_url, thumbnail_url, duration, view_count,
              rating, tags, is_popular, is_featured, created_at, updated_at)
            VALUES (?, 'document', '', ?, '', '', 0, 0, 0, '[]', 0, 0, 0, 0)
            """, "Long \(number)", long)
        }
        return try (0..<2).map { _ in
          let isMore = try index.advance(by: 50, in: tx)
          return (isMore, try tx.scalar("SELECT count(*) FROM search_items WHERE kind = 'contents'"))
        }
      }
      #expect(steps.map(\.0) == [true, false])
      #expect(steps.map(\.1) == [2, 3])
    }
  }

  @Test func `of two changes of a setting in one group of transactions the later one wins`() async throws {
    try await TestAppliance.run { test in
      let settings = test.appliance.settings
      _ = try await test.person("boss", role: .admin)
      let changed = try await test.appliance.database.write { tx in
        let boss = try #require(try Account.find(login: "boss", in: tx))
        return try settings.change(["showForum": false], by: boss, in: tx)
          + settings.change(["showForum": true], by: boss, in: tx)
      }
      #expect(changed == ["showForum", "showForum"])
      #expect(settings.isOn(.forum))
      let stored = try await test.appliance.database.read { connection in
        try connection.first("SELECT value FROM system_settings WHERE name = 'showForum'") { $0.text(0) }
      }
      #expect(stored == "true")
    }
  }
}
