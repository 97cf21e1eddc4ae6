import HTTP
import Testing

@testable import Appliance

/// Decisions of moderators are about what they saw, and nobody is told twice.
@Suite(.timeLimit(.minutes(30))) struct ForumModerationTests {
  private static func tag(_ version: String?) -> [String: String] { ["If-Match": "\"\(version ?? "")\""] }

  private func shown(_ kind: String, _ forum: Forum) async throws -> String? {
    let rows = try await forum.mod.get("/api/forum/moderation?kind=\(kind)").json.array
    return rows?.first?["version"]?.string
  }

  @Test func `a topic or a post that was changed since it was shown is not approved`() async throws {
    try await Forum.run { forum in
      try await forum.set(["requireTopicApproval": true, "requirePostApproval": true])
      let id = try await forum.topic("Calm", by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      let first = "/api/forum/posts/\(try await forum.first(id))"
      var mod = forum.mod
      let changes: [(String, JSONValue)] = [(path, ["title": "Loud"]), (first, ["content": "Swapped"])]
      for (place, change) in changes {
        mod.headers = Self.tag(try await shown("topics", forum))
        #expect(try await forum.lea.send("PATCH", place, change).status == 200)
        for verb in ["approve", "reject"] { #expect(try await mod.post("\(path)/\(verb)").status == 412) }
        #expect(try await forum.one(id, for: forum.lea)["status"] == "pending")
      }
      mod.headers = Self.tag(try await shown("topics", forum))
      #expect(try await mod.post(path + "/approve").status == 200)
      let post = try await forum.reply("Held", to: id, by: forum.sam)
      let reply = "/api/forum/posts/\(post)"
      mod.headers = Self.tag(try await shown("posts", forum))
      #expect(try await forum.sam.send("PATCH", reply, ["content": "Other"]).status == 200)
      for verb in ["approve", "reject"] { #expect(try await mod.post("\(reply)/\(verb)").status == 412) }
      mod.headers = Self.tag(try await shown("posts", forum))
      #expect(try await mod.post(reply + "/approve").json["content"] == "Other")
    }
  }

  @Test func `of two moderators who decide at once one wins, and the other is told`() async throws {
    try await Forum.run { forum in
      try await forum.set(["requirePostApproval": true])
      let id = try await forum.topic(by: forum.mod)
      for number in 0..<5 {
        let post = try await forum.reply("Held \(number)", to: id, by: forum.sam)
        let answers = await withTaskGroup(of: String.self) { group in
          for (person, verb) in [(forum.mod, "approve"), (forum.boss, "reject")] {
            group.addTask {
              let answer = try? await person.post("/api/forum/posts/\(post)/\(verb)")
              return answer?.code ?? answer?.json["status"]?.string ?? ""
            }
          }
          return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.contains("ALREADY_DECIDED") && answers.count == 2, "\(answers)")
        #expect(!answers.isDisjoint(with: ["published", "rejected"]))
      }
      #expect(try await forum.sam.get("/api/notifications").json.array?.isEmpty == false)
    }
  }

  @Test func `a reported post that its author deletes stays with the moderators`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let post = try await forum.reply("Insult", to: id, by: forum.sam)
      _ = try await forum.lea.post("/api/forum/posts/\(post)/report", ["reason": "Rude"])
      #expect(try await forum.sam.delete("/api/forum/posts/\(post)").status == 200)
      #expect(try await forum.mod.unread() == "1")
      let report = try await forum.mod.get("/api/forum/moderation?kind=reports").json.array?.first
      #expect(report?["isDeleted"] == true && report?["html"] == "<p>Insult</p>\n")
      let close = "/api/forum/reports/\(report?["id"]?.string ?? "")/close"
      #expect(try await forum.mod.post(close).status == 200)
      #expect(try await forum.mod.unread() == "0")
    }
  }

  @Test func `a solution that waits again is none, open pages of others are told, and nobody is told twice`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic("Broken", by: forum.lea)
      let post = try await forum.reply("Fix @mod", to: id, by: forum.sam)
      _ = try await forum.lea.put("/api/forum/topics/\(id)/solution", ["postId": .string(post)])
      try await forum.set(["requirePostApproval": true])
      for person in [forum.lea, forum.mod] { _ = try await person.post("/api/notifications/read-all") }
      let socket = try await TestWebSocket.signedIn(forum.lea)
      let path = "/api/forum/posts/\(post)"
      let edited = try await forum.sam.send("PATCH", path, ["content": "Fixed @mod @boss"])
      #expect(edited.json["status"] == "pending")
      #expect(try await socket.next("FORUM_UPDATE")["postId"]?.string == post)
      socket.close()
      let topic = try await forum.one(id, for: forum.lea)
      #expect(topic["isSolved"] == false && topic["solutionId"] == .null)
      _ = try await forum.mod.post(path + "/approve")
      #expect(try await forum.lea.unread() == "0")
      #expect(try await forum.mod.unread() == "0")
      #expect(try await forum.boss.notices().first == "forum_mention 1 Sam mentioned you in “Broken”")
    }
  }

  @Test func `a first post that comes after replies stands before them`() async throws {
    try await Forum.run { forum in
      let made = try await forum.lea.post(
        "/api/forum/topics", ["categoryId": .string(forum.category), "title": "Two steps"])
      let id = made.json["id"]?.string ?? ""
      _ = try await forum.reply("Reply", to: id, by: forum.sam)
      let first: JSONValue = ["topicId": .string(id), "content": "Question", "isFirstPost": true]
      #expect(try await forum.lea.post("/api/forum/posts", first).status == 201)
      #expect(try await forum.posts(id, for: forum.sam).map { $0["content"] } == ["Question", "Reply"])
      let topic = try await forum.one(id, for: forum.sam)
      #expect(topic["postCount"] == 2 && topic["replyCount"] == 1 && topic["lastReplyByName"] == "Sam")
    }
  }

  @Test func `a restored post comes back to its place, as read by whoever has read on`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let post = try await forum.reply("One", to: id, by: forum.sam)
      _ = try await forum.mod.delete("/api/forum/posts/\(post)")
      _ = try await forum.reply("Two", to: id, by: forum.sam)
      _ = try await forum.lea.post("/api/forum/topics/\(id)/read")
      _ = try await forum.mod.post("/api/forum/posts/\(post)/restore")
      #expect(try await forum.posts(id, for: forum.lea).map { $0["content"] } == ["First", "One", "Two"])
      #expect(try await forum.one(id, for: forum.lea)["unreadCount"] == 0)
    }
  }

  @Test func `a text that looks like JSON is a text`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic("[\"title\"]", by: forum.lea)
      #expect(try await forum.one(id, for: forum.lea)["title"] == "[\"title\"]")
      for text in ["[\"a\"]", "{\"a\":1}", "null", "17"] {
        let post = try await forum.reply(text, to: id, by: forum.sam)
        let path = "/api/forum/posts/\(post)"
        #expect(try await forum.lea.get("/api/forum/posts/item/\(post)").json["content"] == .string(text))
        let changed = try await forum.sam.send("PATCH", path, ["content": .string(text + " ")])
        #expect(changed.json["content"] == .string(text) && changed.json["isEdited"] == false)
      }
    }
  }
}
