import HTTP
import Testing

@testable import Appliance

@Suite struct ChannelMembersTests {
  private static func path(_ channel: String, _ test: TestAppliance, _ username: String) async throws
    -> String
  {
    "/api/chat/channels/\(channel)/members/\(try await test.id(username))"
  }

  @Test func `people who do not exist cannot be added, appointed or removed`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.accounts(["max", "away"])
      let away = try await test.id("away")
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", away)
      }
      let channel = try await test.made("private", by: lea)
      let members = "/api/chat/channels/\(channel)/members"
      let max = try await Self.path(channel, test, "max")
      for (method, path, body, status, code) in [
        ("POST", members, ["userId": "999"] as JSONValue?, 400, "VALIDATION_FAILED"),
        ("POST", members, ["userIds": [.string(String(away))]], 400, "VALIDATION_FAILED"),
        ("POST", members, ["userIds": ["x"]], 400, "VALIDATION_FAILED"),
        ("PATCH", max, ["role": "admin"], 404, "NOT_FOUND"),
        ("PATCH", max, ["role": "king"], 400, "VALIDATION_FAILED"),
        ("DELETE", max, nil, 404, "NOT_FOUND"), ("DELETE", members + "/x", nil, 404, "NOT_FOUND"),
        ("POST", "/api/chat/channels/1/members", ["userId": "1"], 409, "GENERAL_CHANNEL"),
      ] {
        let answer = try await lea.send(method, path, body)
        #expect(answer.status == status, "\(method) \(path): \(answer.text)")
        #expect(answer.code == code, "\(method) \(path)")
      }
      #expect(try await lea.get(members).ids.count == 1)
    }
  }

  @Test func `the last admin must appoint another before leaving`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      for kind in ["public", "private"] {
        let channel = try await test.made(kind, kind, by: lea, with: ["sam"])
        let (me, other) = (
          try await Self.path(channel, test, "lea"), try await Self.path(channel, test, "sam")
        )
        #expect(try await lea.delete(me).code == "LAST_CHANNEL_ADMIN")
        #expect(try await lea.send("PATCH", me, ["role": "member"]).code == "LAST_CHANNEL_ADMIN")
        #expect(try await lea.send("PATCH", other, ["role": "admin"]).json["role"]?.string == "admin")
        #expect(try await lea.delete(me).status == 200)
        #expect(try await sam.get("/api/chat/channels/\(channel)/members").ids.count == 1)
        let after = try await lea.get("/api/chat/channels/\(channel)")
        #expect(kind == "public" ? after.json["joined"]?.bool == false : after.status == 404)
      }
    }
  }

  @Test func `a private channel is deleted with its last member, a public one stays`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let secret = try await test.made("private", "secret", by: lea)
      let open = try await test.made("public", "open", by: lea)
      let left = try await lea.delete(try await Self.path(secret, test, "lea"))
      #expect(left.status == 200)
      #expect(left.json["message"]?.string?.contains("deleted") == true)
      #expect(try await lea.get("/api/chat/channels/\(secret)").status == 404)
      #expect(try await lea.delete(try await Self.path(open, test, "lea")).status == 200)
      let after = try await test.channel(open, of: lea)
      #expect(after["memberCount"]?.int == 0)
      #expect(try await lea.post("/api/chat/channels/\(open)/members").status == 201)
      #expect(try await test.channel(open, of: lea)["role"]?.string == "member")
    }
  }

  @Test func `when two admins leave at once, one stays`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let max = try await test.person("max")
      for round in 0..<5 {
        let channel = try await test.made("private", "\(round) together", by: lea, with: ["sam", "max"])
        let (me, other) = (
          try await Self.path(channel, test, "lea"), try await Self.path(channel, test, "sam")
        )
        #expect(try await lea.send("PATCH", other, ["role": "admin"]).status == 200)
        async let first = lea.delete(me)
        async let second = sam.delete(other)
        let codes = [try await first.code, try await second.code]
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.contains("LAST_CHANNEL_ADMIN"))
        let members = try await max.get("/api/chat/channels/\(channel)/members").json.array
        #expect(members?.filter { $0["role"]?.string == "admin" }.count == 1)
      }
    }
  }

  @Test func `members are paged; everyone is a member of the general channel`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let others = try await test.accounts(["a1", "a2", "a3"])
      let channel = try await test.made("private", by: lea, with: ["a1", "a2", "a3"])
      for id in [channel, "1", "general"] {
        let path = "/api/chat/channels/\(id)/members"
        let page = try await lea.get(path + "?limit=2")
        #expect(page.ids == [others[2], others[1]].map(String.init))
        let next = try #require(page.headers["x-next-before"])
        let rest = try await lea.get(path + "?before=\(next)").json.array ?? []
        #expect(rest.count == 2)
        #expect(rest.first?["username"]?.string == "a1")
        #expect(rest.last?["role"]?.string == (id == channel ? "admin" : "member"))
        #expect(try await test.channel(id, of: lea)["memberCount"]?.int == 4)
      }
    }
  }

  @Test func `an added member is notified, sees the channel, and has nothing unread`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("private", "plans", by: lea)
      try await test.said("before", in: channel, by: lea)
      let socket = try await TestWebSocket.signedIn(sam)
      let body: JSONValue = ["userId": .string(String(try await test.id("sam")))]
      let added = try await lea.post("/api/chat/channels/\(channel)/members", body)
      #expect(added.status == 201)
      #expect(added.json["memberCount"]?.int == 2)
      #expect(try await lea.post("/api/chat/channels/\(channel)/members", body).status == 200)
      let told = try await socket.next("CHANNEL_CHANGED")
      #expect(told["channel"]?.string == channel)
      #expect(told["change"]?.string == "added")
      let seen = try await test.channel(channel, of: sam)
      #expect(seen["unread"]?.int == 0)
      let notices = try await test.appliance.database.read { connection in
        try connection.query("SELECT kind, subject, link FROM notifications") { row in
          [row.text(0), row.text(1), row.text(2)]
        }
      }
      #expect(notices == [["channel_invitation", "channel:\(channel)", "/chat/\(channel)"]])
      #expect(try await lea.delete(try await Self.path(channel, test, "sam")).status == 200)
      #expect(
        try await socket.next("CHANNEL_CHANGED") { $0["change"]?.string == "removed" }["channel"]?.string
          == channel)
      #expect(try await sam.get("/api/chat/channels/\(channel)").status == 404)
      let unread = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM notifications WHERE read_at IS NULL")
      }
      #expect(unread == 0)
    }
  }

  @Test func `a moderator manages public channels, and cannot see private ones`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let mod = try await test.person("mod", role: .moderator)
      let open = try await test.made("public", "open", by: lea)
      _ = try await test.made("private", "closed", by: lea)
      #expect(try await test.channel(open, of: mod)["admin"]?.bool == true)
      #expect(try await test.channel(open, of: mod)["role"]?.isNull == true)
      #expect(try await mod.get("/api/chat/channels?browse=1").ids == [open, "1"])
      #expect(try await mod.get("/api/chat/channels").ids == ["1"])
      #expect(try await mod.send("PATCH", "/api/chat/channels/\(open)", ["name": "opened"]).status == 200)
      #expect(try await lea.get("/api/chat/channels/opened").json["id"]?.string == open)
      #expect(try await lea.get("/api/chat/channels/open").status == 404)
    }
  }
}
