import HTTP
import Testing

@testable import Appliance

/// What people had read of two topics that are merged, and merges while others write.
@Suite(.timeLimit(.minutes(30))) struct ForumMergedMarksTests {
  private func read(_ topic: String, _ count: Int, by reader: TestClient, _ forum: Forum) async throws {
    let number = try await forum.posts(topic, for: forum.boss)[count - 1]["number"] ?? .null
    _ = try await reader.post("/api/forum/topics/\(topic)/read", ["number": number])
  }

  private func unread(_ topic: String, for reader: TestClient, _ forum: Forum) async throws -> Int64 {
    try await forum.one(topic, for: reader)["unreadCount"]?.int64 ?? -1
  }

  /// ```
  ///            kept     double
  ///            1, 2
  ///                     3, 4
  ///            5
  /// Sam read   1 to 5   nothing
  /// Mod read   1        3, 4
  /// ```
  @Test func `what was read of one topic stays read among what was not read of the other`() async throws {
    try await Forum.run { forum in
      let kept = try await forum.topic("Kept", by: forum.lea)
      _ = try await forum.reply("2", to: kept, by: forum.lea)
      let double = try await forum.topic("Double", by: forum.lea)
      _ = try await forum.reply("4", to: double, by: forum.lea)
      _ = try await forum.reply("5", to: kept, by: forum.lea)
      try await read(kept, 3, by: forum.sam, forum)
      try await read(kept, 1, by: forum.mod, forum)
      try await read(double, 2, by: forum.mod, forum)
      #expect(try await forum.merge(double, into: kept, by: forum.boss).status == 200)
      #expect(try await unread(kept, for: forum.sam, forum) == 2)
      #expect(try await unread(kept, for: forum.mod, forum) == 2)
      #expect(try await unread(kept, for: forum.boss, forum) == 5)
      #expect(try await forum.sam.get("/api/forum/topics?unread=1").json.array?.count == 1)
      let numbers = try await forum.posts(kept, for: forum.boss).map { $0["number"] }
      #expect(try await forum.one(kept, for: forum.sam)["firstUnread"] == numbers[2])
      #expect(try await forum.one(kept, for: forum.mod)["firstUnread"] == numbers[1])
      // Reading on leaves what comes after.
      try await read(kept, 3, by: forum.sam, forum)
      #expect(try await unread(kept, for: forum.sam, forum) == 1)
      _ = try await forum.reply("6", to: kept, by: forum.lea)
      #expect(try await unread(kept, for: forum.sam, forum) == 2)
      _ = try await forum.sam.post("/api/forum/topics/\(kept)/read")
      #expect(try await unread(kept, for: forum.sam, forum) == 0)
    }
  }

  @Test func `a topic that takes in several keeps the parts that somebody has missed apart`() async throws {
    try await Forum.run { forum in
      let kept = try await forum.topic("Kept", by: forum.lea)
      var doubles: [String] = []
      for number in 0..<10 { doubles.append(try await forum.topic("Double \(number)", by: forum.lea)) }
      _ = try await forum.reply("Last", to: kept, by: forum.lea)
      try await read(kept, 2, by: forum.sam, forum)
      for (count, double) in doubles.enumerated() {
        #expect(try await forum.merge(double, into: kept, by: forum.mod).status == 200)
        // Beyond some of them all that comes after is unread.
        let expected: Int64 = count < 8 ? Int64(count) + 1 : Int64(count) + 2
        #expect(try await unread(kept, for: forum.sam, forum) == expected, "\(count)")
      }
      #expect(try await forum.test.count("SELECT count(*) FROM forum_missed") <= 8)
      _ = try await forum.sam.post("/api/forum/topics/\(kept)/read")
      #expect(try await unread(kept, for: forum.sam, forum) == 0)
    }
  }

  @Test func `merges, deletions, moves and locks at once leave true counters`() async throws {
    try await Forum.run { forum in
      let other = try await forum.boss.post("/api/forum/categories", ["name": "Other"]).json["id"] ?? .null
      let kept = try await forum.topic("Kept", by: forum.lea)
      var (doubles, posts): ([String], [String]) = ([], [])
      for number in 0..<6 {
        let double = try await forum.topic("Double \(number)", by: forum.lea)
        doubles.append(double)
        posts.append(try await forum.reply("r", to: double, by: forum.sam))
      }
      await withTaskGroup(of: Void.self) { group in
        for (index, double) in doubles.enumerated() {
          group.addTask { _ = try? await forum.merge(double, into: kept, by: forum.mod) }
          group.addTask { [posts] in _ = try? await forum.sam.delete("/api/forum/posts/\(posts[index])") }
          group.addTask {
            let path = "/api/forum/topics/\(index % 2 == 0 ? double : kept)"
            _ = try? await forum.boss.patch(path, ["isLocked": .bool(index % 3 == 0), "categoryId": other])
          }
          if index == 5 {
            group.addTask { _ = try? await forum.boss.delete("/api/forum/topics/\(double)") }
          }
        }
      }
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
      #expect(
        try await forum.test.count(
          """
          SELECT count(*) FROM forum_topics AS t WHERE merged_into IS NULL AND deleted_at IS NULL
            AND (SELECT count(*) FROM forum_posts WHERE topic_id = t.id AND is_first = 1) <> 1
          """) == 0)
    }
  }

  @Test func `a topic of more than 5,000 posts is not moved, and its last one counts`() async throws {
    try await Forum.run { forum in
      let (large, small) = (
        try await forum.topic("Large", by: forum.lea), try await forum.topic("Small", by: forum.lea)
      )
      try await forum.test.write(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO forum_posts (topic_id, author_name, content, html, is_first, status, number, created_at,
          updated_at) SELECT \(large), 'x', 'x', 'x', 0, 'published', 1000 + i, 1, 1 FROM n;
        UPDATE forum_numbers SET last = 7000
        """)
      #expect(try await forum.merge(large, into: small, by: forum.mod).code == "TOO_MANY_POSTS")
      try await forum.test.write("DELETE FROM forum_posts WHERE topic_id = \(large) AND number = 6000")
      let merged = try await forum.merge(large, into: small, by: forum.mod)
      #expect(merged.json["postCount"] == 5001, "\(merged.text)")
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
    }
  }
}
