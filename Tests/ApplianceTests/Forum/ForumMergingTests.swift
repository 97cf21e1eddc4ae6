import HTTP
import Testing

@testable import Appliance

/// Merging and splitting topics.
@Suite(.timeLimit(.minutes(30))) struct ForumMergingTests {
  @Test func `only moderators of both merge two topics that are published`() async throws {
    try await Forum.run { forum in
      let other = try await forum.boss.post("/api/forum/categories", ["name": "Other"]).json["id"]?.string
      let (a, b) = (
        try await forum.topic("A", by: forum.lea), try await forum.topic("B", by: forum.lea, in: other)
      )
      let sam = String(try await forum.test.id("sam"))
      _ = try await forum.boss.send(
        "PATCH", "/api/forum/categories/\(forum.category)", ["moderatorIds": [.string(sam)]])
      #expect(try await forum.merge(a, into: b, by: forum.lea).status == 403)
      #expect(try await forum.merge(a, into: b, by: forum.sam).status == 403)
      #expect(try await forum.merge(b, into: a, by: forum.sam).status == 403)
      #expect(try await forum.merge(a, into: "999", by: forum.mod).json["errors"]?[0]?["field"] == "intoId")
      #expect(try await forum.merge(a, into: a, by: forum.mod).code == "SAME_TOPIC")
      _ = try await forum.mod.delete("/api/forum/topics/\(b)")
      #expect(try await forum.merge(a, into: b, by: forum.mod).code == "NOT_PUBLISHED")
      #expect(try await forum.merge(b, into: a, by: forum.mod).code == "NOT_PUBLISHED")
    }
  }

  @Test func `a solution that comes to open the merged topic is none any more`() async throws {
    try await Forum.run { forum in
      let body: JSONValue = ["categoryId": .string(forum.category), "title": "Without a first post"]
      let target = try await forum.lea.post("/api/forum/topics", body).json["id"]?.string ?? ""
      let answer = try await forum.reply("Answer", to: target, by: forum.sam)
      let solved = try await forum.lea.put(
        "/api/forum/topics/\(target)/solution", ["postId": .string(answer)])
      #expect(solved.json["solutionId"]?.string == answer, "\(solved.text)")
      let source = try await forum.topic("Later", by: forum.sam)
      let merged = try await forum.merge(source, into: target, by: forum.mod)
      #expect(merged.status == 200 && merged.json["isSolved"] != true, "\(merged.text)")
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
    }
  }

  @Test func `posts keep authors, dates and reactions, counters are true, and the old address leads on`()
    async throws
  {
    try await Forum.run { forum in
      let target = try await forum.topic("Kept", by: forum.lea)
      let source = try await forum.topic("Double", by: forum.sam)
      let early = try await forum.reply("Early", to: source, by: forum.mod)
      let late = try await forum.reply("Late", to: target, by: forum.boss)
      _ = try await forum.lea.post("/api/forum/posts/\(early)/like")
      _ = try await forum.sam.put("/api/forum/topics/\(source)/solution", ["postId": .string(early)])
      let before = try await forum.posts(source, for: forum.lea)
      let merged = try await forum.merge(source, into: target, by: forum.mod)
      #expect(merged.json["id"]?.string == target && merged.json["solutionId"]?.string == early)
      let posts = try await forum.posts(target, for: forum.lea)
      #expect(posts.map { $0["id"]?.string }.suffix(2) == [early, late])
      #expect(posts.map { $0["authorName"] } == ["Lea", "Sam", "Mod", "Boss"])
      #expect(posts.map { $0["isFirstPost"] } == [true, false, false, false])
      #expect(posts[2]["likeCount"] == 1 && posts[2]["createdAt"] == before[1]["createdAt"])
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
      #expect(try await forum.sam.get("/api/forum/stats/me").json["topicCount"] == 0)
      // All that a page asks of the old address is answered by the new one.
      #expect(try await forum.one(source, for: forum.lea)["id"]?.string == target)
      #expect(try await forum.posts(source, for: forum.lea).count == 4)
      let reply = try await forum.reply("Meanwhile", to: source, by: forum.sam)
      #expect(try await forum.posts(target, for: forum.lea).last?["id"]?.string == reply)
      _ = try await forum.lea.post("/api/forum/topics/\(source)/read")
      #expect(try await forum.one(target, for: forum.lea)["unreadCount"] == 0)
      // It cannot be restored, edited or deleted, and is in no list.
      #expect(try await forum.mod.post("/api/forum/topics/\(source)/restore").status == 404)
      #expect(try await forum.mod.delete("/api/forum/topics/\(source)").status == 404)
      #expect(try await forum.mod.get("/api/forum/topics?deleted=1").json == [])
      #expect(try await forum.lea.get("/api/forum/topics").json.array?.count == 1)
      // Merged again, it leads to the last one.
      let last = try await forum.topic("Last", by: forum.lea)
      #expect(try await forum.merge(target, into: last, by: forum.mod).status == 200)
      #expect(try await forum.one(source, for: forum.lea)["id"]?.string == last)
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
      #expect(try await forum.posts(last, for: forum.lea).filter { $0["isFirstPost"] == true }.count == 1)
    }
  }

  @Test func `what somebody had not read stays unread, and what all have read stays read`() async throws {
    try await Forum.run { forum in
      let target = try await forum.topic("Kept", by: forum.lea)
      let source = try await forum.topic("Double", by: forum.lea)
      let unread = try await forum.reply("Unread", to: source, by: forum.lea)
      for reader in [forum.sam, forum.mod] { _ = try await reader.post("/api/forum/topics/\(target)/read") }
      _ = try await forum.mod.post("/api/forum/topics/\(source)/read")
      let first = try await forum.posts(source, for: forum.boss)[0]["number"]
      _ = try await forum.sam.post("/api/forum/topics/\(source)/read", ["number": first ?? .null])
      _ = try await forum.sam.post("/api/forum/topics/\(source)/follow")
      _ = try await forum.lea.delete("/api/forum/topics/\(target)/follow")
      _ = try await forum.merge(source, into: target, by: forum.boss)
      let seen = try await forum.one(target, for: forum.sam)
      #expect(seen["unreadCount"] == 1 && seen["isFollowed"] == true)
      let numbers = try await forum.posts(target, for: forum.sam)
      #expect(numbers.first { $0["id"]?.string == unread }?["number"] == seen["firstUnread"])
      #expect(try await forum.one(target, for: forum.mod)["unreadCount"] == 0)
      #expect(try await forum.one(target, for: forum.boss)["unreadCount"] == 3)
      // Lea had chosen for the target.
      #expect(try await forum.one(target, for: forum.lea)["isFollowed"] == false)
    }
  }

  @Test func `replies and merges at once lose no reply and leave true counters`() async throws {
    try await Forum.run { forum in
      let (a, b) = (try await forum.topic("A", by: forum.lea), try await forum.topic("B", by: forum.lea))
      let answers = await withTaskGroup(of: Int.self) { group in
        for person in [forum.lea, forum.sam] {
          for number in 0..<10 {
            group.addTask {
              let topic = number % 2 == 0 ? a : b
              let made = try? await person.post(
                "/api/forum/posts", ["topicId": .string(topic), "content": .string("r\(number)")])
              return made?.status ?? 0
            }
          }
        }
        group.addTask { (try? await forum.merge(a, into: b, by: forum.mod))?.status ?? 0 }
        return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(answers == [201: 20, 200: 1])
      #expect(try await forum.one(b, for: forum.sam)["postCount"] == 22)
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
    }
  }

  @Test func `chosen posts become a topic of their own, with its marks, and quotes tell nothing elsewhere`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic("Mixed", by: forum.lea)
      let (first, path) = (try await forum.first(id), "/api/forum/topics/\(id)/split")
      var posts: [String] = []
      for text in ["one", "two", "three"] { posts.append(try await forum.reply(text, to: id, by: forum.sam)) }
      let quoting = try await forum.lea.post(
        "/api/forum/posts", ["topicId": .string(id), "content": "four", "quotedId": .string(posts[1])])
      _ = try await forum.mod.post("/api/forum/topics/\(id)/read")
      _ = try await forum.lea.put("/api/forum/topics/\(id)/solution", ["postId": .string(posts[2])])
      let chosen: JSONValue = [.string(posts[1]), .string(posts[2])]
      let body: JSONValue = ["postIds": chosen, "title": "Apart"]
      #expect(try await forum.lea.post(path, body).status == 403)
      for (wrong, status) in [
        (["postIds": [], "title": "Apart"], 400), (["postIds": chosen], 400),
        (["postIds": ["999"], "title": "Apart"], 400),
        (["postIds": [.string(first)], "title": "Apart"], 409),
      ] as [(JSONValue, Int)] { #expect(try await forum.mod.post(path, wrong).status == status) }
      let made = try await forum.mod.post(path, body)
      #expect(made.status == 201 && made.json["title"] == "Apart" && made.json["authorName"] == "Sam")
      let new = made.json["id"]?.string ?? ""
      #expect(made.json["postCount"] == 2 && made.json["replyCount"] == 1 && made.json["unreadCount"] == 0)
      #expect(made.json["solutionId"]?.string == posts[2])
      #expect(try await forum.one(id, for: forum.lea)["isSolved"] == false)
      #expect(try await forum.one(new, for: forum.boss)["unreadCount"] == 2)
      #expect(try await forum.one(new, for: forum.lea)["isFollowed"] == true)
      #expect(try await forum.posts(new, for: forum.lea).map { $0["isFirstPost"] } == [true, false])
      #expect(try await forum.posts(id, for: forum.lea).map { $0["content"] } == ["First", "one", "four"])
      #expect(try await forum.test.count(Forum.wrongSQL) == 0)
      let quote = "/api/forum/posts/item/\(quoting.json["id"]?.string ?? "")"
      #expect(try await forum.sam.get(quote).json["quote"]?["text"] == "two")
      let closed = try await forum.boss.post("/api/forum/categories", ["name": "Board", "isVisible": false])
      _ = try await forum.mod.send(
        "PATCH", "/api/forum/topics/\(new)", ["categoryId": closed.json["id"] ?? .null])
      #expect(try await forum.sam.get(quote).json["quote"] == .null)
    }
  }
}
