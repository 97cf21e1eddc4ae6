import HTTP
import Testing

@testable import Appliance

@Suite struct MessagesTests {
  @Test func `invalid posts, lookups and changes are refused with their code`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let secret = try await test.made("private", by: lea)
      let hidden = try await test.said("hush", in: secret, by: lea)
      let mine = try await test.said("hello", in: "1", by: lea)
      let gone = try await test.said("gone", in: "1", by: lea)
      #expect(try await lea.delete("/api/chat/messages/\(gone)").status == 200)
      let long = String(repeating: "x", count: 8001)
      let post = "/api/chat/channels/1/messages"
      for (method, path, body, status, code) in [
        ("POST", post, ["text": "  "] as JSONValue?, 400, "MESSAGE_EMPTY"),
        ("POST", post, ["text": .string(long)], 400, "MESSAGE_TOO_LONG"),
        ("POST", post, ["text": "x", "clientId": ""], 400, "CLIENT_ID_INVALID"),
        ("POST", post, ["text": "x", "replyTo": .string(String(hidden))], 404, "MESSAGE_NOT_FOUND"),
        ("POST", post, ["text": "x", "files": ["/api/uploads/nothing"]], 400, "FILE_NOT_FOUND"),
        ("GET", "/api/chat/messages/\(hidden)", nil, 404, "MESSAGE_NOT_FOUND"),
        ("GET", "/api/chat/messages/x", nil, 404, "MESSAGE_NOT_FOUND"),
        ("PATCH", "/api/chat/messages/\(hidden)", ["text": "x"], 404, "MESSAGE_NOT_FOUND"),
        ("DELETE", "/api/chat/messages/\(hidden)", nil, 404, "MESSAGE_NOT_FOUND"),
        ("PUT", "/api/chat/messages/\(hidden)/reactions/%F0%9F%91%8D", nil, 404, "MESSAGE_NOT_FOUND"),
        ("PATCH", "/api/chat/messages/\(mine)", ["text": "x"], 403, "FORBIDDEN"),
        ("PATCH", "/api/chat/messages/\(mine)", ["pinned": true], 403, "FORBIDDEN"),
        ("PATCH", "/api/chat/messages/\(mine)", [:], 400, "VALIDATION_FAILED"),
        ("DELETE", "/api/chat/messages/\(mine)", nil, 403, "FORBIDDEN"),
        ("PATCH", "/api/chat/messages/\(gone)", ["text": "x"], 404, "MESSAGE_NOT_FOUND"),
        ("PUT", "/api/chat/messages/\(mine)/reactions/abc", nil, 400, "EMOJI_INVALID"),
        ("GET", post + "?before=x", nil, 400, "VALIDATION_FAILED"),
        ("GET", post + "?before=1&after=2", nil, 400, "VALIDATION_FAILED"),
        ("GET", post + "?limit=0", nil, 400, "VALIDATION_FAILED"),
        ("POST", "/api/chat/channels/1/read", [:], 400, "VALIDATION_FAILED"),
        ("GET", "/api/chat/channels/\(secret)/messages", nil, 404, "CHANNEL_NOT_FOUND"),
        ("GET", "/api/chat/channels/nothing/messages", nil, 404, "CHANNEL_NOT_FOUND"),
      ] {
        let answer = try await sam.send(method, path, body)
        #expect(answer.status == status, "\(method) \(path): \(answer.text)")
        #expect(answer.code == code, "\(method) \(path)")
      }
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.get("/api/chat/messages/\(hidden)").status == 404)
      #expect(try await boss.delete("/api/chat/messages/\(mine)").status == 200)
    }
  }

  @Test func `a repeated post returns the same message and is not stored twice`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let body: JSONValue = ["text": "once", "clientId": "a1"]
      let first = try await lea.post("/api/chat/channels/general/messages", body)
      let again = try await lea.post("/api/chat/channels/1/messages", body)
      #expect(first.status == 201)
      #expect(again.status == 200)
      #expect(first.json["id"] == again.json["id"])
      #expect(first.json["clientId"]?.string == "a1")
      #expect(try await lea.get("/api/chat/channels/1/messages").ids.count == 1)
    }
  }

  @Test func `edits, pins, reactions and deletions are shown in the message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("public", by: lea)
      let id = try await test.said("hello", in: channel, by: sam)
      let path = "/api/chat/messages/\(id)"
      let edited = try await sam.send("PATCH", path, ["text": "hello you"])
      #expect(edited.json["text"]?.string == "hello you")
      #expect(edited.json["editedAt"]?.string != nil)
      let pinned = try await lea.put(path, ["pinned": true])
      #expect(pinned.json["pinnedAt"]?.string != nil)
      #expect(try await sam.get("/api/chat/channels/\(channel)/pins").ids == [String(id)])
      let thumb = path + "/reactions/%F0%9F%91%8D"
      for _ in 0..<2 {
        let reacted = try await lea.put(thumb, [:])
        #expect(reacted.json["reactions"]?[0]?["emoji"]?.string == "👍")
        #expect(reacted.json["reactions"]?[0]?["users"]?.array?.count == 1)
      }
      #expect(try await lea.delete(thumb).status == 200)
      #expect(try await sam.get(path).json["reactions"]?.array?.isEmpty == true)
      #expect(try await lea.delete(path).status == 200)
      let mark = try await sam.get(path).json
      #expect(mark["text"]?.string == "")
      #expect(mark["deletedBy"]?.string == String(try await test.id("lea")))
      #expect(mark["authorName"]?.string == "Sam")
      #expect(mark["revision"]?.int == 5)
      #expect(try await sam.get("/api/chat/channels/\(channel)/pins").ids == [])
    }
  }

  @Test func `pins are paged, newest first`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let ids = try await test.wrote(5, in: channel, by: "lea") { "\($0)" }
      for id in ids where id != ids[2] { _ = try await lea.put("/api/chat/messages/\(id)", ["pinned": true]) }
      let path = "/api/chat/channels/\(channel)/pins"
      let page = try await lea.get(path + "?limit=3")
      #expect(page.ids == [ids[4], ids[3], ids[1]].map(String.init))
      #expect(page.headers["x-next-before"] == String(ids[1]))
      #expect(try await lea.get(path + "?before=\(ids[1])").ids == [String(ids[0])])
    }
  }

  @Test func `history is read before, after and around a message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let ids = try await test.wrote(10, in: channel, by: "lea") { "\($0)" }
      _ = try await test.wrote(10, in: "1", by: "lea") { "elsewhere \($0)" }
      let path = "/api/chat/channels/\(channel)/messages"
      for (query, wanted, next) in [
        ("", Array(ids.reversed()), nil as Int64?), ("?limit=3", [ids[9], ids[8], ids[7]], ids[7]),
        ("?limit=10", Array(ids.reversed()), nil),
        ("?before=\(ids[2])&limit=3", [ids[1], ids[0]], nil), ("?before=\(ids[0])", [], nil),
        ("?after=\(ids[6])&limit=2", [ids[8], ids[7]], ids[7]), ("?after=\(ids[9])", [], nil),
        ("?after=0&limit=2", [ids[1], ids[0]], nil),
        ("?around=\(ids[5])&limit=4", [ids[7], ids[6], ids[5], ids[4]], ids[4]),
        ("?around=\(ids[9])&limit=4", [ids[9], ids[8]], ids[8]),
      ] {
        let page = try await lea.get(path + query)
        #expect(page.ids == wanted.map(String.init), "\(query)")
        #expect(page.headers["x-next-before"] == next.map(String.init), "\(query)")
      }
    }
  }

  /// | reader                        | writer          |
  /// |-------------------------------|-----------------|
  /// | newest page                   | posts           |
  /// | before the oldest it has, …   | posts, posts, … |
  @Test func `paging back during posts has no gaps and no duplicates`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("public", by: lea)
      let old = try await test.wrote(120, in: channel, by: "lea") { "old \($0)" }
      let path = "/api/chat/channels/\(channel)/messages"
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          while !Task.isCancelled { try await test.said("new", in: channel, by: sam) }
        }
        for _ in 0..<3 {
          var page = try await lea.get(path + "?limit=7")
          var seen = page.ids
          while let next = page.headers["x-next-before"] {
            page = try await lea.get(path + "?limit=7&before=\(next)")
            seen += page.ids
          }
          #expect(Set(seen).count == seen.count)
          let ids = seen.compactMap { Int64($0) }
          #expect(ids == ids.sorted(by: >))
          let all = try await test.appliance.database.read { connection in
            try connection.query(
              "SELECT id FROM chat_messages WHERE channel_id = ? AND id <= ? ORDER BY id DESC",
              Int64(channel), ids.first, map: { $0.int64(0) })
          }
          #expect(ids == all)
          #expect(Set(old).isSubset(of: ids))
        }
        group.cancelAll()
        while let result = await group.nextResult() { _ = result }
      }
    }
  }

  @Test func `slow mode makes members wait, but not admins`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("public", by: lea)
      let path = "/api/chat/channels/\(channel)"
      #expect(try await lea.send("PATCH", path, ["slowSeconds": 600]).json["slowSeconds"]?.int == 600)
      for _ in 0..<2 { try await test.said("admin", in: channel, by: lea) }
      try await test.said("first", in: channel, by: sam)
      let refused = try await sam.post(path + "/messages", ["text": "second"])
      #expect(refused.status == 429)
      #expect(refused.code == "SLOW_MODE")
      #expect(refused.headers["retry-after"] != nil)
      #expect(try await lea.send("PATCH", path, ["slowSeconds": 0]).status == 200)
      try await test.said("second", in: channel, by: sam)
    }
  }

  @Test func `an archived channel can be read but not written`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let id = try await test.said("before", in: channel, by: lea)
      let path = "/api/chat/channels/\(channel)"
      #expect(try await lea.send("PATCH", path, ["archived": true]).json["archived"]?.bool == true)
      for (method, path, body) in [
        ("POST", path + "/messages", ["text": "x"] as JSONValue?),
        ("PATCH", "/api/chat/messages/\(id)", ["text": "x"]), ("DELETE", "/api/chat/messages/\(id)", nil),
        ("PUT", "/api/chat/messages/\(id)/reactions/%F0%9F%91%8D", nil),
      ] {
        let answer = try await lea.send(method, path, body)
        #expect(answer.status == 409)
        #expect(answer.code == "CHANNEL_ARCHIVED")
      }
      #expect(try await lea.get(path + "/messages").ids == [String(id)])
      #expect(try await lea.send("PATCH", path, ["archived": false]).status == 200)
      try await test.said("after", in: channel, by: lea)
    }
  }
}
