import HTTP
import Testing

@testable import Appliance

/// Writing, quoting, editing and deleting posts.
@Suite(.timeLimit(.minutes(30))) struct ForumPostsTests {
  @Test func `a post without text, to no topic, or that quotes another topic is refused`() async throws {
    try await Forum.run { forum in
      let (id, other) = (try await forum.topic(by: forum.lea), try await forum.topic(by: forum.sam))
      let foreign = try await forum.first(other)
      for (body, field) in [
        (["topicId": .string(id)], "content"), (["topicId": .string(id), "content": " \n"], "content"),
        (["topicId": .string(id), "content": .string(String(repeating: "x", count: 10_001))], "content"),
        (["content": "x"], "topicId"), (["topicId": "999", "content": "x"], "topicId"),
        (["topicId": .string(id), "content": "x", "quotedId": .string(foreign)], "quotedId"),
        (["topicId": .string(id), "content": "x", "isFirstPost": "yes"], "isFirstPost"),
      ] as [(JSONValue, String)] {
        let answer = try await forum.lea.post("/api/forum/posts", body)
        #expect(answer.status == 400, "\(field)")
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == field)
      }
      #expect(try await forum.one(id, for: forum.lea)["postCount"] == 1)
      #expect(try await forum.test.client.get("/api/forum/posts/\(id)").status == 401)
    }
  }

  @Test func `Markdown is rendered, and HTML and script addresses in it are not`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let text =
        "**Bold** <script>alert(1)</script> [x](javascript:alert(1)) www.example.org\n\n| a | b |\n|---|---|\n| 1 | 2 |"
      let post = try await forum.reply(text, to: id, by: forum.sam)
      let html = try await forum.lea.get("/api/forum/posts/item/\(post)").json["html"]?.string ?? ""
      for part in ["<strong>Bold</strong>", "<table>", "<a href=\"http://www.example.org\">"] {
        #expect(html.contains(part), "\(html)")
      }
      #expect(!html.contains("<script") && !html.contains("javascript"))
      let preview = try await forum.lea.post("/api/forum/preview", ["content": .string(text)])
      #expect(preview.json["html"]?.string == html)
      #expect(try await forum.lea.post("/api/forum/preview", ["content": ""]).status == 400)
    }
  }

  @Test func `an edit keeps the earlier text for its author and moderators only`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let post = try await forum.reply("One", to: id, by: forum.sam)
      let path = "/api/forum/posts/\(post)"
      #expect(try await forum.lea.send("PATCH", path, ["content": "Forged"]).status == 403)
      #expect(try await forum.sam.send("PATCH", path, ["content": "One"]).json["isEdited"] == false)
      let edited = try await forum.sam.send("PATCH", path, ["content": "*Two*"])
      #expect(edited.json["isEdited"] == true && edited.json["html"] == "<p><em>Two</em></p>\n")
      _ = try await forum.mod.put(path, ["content": "Three"])
      #expect(try await forum.lea.get(path + "/history").status == 403)
      for reader in [forum.sam, forum.mod] {
        let versions = try await reader.get(path + "/history").json.array
        #expect(versions?.map { $0["content"] } == ["*Two*", "One"])
        #expect(versions?.map { $0["editorName"] } == ["Mod", "Sam"])
      }
      for number in 0..<60 { _ = try await forum.sam.send("PATCH", path, ["content": .string("v\(number)")]) }
      #expect(try await forum.test.count("SELECT count(*) FROM forum_edits") == 50)
      // The pages count in the quota of those who wrote them.
      let used = try await forum.test.count(
        """
        SELECT bytes - (SELECT sum(100 + length(content)) FROM forum_posts WHERE author_id = user_id)
          - (SELECT sum(100 + length(content)) FROM forum_edits WHERE editor_id = user_id)
        FROM stored_bytes WHERE user_id = (SELECT id FROM users WHERE username = 'sam')
        """)
      #expect(used == 0)
    }
  }

  @Test func `a deleted post says who and when, loses its text for members, and is restored`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let post = try await forum.reply("Secret", to: id, by: forum.sam)
      let path = "/api/forum/posts/\(post)"
      #expect(try await forum.lea.delete(path).status == 403)
      #expect(
        try await forum.lea.delete("/api/forum/posts/\(try await forum.first(id))").code == "FIRST_POST")
      #expect(try await forum.mod.delete(path).status == 200)
      #expect(try await forum.mod.delete(path).status == 404)
      let seen = try await forum.posts(id, for: forum.lea).last
      #expect(seen?["isDeleted"] == true && seen?["deletedByName"] == "Mod" && seen?["content"] == "")
      #expect(seen?["html"] == "" && seen?["deletedAt"] != .null)
      #expect(try await forum.posts(id, for: forum.mod).last?["content"] == "Secret")
      #expect(try await forum.one(id, for: forum.lea)["replyCount"] == 0)
      #expect(try await forum.lea.get("/api/search?q=secret").json == [])
      #expect(try await forum.sam.post(path + "/restore").status == 403)
      #expect(try await forum.mod.post(path + "/restore").status == 200)
      #expect(try await forum.one(id, for: forum.lea)["replyCount"] == 1)
      #expect(try await forum.lea.get("/api/search?q=secret").json.array?.count == 1)
    }
  }

  @Test func `followers, the mentioned and the quoted are told, each once and never who may not read`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic("Keys", by: forum.lea)
      let first = try await forum.first(id)
      let said = try await forum.sam.post(
        "/api/forum/posts",
        ["topicId": .string(id), "content": "Hi @mod, `@boss` is code", "quotedId": .string(first)])
      #expect(said.json["quote"]?["text"] == "First")
      #expect(try await forum.lea.notices() == ["forum_reply 1 Sam replied to “Keys”"])
      #expect(try await forum.mod.notices() == ["forum_mention 1 Sam mentioned you in “Keys”"])
      #expect(try await forum.boss.notices() == [])
      #expect(try await forum.sam.notices() == [])
      // An edit tells only those whom it mentions anew.
      let path = "/api/forum/posts/\(said.json["id"]?.string ?? "")"
      _ = try await forum.sam.send("PATCH", path, ["content": "Hi @mod and @boss"])
      #expect(try await forum.mod.notices().count == 1)
      #expect(try await forum.boss.notices() == ["forum_mention 1 Sam mentioned you in “Keys”"])
      #expect(
        try await forum.lea.get("/api/home").json["forum"]?["unread"] == [
          ["id": .string(id), "title": "Keys"]
        ])
      // Reading the topic reads its notifications; who follows no more hears no more.
      _ = try await forum.lea.post("/api/forum/topics/\(id)/read")
      #expect(try await forum.lea.unread() == "0")
      _ = try await forum.lea.delete("/api/forum/topics/\(id)/follow")
      _ = try await forum.reply("More", to: id, by: forum.sam)
      _ = try await forum.reply("Mine", to: id, by: forum.lea)
      _ = try await forum.reply("Again", to: id, by: forum.sam)
      #expect(try await forum.lea.unread() == "0")
      // The category is closed to Lea, who follows again before.
      _ = try await forum.lea.post("/api/forum/topics/\(id)/follow")
      _ = try await forum.boss.send(
        "PATCH", "/api/forum/categories/\(forum.category)",
        ["permissions": [.string("user:\(try await forum.test.id("sam"))")]])
      _ = try await forum.reply("Hidden @lea", to: id, by: forum.sam)
      #expect(try await forum.lea.unread() == "0")
    }
  }

  @Test func `who follows a category is told of its new topics`() async throws {
    try await Forum.run { forum in
      let path = "/api/forum/categories/\(forum.category)"
      #expect(try await forum.sam.post("/api/forum/categories/999/follow").status == 404)
      _ = try await forum.sam.post(path + "/follow")
      #expect(try await forum.sam.get(path).json["isFollowed"] == true)
      _ = try await forum.topic("News", by: forum.lea)
      #expect(try await forum.sam.notices() == ["forum_topic 1 New topic: News"])
      _ = try await forum.sam.delete(path + "/follow")
      _ = try await forum.topic("Later", by: forum.lea)
      #expect(try await forum.sam.notices().count == 1)
    }
  }

  @Test func `the author or a moderator chooses the solution, whose author gains reputation`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic("Broken", by: forum.lea)
      let post = try await forum.reply("Fix", to: id, by: forum.sam)
      let path = "/api/forum/topics/\(id)/solution"
      #expect(try await forum.sam.put(path, ["postId": .string(post)]).status == 403)
      #expect(try await forum.lea.put(path, ["postId": .string(try await forum.first(id))]).status == 400)
      #expect(try await forum.lea.put(path, ["postId": "999"]).status == 404)
      #expect(try await forum.lea.put(path, ["postId": .string(post)]).json["isSolved"] == true)
      #expect(try await forum.posts(id, for: forum.sam).last?["isSolution"] == true)
      #expect(try await forum.sam.notices() == ["forum_decision 1 Your post solved “Broken”"])
      let figures = try await forum.sam.get("/api/forum/stats/me").json
      #expect(
        figures["solutionCount"] == 1 && figures["reputation"] == 16 && figures["reputationScore"] == 16)
      _ = try await forum.mod.delete("/api/forum/posts/\(post)")
      #expect(try await forum.one(id, for: forum.lea)["isSolved"] == false)
      #expect(try await forum.sam.get("/api/forum/stats/me").json["reputation"] == 0)
    }
  }

  @Test func `a frame of the forum reaches those who may read it, without content`() async throws {
    try await Forum.run { forum in
      let closed = try await forum.boss.post(
        "/api/forum/categories", ["name": "Board", "permissions": ["role:admin"]])
      let socket = try await TestWebSocket.signedIn(forum.lea)
      let hidden = try await forum.topic("Hidden", by: forum.boss, in: closed.json["id"]?.string)
      let id = try await forum.topic("Seen", by: forum.sam)
      let heard = try await socket.next("FORUM_UPDATE")
      #expect(heard["topicId"]?.string == id && heard["topicId"]?.string != hidden)
      #expect(Set(heard.object?.keys.map { String($0) } ?? []) == ["verb", "categoryId", "topicId"])
      socket.close()
    }
  }
}
