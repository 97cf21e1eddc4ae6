import HTTP
import Testing

@testable import Appliance

/// The agenda and links of the Workspace client, in its format.
@Suite(.timeLimit(.minutes(30))) struct PersonalRecordsTests {
  @Test func `an agenda entry without title, start or local time is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let path = "/api/agenda/events"
      for (body, field) in [
        ([:], "title"), (["title": "x"], "start"),
        (["title": "  ", "start": "2026-11-20T10:00:00"], "title"),
        (["title": "x", "start": "2026-11-20T10:00:00Z"], "start"),
        (["title": "x", "start": "2026-11-20T10:00:00+01:00"], "start"),
        (["title": "x", "start": 7], "start"),
        (["title": "x", "start": "2026-02-30T10:00:00"], "start"),
        (["title": "x", "start": "2026-11-20T10:00:00", "end": "2026-11-20T09:59:59"], "end"),
        (["title": "x", "start": "2026-11-20T10:00:00", "color": "red;x"], "color"),
        (["title": "x", "start": "2026-11-20T10:00:00", "all_day": "yes"], "all_day"),
      ] as [(JSONValue, String)] {
        let answer = try await lea.post(path, body)
        #expect(answer.status == 400)
        #expect(answer.json["errors"]?[0]?["field"]?.string == field, "\(answer.text)")
      }
      #expect(try await lea.get(path + "?start=yesterday").status == 400)
      #expect(try await lea.get(path).json == ["success": true, "data": []])
    }
  }

  @Test func `times are returned as they were sent, and one field can be changed alone`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      var page = lea
      page.headers["Origin"] = "file://"
      let path = "/api/agenda/events"
      let made = try await page.post(
        path,
        [
          "title": "Dentiste", "start": "2026-03-29T02:30:00", "end": "2026-03-29T03:00:00",
          "color": "#ff0000",
          "description": .null, "all_day": false,
        ])
      #expect(made.status == 201)
      #expect(made.headers["access-control-allow-origin"] == "file://")
      let id = try #require(made.json["data"]?["id"]?.int64)
      let expected: JSONValue = [
        "id": .integer(id), "title": "Dentiste", "start": "2026-03-29T02:30:00", "end": "2026-03-29T03:00:00",
        "color": "#ff0000", "description": "", "all_day": false,
      ]
      #expect(made.json == ["success": true, "data": expected])
      for (query, count) in [
        ("", 1), ("?start=2026-03-29&end=2026-03-29", 1), ("?start=2026-03-01&end=2026-03-28", 0),
        ("?start=2026-03-30", 0), ("?start=2026-03-29T00:00:00&end=2026-04-30T00:00:00", 1),
      ] {
        #expect(try await page.get(path + query).json["data"]?.array?.count == count, "\(query)")
      }
      let one = "\(path)/\(id)"
      for client in [sam] {
        #expect(try await client.get(path).json["data"] == [])
        #expect(try await client.put(one, ["title": "x"]).status == 404)
        #expect(try await client.delete(one).status == 404)
      }
      let changed = try await page.put(one, ["end": "2026-03-29T04:00:00"])
      #expect(changed.json["data"]?["end"] == "2026-03-29T04:00:00")
      #expect(changed.json["data"]?["title"] == "Dentiste")
      #expect(try await page.put(one, ["start": "2026-03-30T10:00:00"]).status == 400)
      #expect(try await page.delete(one).json["success"]?.bool == true)
      #expect(try await page.delete(one).status == 404)
    }
  }

  @Test func `an answer of a very large agenda ends with what fits`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let text = String(repeating: "€", count: 10_000)
      let made = try await lea.post(
        "/api/agenda/events", ["title": "A", "start": "2040-01-02T10:00:00", "description": .string(text)])
      #expect(made.status == 201)
      try await test.write(
        """
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 400)
        INSERT INTO agenda_events (user_id, title, start_text, end_text, start_at, end_at, color, description, all_day,
          created_at, updated_at)
        SELECT user_id, title, start_text, end_text, start_at, end_at, color, description, all_day, created_at, updated_at
        FROM agenda_events CROSS JOIN numbers
        """)
      let listed = try await lea.get("/api/agenda/events")
      #expect((100...399).contains(listed.json["data"]?.array?.count ?? 0))
      let feed = try await lea.post("/api/calendar/feed").json["url"]?.string ?? ""
      let path = String(feed[(feed.firstRange(of: "/api/")?.lowerBound ?? feed.startIndex)...])
      #expect(try await test.client.get(path).text.utf8.count < 9 << 20)
    }
  }

  @Test func `links without title, address or category of one's own are refused`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let other = try await sam.post("/api/shortcuts/categories", ["name": "Outils"]).json["id"] ?? .null
      let own = try await lea.post("/api/shortcuts/categories", ["name": "Outils"]).json["id"] ?? .null
      for (body, field) in [
        ([:], "title"), (["title": "x", "category_id": own], "url"),
        (["title": "x", "url": "https://a.org"], "category_id"),
        (["title": "x", "url": "javascript:alert(1)", "category_id": own], "url"),
        (["title": "x", "url": "file:///etc/passwd", "category_id": own], "url"),
        (["title": "x", "url": "https://a.org", "category_id": other], "category_id"),
        (["title": "x", "url": "https://a.org", "category_id": "none"], "category_id"),
      ] as [(JSONValue, String)] {
        let answer = try await lea.post("/api/shortcuts", body)
        #expect(answer.status == 400)
        #expect(answer.json["errors"]?[0]?["field"]?.string == field, "\(answer.text)")
      }
      #expect(try await lea.post("/api/shortcuts/categories", ["name": " "]).status == 400)
      #expect(try await lea.put("/api/shortcuts/categories/\(other.int64 ?? 0)", ["name": "x"]).status == 404)
      #expect(try await lea.delete("/api/shortcuts/categories/\(other.int64 ?? 0)").status == 404)
      #expect(try await lea.get("/api/shortcuts").json == [])
    }
  }

  @Test func `links have integer ids, their title also as name, and the order that was saved`()
    async throws
  {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let tools = try await lea.post("/api/shortcuts/categories", ["name": "Outils"]).json["id"]?.int64 ?? 0
      let other = try await lea.post("/api/shortcuts/categories", ["name": "Lecture"]).json["id"]?.int64 ?? 0
      #expect(
        try await lea.put("/api/shortcuts/categories/\(other)", ["name": "Lire"]).json["name"] == "Lire")
      #expect(
        try await lea.get("/api/shortcuts/categories").json == [
          ["id": .integer(tools), "name": "Outils"], ["id": .integer(other), "name": "Lire"],
        ])
      var ids: [Int64] = []
      for name in ["a", "b", "c"] {
        let made = try await lea.post(
          "/api/shortcuts",
          ["category_id": .integer(tools), "title": .string(name), "url": .string("\(name).example.org")])
        #expect(made.status == 201 && made.json["success"]?.bool == true)
        #expect(made.json["url"]?.string == "https://\(name).example.org")
        ids.append(made.json["id"]?.int64 ?? 0)
      }
      let changed = try await lea.put("/api/shortcuts/\(ids[0])", ["name": "A", "url": "https://a.org/"])
      #expect(
        changed.json["title"] == "A" && changed.json["name"] == "A" && changed.json["url"] == "https://a.org/"
      )
      func order(_ category: Int64, _ ids: [Int64]) -> JSONValue {
        ["category_id": .integer(category), "shortcut_ids": .array(ids.map(JSONValue.integer))]
      }
      #expect(try await sam.put("/api/shortcuts/reorder", order(tools, ids)).status == 400)
      #expect(try await lea.put("/api/shortcuts/reorder", order(tools, [ids[1], 999_999])).status == 404)
      #expect(try await lea.put("/api/shortcuts/reorder", order(tools, [ids[2], ids[0]])).status == 200)
      #expect(try await lea.put("/api/shortcuts/reorder", order(other, [ids[1]])).status == 200)
      let list = try await lea.get("/api/shortcuts").json.array ?? []
      #expect(list.filter { $0["category_id"]?.int64 == tools }.map { $0["id"]?.int64 } == [ids[2], ids[0]])
      #expect(list.first { $0["id"]?.int64 == ids[1] }?["category_id"]?.int64 == other)
      #expect(list[0].object?.keys.sorted() == ["category_id", "id", "name", "title", "url"])
      #expect(try await sam.delete("/api/shortcuts/\(ids[0])").status == 404)
      #expect(try await lea.delete("/api/shortcuts/categories/\(tools)").status == 200)
      #expect(try await lea.get("/api/shortcuts").json.array?.count == 1)
    }
  }
}
