import HTTP
import Testing

@testable import Appliance

/// Opening, changing, deleting and finding topics.
@Suite(.timeLimit(.minutes(30))) struct ForumTopicsTests {
  @Test func `a topic without title or in no readable category is refused with its field`() async throws {
    try await Forum.run { forum in
      let hidden = try await forum.boss.post(
        "/api/forum/categories", ["name": "Board", "permissions": ["role:admin"]])
      let path = "/api/forum/topics"
      #expect(
        try await forum.test.client.post(path, ["categoryId": .string(forum.category), "title": "A"]).status
          == 401)
      for (body, field) in [
        (["title": "A"], "categoryId"), (["categoryId": .string(forum.category)], "title"),
        (["categoryId": "999", "title": "A"], "categoryId"),
        (["categoryId": hidden.json["id"] ?? .null, "title": "A"], "categoryId"),
        (["categoryId": .string(forum.category), "title": "A", "content": 7], "content"),
        (["categoryId": .string(forum.category), "title": "A", "tags": "not a list"], "tags"),
      ] as [(JSONValue, String)] {
        let answer = try await forum.lea.post(path, body)
        #expect(answer.status == 400, "\(body)")
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == field, "\(body)")
      }
      #expect(try await forum.lea.get(path).json.array?.isEmpty == true)
      #expect(try await forum.lea.get(path + "?categoryId=\(hidden.json["id"]?.string ?? "")").status == 404)
    }
  }

  @Test func `only moderators pin, lock and move topics; authors edit their text until it is locked`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      for flag in ["isPinned", "isSticky", "isLocked", "isAnnouncement"] {
        let body: JSONValue = .object([flag: true])
        #expect(try await forum.lea.send("PATCH", path, body).status == 403, "\(flag)")
        let opened = try await forum.lea.post(
          "/api/forum/topics", .object(["categoryId": .string(forum.category), "title": "B", flag: true]))
        #expect(opened.status == 403, "\(flag)")
      }
      let other = try await forum.boss.post("/api/forum/categories", ["name": "Other"]).json["id"] ?? .null
      #expect(try await forum.lea.send("PATCH", path, ["categoryId": other]).status == 403)
      #expect(try await forum.sam.send("PATCH", path, ["title": "Mine"]).status == 403)
      #expect(try await forum.lea.send("PATCH", path, ["title": "Better"]).json["title"] == "Better")
      let moved = try await forum.mod.send(
        "PATCH", path, ["categoryId": other, "isLocked": true, "tags": ["a"]])
      #expect(
        moved.json["categoryId"] == other && moved.json["isLocked"] == true && moved.json["title"] == "Better"
      )
      let counts = try await forum.lea.get("/api/forum/categories").json.array?.map {
        $0["topicCount"]?.int64
      }
      #expect(counts == [0, 1])
      #expect(try await forum.lea.send("PATCH", path, ["title": "Best"]).status == 403)
      #expect(
        try await forum.sam.post("/api/forum/posts", ["topicId": .string(id), "content": "x"]).code
          == "TOPIC_LOCKED")
      #expect(
        try await forum.mod.post("/api/forum/posts", ["topicId": .string(id), "content": "x"]).status == 201)
    }
  }

  @Test func `of two moderators who change one version of a topic, the second is told`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let read = try await forum.mod.get("/api/forum/topics/\(id)")
      var (first, second) = (forum.mod, forum.boss)
      first.headers["If-Match"] = read.headers["etag"] ?? ""
      second.headers["If-Match"] = read.headers["etag"] ?? ""
      #expect(try await first.send("PATCH", "/api/forum/topics/\(id)", ["isPinned": true]).status == 200)
      #expect(try await second.send("PATCH", "/api/forum/topics/\(id)", ["isLocked": true]).status == 412)
      #expect(try await second.delete("/api/forum/topics/\(id)").status == 412)
      #expect(try await forum.one(id, for: forum.lea)["isLocked"] == false)
    }
  }

  @Test func `a deleted topic is gone for members, and a moderator restores it with its counters`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      _ = try await forum.reply("Answer", to: id, by: forum.sam)
      #expect(try await forum.sam.delete(path).status == 403)
      #expect(try await forum.lea.delete(path).code == "TOPIC_HAS_REPLIES")
      #expect(try await forum.mod.delete(path).status == 200)
      #expect(try await forum.lea.get(path).status == 404)
      #expect(try await forum.lea.get("/api/forum/topics").json == [])
      #expect(try await forum.lea.get("/api/forum/stats/me").json["postCount"] == 0)
      #expect(try await forum.lea.get("/api/forum/topics?deleted=1").json == [])
      #expect(try await forum.mod.get("/api/forum/topics?deleted=1").json.array?.count == 1)
      var category = try await forum.lea.get("/api/forum/categories/\(forum.category)").json
      #expect(category["topicCount"] == 0 && category["postCount"] == 0)
      let own = try await forum.test.count("SELECT count(*) FROM forum_topics WHERE deleted_by IS NOT NULL")
      #expect(own == 1)
      #expect(try await forum.lea.post(path + "/restore").status == 404)
      #expect(try await forum.mod.post(path + "/restore").status == 200)
      category = try await forum.lea.get("/api/forum/categories/\(forum.category)").json
      #expect(category["topicCount"] == 1 && category["postCount"] == 2)
      // Without replies, its author may delete it.
      let lonely = try await forum.topic("Lonely", by: forum.lea)
      #expect(try await forum.lea.delete("/api/forum/topics/\(lonely)").status == 200)
    }
  }

  @Test func `a topic and the first post that an older client sends after it are one`() async throws {
    try await Forum.run { forum in
      for content in ["Same text", nil] as [String?] {
        var body: [String: JSONValue] = [
          "categoryId": .string(forum.category), "title": "Old", "tags": "[\"a\"]",
        ]
        body["content"] = content.map { .string($0) } ?? .null
        let made = try await forum.lea.post("/api/forum/topics", .object(body))
        let id = made.json["id"] ?? .null
        #expect(made.json["tags"] == ["a"])
        let first: JSONValue = ["topicId": id, "content": "Same text", "isFirstPost": true]
        #expect(try await forum.sam.post("/api/forum/posts", first).status != 201)
        let sent = try await forum.lea.post("/api/forum/posts", first)
        let again = try await forum.lea.post("/api/forum/posts", first)
        #expect([200, 201].contains(sent.status) && again.status == 200)
        #expect(again.json["id"] == sent.json["id"])
        let other = try await forum.lea.post(
          "/api/forum/posts", ["topicId": id, "content": "Another", "isFirstPost": true])
        #expect(other.code == "FIRST_POST_EXISTS")
        let posts = try await forum.posts(id.string ?? "", for: forum.sam)
        #expect(posts.map { $0["isFirstPost"] } == [true])
        let topic = try await forum.one(id.string ?? "", for: forum.sam)
        #expect(topic["postCount"] == 1 && topic["replyCount"] == 0)
      }
    }
  }

  @Test func `topics are listed by their last activity, in pages without gaps, and pinned ones apart`()
    async throws
  {
    try await Forum.run { forum in
      var ids: [String] = []
      for number in 0..<5 { ids.append(try await forum.topic("Topic \(number)", by: forum.lea)) }
      _ = try await forum.reply("Up", to: ids[1], by: forum.sam)
      _ = try await forum.mod.send("PATCH", "/api/forum/topics/\(ids[2])", ["isPinned": true])
      var seen: [String] = []
      var path = "/api/forum/topics?limit=2&categoryId=\(forum.category)"
      let start = path
      while true {
        let page = try await forum.sam.get(path)
        seen += page.json.array?.compactMap { $0["id"]?.string } ?? []
        guard let next = page.headers["x-next-before"] else { break }
        path = start + "&before=\(next)"
      }
      #expect(seen == [ids[1], ids[4], ids[3], ids[2], ids[0]])
      func listed(_ query: String) async throws -> [String] {
        try await forum.sam.get("/api/forum/topics?\(query)").json.array?.compactMap { $0["id"]?.string }
          ?? []
      }
      #expect(try await listed("top=1&categoryId=\(forum.category)") == [ids[2]])
      #expect(try await listed("top=0&categoryId=\(forum.category)") == [ids[1], ids[4], ids[3], ids[0]])
      #expect(try await listed("q=topic+3") == [ids[3]])
      #expect(try await listed("followed=1") == [ids[1]])
      #expect(try await forum.sam.get("/api/forum/topics?top=maybe").status == 400)
    }
  }

  @Test func `a switched off forum has no routes and no results`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic("Zebulon", by: forum.lea)
      for setting in ["showForum", "forumEnabled"] {
        try await forum.set(.object([setting: false]))
        for path in ["categories", "topics", "topics/\(id)", "posts", "stats/me", "moderation"] {
          #expect(try await forum.lea.get("/api/forum/\(path)").status == 404, "\(path)")
        }
        #expect(try await forum.lea.get("/api/search?q=zebulon").json == [])
        try await forum.set(.object([setting: true]))
      }
      #expect(try await forum.lea.get("/api/search?q=zebulon").json.array?.count == 1)
      #expect(try await forum.lea.get("/api/search?q=first").json.array?.first?["kind"] == "forum-posts")
    }
  }

  @Test func `a category with topics is not deleted, and its own moderators moderate it`() async throws {
    try await Forum.run { forum in
      let path = "/api/forum/categories/\(forum.category)"
      let id = try await forum.topic(by: forum.lea)
      #expect(try await forum.boss.delete(path).code == "CATEGORY_NOT_EMPTY")
      #expect(try await forum.sam.send("PATCH", "/api/forum/topics/\(id)", ["isPinned": true]).status == 403)
      let sam = String(try await forum.test.id("sam"))
      let changed = try await forum.boss.send(
        "PATCH", path, ["moderatorIds": [.string(sam)], "isVisible": false])
      #expect(changed.json["moderatorIds"] == [.string(sam)])
      #expect(try await forum.sam.send("PATCH", "/api/forum/topics/\(id)", ["isPinned": true]).status == 200)
      // It is invisible to others, and their topic in it too.
      #expect(try await forum.lea.get("/api/forum/topics/\(id)").status == 404)
      #expect(try await forum.lea.get("/api/forum/posts/\(id)").status == 404)
      #expect(try await forum.lea.get("/api/search?q=question").json == [])
      #expect(try await forum.sam.delete("/api/forum/topics/\(id)").status == 200)
      #expect(try await forum.boss.delete(path).status == 200)
    }
  }
}
