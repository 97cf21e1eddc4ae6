import HTTP
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct StoredBytesTests {
  /// A full count and the counter's value, by person.
  private func counts(_ test: TestAppliance) async throws -> [[Int64]] {
    try await test.appliance.database.read { connection in
      try connection.query(
        """
        SELECT s.user_id, s.bytes,
          (SELECT coalesce(sum(100 + length(CAST(text AS BLOB))), 0) FROM chat_messages WHERE author_id = s.user_id)
          + (SELECT coalesce(sum(size), 0) FROM uploads WHERE owner_id = s.user_id)
        FROM stored_bytes AS s ORDER BY s.user_id
        """
      ) { [$0.int64(0), $0.int64(1), $0.int64(2)] }
    }
  }

  private func expectRight(_ test: TestAppliance, _ comment: Comment) async throws {
    for line in try await counts(test) { #expect(line[1] == line[2], "\(comment.rawValue): \(line)") }
  }

  @Test
  func `the stored bytes match a full count after all kinds of changes`()
    async throws
  {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await test.person("lea")
      let tom = try await test.person("tom")
      let path = "/api/chat/channels/general/messages"
      var ids: [String] = []
      for text in ["hello", "é\u{301}😀", String(repeating: "x", count: 5000)] {
        ids.append(try #require(try await lea.post(path, ["text": .string(text)]).json["id"]?.string))
      }
      // The same client id is the same message.
      for _ in 0..<2 { _ = try await tom.post(path, ["text": "once", "clientId": "mark"]) }
      try await expectRight(test, "posts")
      #expect(try await lea.get("/api/quota").json["bytes"]?["used"] == .integer(5 + 8 + 5000 + 300))
      #expect(try await tom.get("/api/quota").json["bytes"]?["used"] == 104)
      #expect(
        try await lea.send("PATCH", "/api/chat/messages/\(ids[0])", ["text": "longer than"]).status == 200)
      #expect(try await lea.send("DELETE", "/api/chat/messages/\(ids[2])").status == 200)
      try await expectRight(test, "an edit and a deletion")
      #expect(try await lea.get("/api/quota").json["bytes"]?["used"] == .integer(11 + 8 + 300))

      let file = try await test.upload(FileSamples.png(3, 3, padding: 600_000), as: lea)
      let used = try await lea.get("/api/quota").json["bytes"]?["used"]?.int ?? 0
      #expect(used > 600_000)
      try await expectRight(test, "a file")
      #expect(try await lea.send("DELETE", file).status == 200)
      try await expectRight(test, "a file that went")

      let gone = Int64(ids[1])
      try await test.appliance.database.write { tx in
        try tx.execute("DELETE FROM chat_messages WHERE id = ?", gone)
        try tx.execute("DELETE FROM users WHERE username = 'tom'")
      }
      try await expectRight(test, "retention and a person who went")
      #expect(try await lea.get("/api/quota").json["bytes"]?["used"] == .integer(11 + 200))
      #expect(try await counts(test).count == 1)
    }
  }

  @Test func `a person's messages and files share one limit`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.id("lea")
      let path = "/api/chat/channels/general/messages"
      _ = try await boss.send("PATCH", "/api/admin/users/\(id)/quota", ["bytes": 1000])
      #expect(
        try await lea.send("POST", "/api/uploads", content: FileSamples.png(3, 3, padding: 2000)).code
          == "QUOTA_EXCEEDED")
      let posted = try await lea.post(path, ["text": .string(String(repeating: "é", count: 300))])
      #expect(posted.status == 201)
      let full = try await lea.post(path, ["text": .string(String(repeating: "x", count: 201))])
      #expect(full.status == 413 && full.code == "QUOTA_EXCEEDED")
      #expect(full.json["message"]?.string?.contains("1000 ") == true)
      let message = try #require(posted.json["id"]?.string)
      let edit = JSONValue.string(String(repeating: "x", count: 901))
      #expect(
        try await lea.send("PATCH", "/api/chat/messages/\(message)", ["text": edit]).code == "QUOTA_EXCEEDED")
      #expect(try await lea.send("PATCH", "/api/chat/messages/\(message)", ["text": "short"]).status == 200)
      #expect(try await lea.post(path, ["text": .string(String(repeating: "x", count: 201))]).status == 201)
      try await expectRight(test, "refusals")
    }
  }

  @Test func `the migration counts what was stored before`() async throws {
    let folder = TemporaryFolder()
    let old = Migration.all.filter { $0.number < 19 }
    let path = folder.path + "/old.db"
    let before = try Database.open(path: path, migrations: old, clock: { 1 }, log: { _ in })
    try await before.write { tx in
      try tx.executeScript(
        """
        INSERT INTO users (username, name, created_at, updated_at) VALUES ('lea', 'Léa', 1, 1), ('tom', 'Tom', 1, 1);
        INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (1, 1, 'é', 1), (1, 1, 'x', 1);
        INSERT INTO uploads (key, owner_id, name, type, size, digest, created_at)
        VALUES ('a', 1, 'a', 'a', 5000, x'00', 1);
        """)
    }
    await before.close()
    let database = try Database.open(path: path, migrations: Migration.all, clock: { 1 }, log: { _ in })
    let bytes = try await database.read {
      try $0.query("SELECT bytes FROM stored_bytes ORDER BY user_id") { $0.int64(0) }
    }
    #expect(bytes == [5203, 0])
    await database.close()
  }
}
