import HTTP
import Testing

@testable import Appliance

/// Counters and unread marks stay true, also when many write at once.
@Suite(.timeLimit(.minutes(30))) struct ForumCountersTests {
  @Test func `a hundred likes and unlikes at once leave true numbers`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let path = "/api/forum/posts/\(try await forum.first(id))/like"
      #expect(try await forum.lea.post(path).code == "OWN_POST")
      #expect(try await forum.sam.post(path, ["reactionType": "wow"]).status == 400)
      var people: [TestClient] = []
      for number in 0..<20 { people.append(try await forum.test.person("fan\(number)")) }
      // Five toggles of each person: the odd number leaves a reaction.
      await withTaskGroup(of: Void.self) { group in
        for (index, person) in people.enumerated() {
          let kind = ForumReaction.allCases[index % 4]
          group.addTask {
            for _ in 0..<5 { _ = try? await person.post(path, ["reactionType": .string(kind.rawValue)]) }
          }
        }
      }
      let post = try await forum.posts(id, for: people[1]).first
      #expect(post?["likeCount"] == 20 && post?["myReaction"] == "love")
      #expect(post?["reactions"] == ["like": 5, "love": 5, "laugh": 5, "angry": 5])
      #expect(try await forum.test.count("SELECT count(*) FROM forum_reactions") == 20)
      #expect(try await forum.lea.get("/api/forum/stats/me").json["likeCount"] == 15)
      // Another reaction takes the place of the first; the same one ends it.
      #expect(try await people[1].post(path, ["reactionType": "like"]).json["likeCount"] == 20)
      #expect(try await people[1].post(path, ["reactionType": "like"]).json["liked"] == false)
      let after = try await forum.posts(id, for: people[1]).first
      #expect(after?["reactions"] == ["like": 5, "love": 4, "laugh": 5, "angry": 5])
    }
  }

  @Test func `posts and deletions at once leave true counters of topic and category`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      await withTaskGroup(of: Void.self) { group in
        for person in [forum.lea, forum.sam, forum.mod] {
          group.addTask {
            for number in 0..<10 {
              let made = try? await person.post(
                "/api/forum/posts", ["topicId": .string(id), "content": .string("p\(number)")])
              guard number % 2 == 0, let post = made?.json["id"]?.string else { continue }
              _ = try? await person.delete("/api/forum/posts/\(post)")
            }
          }
        }
      }
      let topic = try await forum.one(id, for: forum.lea)
      #expect(topic["postCount"] == 16 && topic["replyCount"] == 15)
      let category = try await forum.lea.get("/api/forum/categories/\(forum.category)").json
      #expect(category["topicCount"] == 1 && category["postCount"] == 16)
      #expect(
        try await forum.test.count(
          """
          SELECT activity = (SELECT max(number) FROM forum_posts WHERE topic_id = forum_topics.id
            AND deleted_at IS NULL) FROM forum_topics
          """) == 1)
    }
  }

  @Test func `a topic opens at the first unread post, and marks never go back`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      for number in 0..<5 { _ = try await forum.reply("r\(number)", to: id, by: forum.lea) }
      let numbers = try await forum.posts(id, for: forum.sam).compactMap { $0["number"]?.int64 }
      #expect(try await forum.one(id, for: forum.lea)["unreadCount"] == 0)
      var topic = try await forum.one(id, for: forum.sam)
      #expect(
        topic["unreadCount"] == 6 && topic["firstUnread"]?.int64 == numbers[0] && topic["viewCount"] == 1)
      topic = try await forum.sam.post(path + "/read", ["number": .integer(numbers[2])]).json
      #expect(
        topic["unreadCount"] == 3 && topic["firstUnread"]?.int64 == numbers[3] && topic["viewCount"] == 2)
      topic = try await forum.sam.post(path + "/read", ["number": .integer(numbers[0])]).json
      #expect(topic["unreadCount"] == 3 && topic["viewCount"] == 2)
      #expect(try await forum.sam.post(path + "/read", ["number": -1]).status == 400)
      // Beyond the last post nothing can be read in advance.
      _ = try await forum.sam.post(path + "/read", ["number": 999_999])
      _ = try await forum.reply("new", to: id, by: forum.lea)
      #expect(try await forum.one(id, for: forum.sam)["unreadCount"] == 1)
      #expect(try await forum.sam.get("/api/forum/topics?unread=1").json.array?.count == 1)
      #expect(try await forum.sam.get("/api/forum/categories").json.array?.first?["hasUnread"] == true)
      // A person's own post leaves what is unread before it.
      _ = try await forum.reply("mine", to: id, by: forum.sam)
      #expect(try await forum.one(id, for: forum.sam)["unreadCount"] == 2)
      _ = try await forum.sam.post("/api/forum/read-all")
      #expect(try await forum.sam.get("/api/forum/topics?unread=1").json == [])
      #expect(try await forum.sam.get("/api/forum/categories").json.array?.first?["hasUnread"] == false)
      let page = try await forum.sam.get(path + "/posts?after=\(numbers[2])&limit=2")
      #expect(page.json.array?.compactMap { $0["number"]?.int64 } == Array(numbers[3...4]))
      #expect(page.headers["x-next-after"] == String(numbers[4]))
      let earlier = try await forum.sam.get(path + "/posts?before=\(numbers[3])&limit=2")
      #expect(earlier.json.array?.compactMap { $0["number"]?.int64 } == Array(numbers[1...2]))
      #expect(earlier.headers["x-next-before"] == String(numbers[1]))
    }
  }

  @Test func `deleting a person keeps their posts and takes their reactions out of the counters`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      _ = try await forum.reply("Here", to: id, by: forum.sam)
      _ = try await forum.sam.post("/api/forum/posts/\(try await forum.first(id))/like")
      try await forum.test.appliance.database.write { tx in
        try tx.execute("DELETE FROM users WHERE username = 'sam'")
      }
      let posts = try await forum.posts(id, for: forum.lea)
      #expect(posts.first?["likeCount"] == 0)
      #expect(posts.last?["authorName"] == "Sam" && posts.last?["authorId"] == .null)
    }
  }
}
