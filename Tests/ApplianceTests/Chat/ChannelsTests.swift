import HTTP
import Testing

@testable import Appliance

@Suite struct ChannelsTests {
  @Test func `an invalid channel is refused with the invalid field`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let me = String(try await test.id("lea"))
      _ = try await test.made("public", "Plans", by: lea)
      let long = String(repeating: "x", count: 51)
      for (body, status, field) in [
        (["type": "secret", "name": "a"] as JSONValue, 400, "type"), (["type": "public"], 400, "name"),
        (["type": "public", "name": "  "], 400, "name"), (["type": "public", "name": "123"], 400, "name"),
        (["type": "public", "name": "a\u{7}b"], 400, "name"),
        (["type": "public", "name": "a\nb"], 400, "name"),
        (["type": "public", "name": .string(long)], 400, "name"),
        (["type": "public", "name": "PLANS"], 409, "name"),
        (["type": "public", "name": "general"], 409, "name"),
        (["type": "public", "name": "a", "members": ["999"]], 400, "members"),
        (["type": "public", "name": "a", "members": ["x"]], 400, "members"),
        (["type": "public", "name": "a", "slowSeconds": 3601], 400, "slowSeconds"),
        (["type": "public", "name": "a", "slowSeconds": -1], 400, "slowSeconds"),
        (["type": "public", "name": "a", "retentionDays": 3651], 400, "retentionDays"),
        (["type": "direct"], 400, "members"), (["type": "direct", "userId": .string(me)], 400, "members"),
        (["type": "direct", "userId": "999"], 400, "members"),
      ] {
        let answer = try await lea.post("/api/chat/channels", body)
        #expect(answer.status == status, "\(body): \(answer.text)")
        #expect(answer.json["errors"]?[0]?["field"]?.string == field, "\(body)")
      }
      #expect(try await lea.get("/api/chat/channels").ids.count == 2)
    }
  }

  @Test func `a channel has all its fields`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let me = String(try await test.id("lea"))
      let answer = try await lea.post(
        "/api/chat/channels", ["type": "private", "name": " Plans ", "topic": "what next"])
      #expect(answer.status == 201)
      var channel = try #require(answer.json.object)
      let times = [channel.removeValue(forKey: "createdAt"), channel.removeValue(forKey: "updatedAt")]
      #expect(times.allSatisfy { $0?.string?.hasSuffix("Z") == true })
      let id = try #require(channel.removeValue(forKey: "id")?.string)
      #expect(
        JSONValue.object(channel) == [
          "type": "private", "name": "Plans", "topic": "what next", "isGeneral": false, "archived": false,
          "createdBy": .string(me), "memberCount": 1, "joined": true, "role": "admin", "admin": true,
          "muted": false, "unread": 0, "mentions": 0, "last": "0", "readId": "0", "revision": 0,
          "slowSeconds": 0, "retentionDays": 0, "with": .null, "preview": .null,
        ])
      let said = try await test.said("hello there", in: id, by: lea)
      let seen = try await test.channel(id, of: lea)
      #expect(seen["last"]?.string == String(said))
      #expect(seen["preview"]?["text"]?.string == "hello there")
      #expect(seen["preview"]?["authorName"]?.string == "Lea")
    }
  }

  @Test func `own, joinable and archived channels are listed separately`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let open = try await test.made("public", "open", by: lea)
      let closed = try await test.made("private", "closed", by: lea)
      let old = try await test.made("public", "old", by: lea)
      let path = "/api/chat/channels"
      #expect(try await lea.send("PATCH", "\(path)/\(old)", ["archived": true]).status == 200)
      #expect(try await lea.get(path).ids == [closed, open, "1"])
      #expect(try await lea.get(path + "?archived=1").ids == [old, closed, open, "1"])
      #expect(try await sam.get(path).ids == ["1"])
      #expect(try await sam.get(path + "?browse=1").ids == [open, "1"])
      #expect(try await sam.get(path + "?browse=1&q=OPE").ids == [open])
      #expect(try await sam.get(path + "?browse=1").json[0]?["joined"]?.bool == false)
      let page = try await lea.get(path + "?archived=1&limit=2")
      #expect(page.ids == [old, closed])
      #expect(page.headers["x-next-before"] == closed)
      #expect(try await lea.get(path + "?archived=1&limit=2&before=\(closed)").ids == [open, "1"])
      #expect(try await sam.post("\(path)/\(old)/members").code == "CHANNEL_ARCHIVED")
      #expect(try await lea.send("PATCH", "\(path)/\(old)", ["archived": false]).json["archived"] == false)
    }
  }

  @Test func `two people who open their direct channel at once get the same one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let (me, other) = (String(try await test.id("lea")), String(try await test.id("sam")))
      let answers = try await withThrowingTaskGroup(of: TestClient.Answer.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await lea.post("/api/chat/channels", ["type": "direct", "userId": .string(other)])
          }
          group.addTask {
            try await sam.post("/api/chat/channels", ["type": "direct", "members": [.string(me)]])
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.filter { $0.status == 201 }.count == 1)
      #expect(answers.filter { $0.status == 200 }.count == 15)
      #expect(Set(answers.compactMap { $0.json["id"]?.string }).count == 1)
      let channel = try #require(answers[0].json["id"]?.string)
      #expect(try await test.channel(channel, of: lea)["with"]?["username"]?.string == "sam")
      #expect(try await test.channel(channel, of: sam)["with"]?["name"]?.string == "Lea")
    }
  }

  @Test func `a direct channel appears to the other member with its first message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("direct", by: lea, with: ["sam"])
      #expect(try await lea.get("/api/chat/channels").ids == [channel, "1"])
      #expect(try await sam.get("/api/chat/channels").ids == ["1"])
      try await test.said("hi", in: channel, by: lea)
      #expect(try await sam.get("/api/chat/channels").ids == [channel, "1"])
    }
  }

  @Test func `unread messages are counted up to 100, without own and deleted ones`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("private", by: lea, with: ["sam"])
      for text in ["one", "two", "three"] { try await test.said(text, in: channel, by: lea) }
      let last = try await test.said("four", in: channel, by: lea)
      #expect(try await lea.delete("/api/chat/messages/\(last)").status == 200)
      #expect(try await test.channel(channel, of: lea)["unread"]?.int == 0)
      let seen = try await test.channel(channel, of: sam)
      #expect(seen["unread"]?.int == 3)
      #expect(seen["preview"]?["text"]?.string == "three")
      _ = try await test.wrote(150, in: channel, by: "lea") { "more \($0)" }
      #expect(try await test.channel(channel, of: sam)["unread"]?.int == 100)
      let newest = try #require(try await test.channel(channel, of: sam)["last"]?.string)
      let read = try await sam.post("/api/chat/channels/\(channel)/read", ["id": .string(newest)])
      #expect(read.status == 200)
      let after = try await test.channel(channel, of: sam)
      #expect(after["unread"]?.int == 0)
      #expect(after["readId"]?.string == newest)
    }
  }

  @Test func `mentions are counted until the channel is read`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("private", by: lea, with: ["sam"])
      try await test.said("@sam look", in: channel, by: lea)
      let last = try await test.said("@sam please", in: channel, by: lea)
      #expect(try await test.channel(channel, of: sam)["mentions"]?.int == 2)
      #expect(try await test.channel(channel, of: lea)["mentions"]?.int == 0)
      _ = try await sam.post("/api/chat/channels/\(channel)/read", ["id": .string(String(last))])
      #expect(try await test.channel(channel, of: sam)["mentions"]?.int == 0)
    }
  }

  @Test func `muting applies to one person only`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      for channel in [try await test.made("private", by: lea, with: ["sam"]), "1"] {
        let path = "/api/chat/channels/\(channel)/preferences"
        #expect(try await sam.send("PATCH", path, ["muted": "yes"]).status == 400)
        #expect(try await sam.send("PATCH", path, ["muted": true]).json["muted"]?.bool == true)
        #expect(try await test.channel(channel, of: lea)["muted"]?.bool == false)
        #expect(try await sam.send("PUT", path, ["muted": false]).json["muted"]?.bool == false)
      }
    }
  }

  @Test func `of two channels with the same name created at once, one is refused`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      for round in 0..<5 {
        let body: JSONValue = ["type": "public", "name": .string("room \(round)")]
        async let first = lea.post("/api/chat/channels", body)
        async let second = sam.post("/api/chat/channels", body)
        let statuses = [try await first.status, try await second.status].sorted()
        #expect(statuses == [201, 409])
      }
    }
  }

  @Test func `a person can create a limited number of channels`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let me = try await test.id("lea")
      try await test.appliance.database.write { tx in
        for number in 0..<ChannelsFeature.mostCreated {
          try tx.execute(
            """
            INSERT INTO channels (kind, name, created_by, created_at, updated_at) VALUES ('public', ?, ?, 1, 1)
            """, "n\(number)", me)
        }
      }
      let body: JSONValue = ["type": "private", "name": "more"]
      let refused = try await lea.post("/api/chat/channels", body)
      #expect(refused.code == "TOO_MANY_CHANNELS", "\(refused.text)")
    }
  }

  @Test func `the preview skips deleted messages and examines a limited number`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      try await test.said("older", in: channel, by: lea)
      let ids = try await test.wrote(ChannelView.mostLookedAt, in: channel, by: "lea") { "\($0)" }
      let (second, first) = (ids.dropFirst().first ?? 0, ids.first ?? 0)
      try await test.write("UPDATE chat_messages SET deleted_at = 1, text = '' WHERE id >= \(second)")
      #expect(try await test.channel(channel, of: lea)["preview"]?["text"]?.string == "0")
      try await test.write("UPDATE chat_messages SET deleted_at = 1, text = '' WHERE id = \(first)")
      #expect(try await test.channel(channel, of: lea)["preview"]?.isNull == true)
    }
  }

  @Test func `unknown fields of a channel are refused when strictness is requested`() async throws {
    try await TestAppliance.run { test in
      var lea = try await test.person("lea")
      lea.headers["Prefer"] = "handling=strict"
      let refused = try await lea.post(
        "/api/chat/channels", ["type": "private", "name": "a", "createdBy": "7"])
      #expect(refused.status == 400)
      #expect(refused.json["errors"]?[0]?["field"]?.string == "createdBy")
      let channel = try await test.made("private", by: lea)
      try await test.said("hello", in: channel, by: lea)
    }
  }
}
