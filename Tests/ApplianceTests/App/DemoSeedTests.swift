import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct DemoSeedTests {
  @Test func `the printed accounts can sign in, and a second start creates none`() async throws {
    try await TestAppliance.run { test in
      let first = try await DemoSeed(test.appliance).run()
      let line = try #require(first.last)
      let password = try #require(line.split(separator: " ").last.map { String($0) })
      #expect(password.count >= 10)
      for username in ["admin", "lea", "sam", "claire"] {
        let answer = try await test.client(at: username).post(
          "/api/auth/login", ["username": .string(username), "password": .string(password)])
        #expect(answer.status == 200, "\(username)")
      }
      let messages = try await test.appliance.database.read { connection in
        try connection.scalar("SELECT count(*) FROM chat_messages")
      }
      #expect(messages ?? 0 > 0)
      #expect(try await test.count("SELECT count(DISTINCT status) FROM complaints") == 4)
      #expect(try await test.count("SELECT count(*) FROM message_copies WHERE read_at IS NULL") > 0)
      #expect(try await test.count("SELECT count(*) FROM forum_topics WHERE solution_id IS NOT NULL") == 1)
      #expect(try await DemoSeed(test.appliance).run() == first)
      let (people, again) = try await test.appliance.database.read { connection in
        (
          try connection.scalar("SELECT count(*) FROM users"),
          try connection.scalar("SELECT count(*) FROM chat_messages")
        )
      }
      #expect(people == Int64(DemoPeople.all.count))
      #expect(again == messages)
    }
  }

  @Test func `removing the demo keeps its administrator and what people wrote themselves`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await boss.post("/api/contents", ["title": "Ours"])
      _ = try await DemoSeed(test.appliance).run()
      _ = try await boss.post("/api/contents", ["title": "Ours too"])
      let data = DemoData(appliance: test.appliance)
      #expect(try await data.isThere())
      #expect(try await data.remove() > DemoPeople.all.count)
      #expect(try await !data.isThere())
      #expect(try await test.count("SELECT count(*) FROM users") == 2)
      // The administrator that stays has no picture that is gone.
      #expect(try await boss.get("/api/users/pictures").json == [])
      for table in [
        "chat_messages", "messages", "message_copies", "message_drafts", "complaints", "forum_categories",
        "forum_posts", "forum_reactions",
      ] {
        #expect(try await test.count("/* test */ SELECT count(*) FROM \(table)") == 0, "\(table)")
      }
      #expect(try await test.count("SELECT coalesce(sum(count), 0) FROM complaint_counts") == 0)
      #expect(try await test.count("SELECT count(*) FROM contents") == 2)
      #expect(try await boss.get("/api/chat/channels").json.array?.count == 1)
      #expect(try await data.remove() == 0)
      _ = try await DemoSeed(test.appliance).run()
      #expect(try await test.count("SELECT count(*) FROM chat_messages") == 0, "a further start makes none")
    }
  }

  @Test func `a server without demo data refuses to remove or reset it, and does not offer it`() async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (path, reset) = ("/api/admin/demo-data", "/api/admin/reset-test-data")
      #expect(try await boss.get("/api/appliance").json["demo"] == false)
      for answer in [try await boss.delete(path), try await boss.post(reset, [:])] {
        #expect(answer.status == 409 && answer.json["code"] == "NO_DEMO_DATA")
      }
      #expect(try await RemoveDemoCommand.lines(test.appliance) == ["no demo data"])
    }
  }

  @Test func `administrators reset and remove the demo data`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("zoe")
      let (path, reset) = ("/api/admin/demo-data", "/api/admin/reset-test-data")
      _ = try await DemoSeed(test.appliance).run()
      #expect(try await boss.get("/api/appliance").json["demo"] == true)
      #expect(try await lea.delete(path).status == 403)
      #expect(try await lea.post(reset, [:]).status == 403)
      let announcements = try await test.count("SELECT count(*) FROM announcements")
      try await test.appliance.database.write { tx in
        try tx.execute("DELETE FROM announcements WHERE id = (SELECT min(id) FROM announcements)")
      }
      _ = try await boss.post("/api/announcements", ["title": "Ours", "content": "x"])
      #expect(try await boss.post(reset, [:]).json["success"] == true)
      #expect(try await test.count("SELECT count(*) FROM announcements") == announcements + 1)
      #expect(
        try await boss.get("/api/users/pictures").json.array?.count
          == DemoPeople.all.count { $0.portrait != nil })
      #expect(try await boss.get("/api/appliance").json["demo"] == true)
      #expect(try await boss.delete(path).json["success"] == true)
      #expect(try await test.count("SELECT count(*) FROM announcements") == 1)
      #expect(try await boss.get("/api/users/pictures").json == [])
      #expect(try await test.audited().filter { $0.hasPrefix("demo") } == ["demo_reset", "demo_removed"])
      #expect(try await boss.get("/api/appliance").json["demo"] == false)
    }
  }

  @Test
  func `the next start completes an interrupted reset, and does not count rows of others as the demo's`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let data = DemoData(appliance: test.appliance)
      _ = try await DemoSeed(test.appliance).run()
      _ = try await data.remove()
      _ = try await data.begin()
      #expect(try await DemoSeed(test.appliance).run().last?.contains("password") == true)
      #expect(try await data.isThere())
      _ = try await data.remove()
      _ = try await data.begin()
      try await data.close()
      _ = try await boss.post("/api/contents", ["title": "Ours"])
      _ = try await data.remove()
      #expect(try await test.count("SELECT count(*) FROM contents") == 1)
    }
  }

  @Test func `rows of a demo that was killed half-way are removed with the rest`() async throws {
    try await TestAppliance.run { test in
      _ = try await test.person("boss", role: .admin)
      _ = try await DemoData(appliance: test.appliance).begin()
      try await DemoPeople(appliance: test.appliance).run(password: TestAppliance.password)
      _ = try await DemoSeed(test.appliance).run()
      _ = try await DemoData(appliance: test.appliance).remove()
      // The test's own administrator and the demo's.
      #expect(try await test.count("SELECT count(*) FROM users") == 2)
      #expect(try await test.count("SELECT count(*) FROM settings WHERE name LIKE 'demo-begun'") == 0)
    }
  }
}
