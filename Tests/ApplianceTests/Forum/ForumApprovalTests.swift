import HTTP
import Testing

@testable import Appliance

/// What waits for moderators: topics and posts where the settings ask for it, and reports.
@Suite(.timeLimit(.minutes(30))) struct ForumApprovalTests {
  @Test func `a topic that waits is seen by its author and those who decide, and by all once approved`()
    async throws
  {
    try await Forum.run { forum in
      try await forum.set(["requireTopicApproval": true])
      _ = try await forum.sam.post("/api/forum/categories/\(forum.category)/follow")
      let id = try await forum.topic("Zebulon", by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      #expect(try await forum.one(id, for: forum.lea)["status"] == "pending")
      #expect(try await forum.lea.get("/api/forum/topics").json.array?.count == 1)
      for hidden in [path, "/api/forum/posts/\(id)"] {
        #expect(try await forum.sam.get(hidden).status == 404)
        #expect(try await forum.lea.get(hidden).status == 200)
      }
      #expect(try await forum.sam.get("/api/forum/topics").json == [])
      #expect(try await forum.sam.get("/api/search?q=zebulon").json == [])
      #expect(try await forum.sam.notices() == [])
      #expect(try await forum.lea.post(path + "/approve").status == 403)
      #expect(try await forum.sam.post(path + "/approve").status == 404)
      #expect(
        try await forum.lea.post("/api/forum/posts", ["topicId": .string(id), "content": "x"]).status == 409)
      #expect(try await forum.lea.get("/api/forum/moderation").json == [])
      #expect(try await forum.lea.get("/api/forum/moderation/counts").json["moderates"] == false)
      #expect(try await forum.mod.notices() == ["forum_moderation 1 “Zebulon” is waiting for your approval"])
      #expect(try await forum.mod.get("/api/forum/moderation/counts").json["topics"] == 1)
      #expect(try await forum.mod.get("/api/home").json["forum"]?["waiting"] == 1)
      #expect(try await forum.lea.get("/api/home").json["forum"] == ["unread": [], "waiting": 0])
      #expect(try await forum.mod.get("/api/forum/moderation").json.array?.first?["id"]?.string == id)
      #expect(try await forum.mod.post(path + "/approve").json["status"] == "published")
      // The second of two moderators is told that it is decided.
      #expect(try await forum.boss.post(path + "/reject", ["reason": "x"]).code == "ALREADY_DECIDED")
      #expect(try await forum.boss.unread() == "0")
      #expect(try await forum.one(id, for: forum.sam)["postCount"] == 1)
      #expect(try await forum.sam.notices() == ["forum_topic 1 New topic: Zebulon"])
      #expect(try await forum.lea.notices() == ["forum_decision 1 Your topic is published: Zebulon"])
      #expect(try await forum.sam.get("/api/search?q=zebulon").json.array?.count == 1)
    }
  }

  @Test func `a rejected topic has its reason, and waits again once its author has edited it`() async throws {
    try await Forum.run { forum in
      try await forum.set(["requireTopicApproval": true])
      let id = try await forum.topic("Loud", by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      _ = try await forum.mod.post(path + "/reject", ["reason": "Too loud"])
      let rejected = try await forum.one(id, for: forum.lea)
      #expect(rejected["status"] == "rejected" && rejected["reason"] == "Too loud")
      #expect(try await forum.sam.get(path).status == 404)
      #expect(try await forum.lea.notices() == ["forum_decision 1 Your topic was rejected: Loud"])
      let first = try await forum.first(id)
      #expect(
        try await forum.lea.send("PATCH", "/api/forum/posts/\(first)", ["content": "quiet"]).status == 200)
      #expect(try await forum.one(id, for: forum.lea)["status"] == "pending")
      #expect(try await forum.mod.get("/api/forum/moderation/counts").json["topics"] == 1)
      _ = try await forum.mod.post(path + "/approve")
      #expect(try await forum.posts(id, for: forum.sam).first?["content"] == "quiet")
      // A rejected topic, which the lists do not show to others, does not keep its category.
      let other =
        try await forum.boss.post("/api/forum/categories", ["name": "Other"]).json["id"]?.string ?? ""
      let bad = try await forum.topic("Bad", by: forum.lea, in: other)
      #expect(try await forum.boss.delete("/api/forum/categories/\(other)").code == "CATEGORY_NOT_EMPTY")
      _ = try await forum.mod.post("/api/forum/topics/\(bad)/reject")
      #expect(try await forum.boss.delete("/api/forum/categories/\(other)").status == 200)
    }
  }

  @Test func `a post that waits is not counted, and comes last and unread once approved`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic("Slow", by: forum.lea)
      try await forum.set(["requirePostApproval": true])
      let waiting = try await forum.sam.post("/api/forum/posts", ["topicId": .string(id), "content": "Held"])
      #expect(waiting.json["status"] == "pending")
      let post = waiting.json["id"]?.string ?? ""
      #expect(
        try await forum.mod.notices() == ["forum_moderation 1 A post is waiting for your approval in “Slow”"])
      #expect(try await forum.lea.notices() == [])
      #expect(try await forum.posts(id, for: forum.lea).count == 1)
      #expect(try await forum.posts(id, for: forum.sam).count == 2)
      #expect(try await forum.lea.get("/api/forum/posts/item/\(post)").status == 404)
      // Moderators need no approval. Lea reads it all; then the earlier post is approved.
      _ = try await forum.reply("Later", to: id, by: forum.mod)
      _ = try await forum.lea.post("/api/forum/topics/\(id)/read")
      #expect(try await forum.one(id, for: forum.lea)["replyCount"] == 1)
      #expect(try await forum.lea.post("/api/forum/posts/\(post)/approve").status == 404)
      #expect(try await forum.sam.post("/api/forum/posts/\(post)/approve").status == 403)
      #expect(try await forum.mod.post("/api/forum/posts/\(post)/approve").json["status"] == "published")
      let topic = try await forum.one(id, for: forum.lea)
      #expect(topic["replyCount"] == 2 && topic["unreadCount"] == 1 && topic["lastReplyByName"] == "Sam")
      #expect(try await forum.posts(id, for: forum.lea).map { $0["content"] } == ["First", "Later", "Held"])
      let other = try await forum.sam.post("/api/forum/posts", ["topicId": .string(id), "content": "Bad"])
      _ = try await forum.mod.post(
        "/api/forum/posts/\(other.json["id"]?.string ?? "")/reject", ["reason": "No"])
      #expect(try await forum.posts(id, for: forum.sam).last?["reason"] == "No")
      #expect(try await forum.posts(id, for: forum.lea).count == 3)
    }
  }

  @Test func `what was approved is not replaced by what nobody has approved`() async throws {
    try await Forum.run { forum in
      try await forum.set(["requireTopicApproval": true, "requirePostApproval": true])
      let id = try await forum.topic("Calm", by: forum.lea)
      let path = "/api/forum/topics/\(id)"
      _ = try await forum.mod.post(path + "/approve")
      let first = try await forum.first(id)
      #expect(try await forum.lea.send("PATCH", path, ["title": "Loud"]).status == 403)
      #expect(try await forum.lea.send("PATCH", "/api/forum/posts/\(first)", ["content": "x"]).status == 403)
      #expect(try await forum.one(id, for: forum.lea)["may"]?.array?.contains("edit") == false)
      #expect(try await forum.mod.send("PATCH", path, ["title": "Calmer"]).status == 200)
      let post = try await forum.sam.post("/api/forum/posts", ["topicId": .string(id), "content": "Held"])
      let reply = "/api/forum/posts/\(post.json["id"]?.string ?? "")"
      _ = try await forum.mod.post(reply + "/approve")
      #expect(try await forum.sam.send("PATCH", reply, ["content": "Swapped"]).json["status"] == "pending")
      #expect(try await forum.posts(id, for: forum.lea).count == 1)
      #expect(try await forum.mod.get("/api/forum/moderation/counts").json["posts"] == 1)
      _ = try await forum.mod.post(reply + "/approve")
      #expect(try await forum.posts(id, for: forum.lea).last?["content"] == "Swapped")
    }
  }

  @Test func `the rights to validate decide about their own kind only, and skip approval themselves`()
    async throws
  {
    try await Forum.run { forum in
      try await forum.set(["requireTopicApproval": true, "requirePostApproval": true])
      try await forum.test.delegate(.validateTopics, to: "sam")
      let id = try await forum.topic("A", by: forum.lea)
      #expect(try await forum.sam.notices() == ["forum_moderation 1 “A” is waiting for your approval"])
      #expect(try await forum.sam.post("/api/forum/topics/\(id)/approve").status == 200)
      #expect(
        try await forum.one(try await forum.topic("B", by: forum.sam), for: forum.lea)["status"]
          == "published")
      let post = try await forum.lea.post("/api/forum/posts", ["topicId": .string(id), "content": "x"])
      let path = "/api/forum/posts/\(post.json["id"]?.string ?? "")"
      #expect(post.json["status"] == "pending")
      #expect(try await forum.sam.post(path + "/approve").status == 404)
      try await forum.test.delegate(.validatePosts, to: "sam")
      #expect(try await forum.sam.get("/api/forum/moderation/counts").json["posts"] == 1)
      #expect(try await forum.sam.post(path + "/approve").status == 200)
      #expect(try await forum.sam.send("PATCH", "/api/forum/topics/\(id)", ["isLocked": true]).status == 403)
    }
  }

  @Test func `a report reaches the moderators once, and ends with the post or when it is dismissed`()
    async throws
  {
    try await Forum.run { forum in
      let id = try await forum.topic("Rude", by: forum.lea)
      let post = try await forum.reply("Insult", to: id, by: forum.sam)
      let path = "/api/forum/posts/\(post)/report"
      #expect(try await forum.sam.post(path, ["reason": "x"]).code == "OWN_POST")
      #expect(try await forum.lea.post(path, [:]).status == 400)
      for _ in 0..<2 { #expect(try await forum.lea.post(path, ["reason": "Insulting"]).status == 200) }
      #expect(try await forum.mod.notices() == ["forum_moderation 1 Post reported in “Rude”"])
      let report = try await forum.mod.get("/api/forum/moderation?kind=reports").json.array?.first
      #expect(report?["reason"] == "Insulting" && report?["reporterName"] == "Lea")
      #expect(try await forum.lea.get("/api/forum/moderation?kind=reports").json == [])
      let close = "/api/forum/reports/\(report?["id"]?.string ?? "")/close"
      #expect(try await forum.lea.post(close).status == 403)
      #expect(try await forum.mod.post(close).status == 200)
      #expect(try await forum.mod.post(close).code == "ALREADY_DECIDED")
      _ = try await forum.lea.post(path, ["reason": "Still"])
      #expect(try await forum.mod.get("/api/forum/moderation/counts").json["reports"] == 1)
      _ = try await forum.mod.delete("/api/forum/posts/\(post)")
      #expect(try await forum.mod.get("/api/forum/moderation/counts").json["reports"] == 0)
      #expect(try await forum.boss.unread() == "0")
    }
  }
}
