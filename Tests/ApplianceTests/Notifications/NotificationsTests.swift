import HTTP
import Store
import Testing

@testable import Appliance

private let path = "/api/notifications"

/// Notifications: who receives and reads them, and what other pages of the same person are told.
@Suite(.timeLimit(.minutes(30))) struct NotificationsTests {
  @Test func `nobody can read, mark or delete another person's notifications`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      try await test.notify([test.id("lea")], .mention())
      let id = try #require(try await lea.get(path).json[0]?["id"]?.string)
      for (method, rest) in [
        ("GET", ""), ("POST", "/read-all"), ("PATCH", "/\(id)/read"), ("PUT", "/\(id)/read"),
        ("DELETE", "/\(id)"), ("GET", "/preferences"), ("PUT", "/preferences"),
      ] {
        #expect(try await test.client.send(method, path + rest, [:]).status == 401)
      }
      for place in ["/\(id)/read", "/0/read", "/x/read", "/99999999999999999999/read"] {
        #expect(try await sam.patch(path + place, [:]).status == 404)
      }
      #expect(try await sam.delete("\(path)/\(id)").status == 404)
      let socket = try await TestWebSocket.signedIn(sam)
      for wrong in [JSONValue.string(id), .string("none"), .null, .integer(-1)] {
        try socket.send("MARK_NOTIFICATION_READ", ["id": wrong])
        #expect(try await socket.next("ERROR")["code"]?.string == "NOTIFICATION_NOT_FOUND")
      }
      #expect(try await sam.post(path + "/read-all").json["unread"]?.int == 0)
      #expect(try await sam.get(path).json.array?.isEmpty == true)
      #expect(try await lea.get(path).json[0]?["read"]?.bool == false)
    }
  }

  @Test func `the actor and inactive or deleted people are not notified`() async throws {
    try await TestAppliance.run { test in
      let ids = try await test.accounts(["lea", "sam", "gone"])
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", ids[2])
      }
      try await test.notify(ids + ids + [99_999, -1], .mention(by: ids[0]))
      #expect(try await test.number("SELECT count(*) FROM notifications") == 1)
      #expect(try await test.number("SELECT user_id FROM notifications") == ids[1])
    }
  }

  @Test func `repeated notifications are combined while unread, with a count`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.accounts(["sam"])[0]
      let to = [try await test.id("lea")]
      try await test.notify(to, .mention(by: sam, "one"))
      try await test.notify(to, .mention(in: 6, by: sam))
      try await test.notify(to, .direct(5, by: sam))
      try await test.notify(to, .mention(by: sam, "two"))
      try await test.notify(to, .mention(by: sam, "three"))
      let list = try await lea.get(path)
      #expect(list.headers["x-unread-count"] == "3")
      #expect(list.json.array?.map { $0["count"]?.int } == [3, 1, 1])
      #expect(list.json[0]?["title"]?.string == "3 mentions in #lab")
      #expect(list.json[0]?["message"]?.string == "Sam: three")
      #expect(list.json[0]?["actor"]?["name"]?.string == "Sam")
      #expect(list.json[1]?["title"]?.string == "Sam sent you a message")
      #expect(list.json[1]?["message"]?.string == "psst")

      let id = try #require(list.json[0]?["id"]?.string)
      #expect(try await lea.patch("\(path)/\(id)/read", [:]).json["unread"]?.int == 2)
      #expect(try await lea.put("\(path)/\(id)/read", [:]).json["unread"]?.int == 2)
      try await test.notify(to, .mention(by: sam, "four"))
      let after = try await lea.get(path).json
      #expect(after.array?.count == 4)
      #expect(after[0]?["title"]?.string == "Sam mentioned you in #lab")
      #expect(after[1]?["read"]?.bool == true)
      #expect(try await lea.get(path + "?unread=1").json.array?.count == 3)
    }
  }

  @Test func `the list is paged, newest first, in the reader's language`() async throws {
    try await TestAppliance.run { test in
      var lea = try await test.person("lea")
      let to = [try await test.id("lea")]
      for channel in 1...5 { try await test.notify(to, .mention(in: Int64(channel))) }
      let first = try await lea.get(path + "?limit=2")
      #expect(first.json.array?.map { $0["link"]?.string } == ["/chat/5", "/chat/4"])
      let before = try #require(first.headers["x-next-before"])
      let next = try await lea.get("\(path)?limit=3&before=\(before)")
      #expect(next.json.array?.map { $0["link"]?.string } == ["/chat/3", "/chat/2", "/chat/1"])
      lea.headers["Accept-Language"] = "fr"
      #expect(try await lea.get(path).json[0]?["title"]?.string == "Quelqu’un vous a mentionné dans #lab")
      let id = try #require(first.json[0]?["id"]?.string)
      #expect(try await lea.delete("\(path)/\(id)").json["unread"]?.int == 4)
      #expect(try await lea.delete("\(path)/\(id)").status == 404)
    }
  }

  @Test func `all open pages get the count, each in its own language`() async throws {
    try await TestAppliance.run { test in
      var lea = try await test.person("lea")
      let id = try await test.id("lea")
      lea.headers["Accept-Language"] = "en"
      let english = try await TestWebSocket.signedIn(lea)
      lea.headers["Accept-Language"] = "fr"
      let french = try await TestWebSocket.signedIn(lea)
      try await test.notify([id], .mention("\"<b>"))
      let told = try await english.next("NOTIFICATION")
      #expect(told["title"]?.string == "Someone mentioned you in #lab")
      #expect(told["message"]?.string == "\"<b>")
      #expect(told["unread"]?.int == 1)
      #expect(told["browser"]?.bool == true)
      #expect(told["read"]?.bool == false)
      let dit = try await french.next("NOTIFICATION")
      #expect(dit["title"]?.string == "Quelqu’un vous a mentionné dans #lab")
      #expect(dit["id"] == told["id"])

      try await test.notify([id], .direct())
      #expect(try await french.next("NOTIFICATION")["unread"]?.int == 2)
      try english.send("MARK_NOTIFICATION_READ", ["id": told["id"] ?? .null])
      for socket in [english, french] {
        #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 1)
      }
      try french.send("MARK_NOTIFICATION_READ", ["id": "all"])
      for socket in [english, french] {
        #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 0)
      }
      try await test.notify([id], .mention())
      try await test.appliance.database.write { [notifications = test.appliance.notifications] tx in
        try notifications.seen("channel:9", by: id, in: tx)
        try notifications.seen("channel:5", by: id, in: tx)
      }
      for socket in [english, french] {
        #expect(try await socket.next("NOTIFICATION")["unread"]?.int == 1)
        #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 0)
      }
    }
  }

  @Test func `nothing is published when the transaction is undone`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.id("lea")
      let socket = try await TestWebSocket.signedIn(lea)
      await #expect(throws: Failure.self) {
        try await test.appliance.database.write { [notifications = test.appliance.notifications] tx in
          try notifications.notify([id], of: .mention(in: 1), in: tx)
          throw Failure.notFound
        }
      }
      try await test.notify([id], .mention(in: 2))
      #expect(try await socket.next("NOTIFICATION")["link"]?.string == "/chat/2")
    }
  }

  @Test func `a thousand people are notified at once, and their pages show it`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let ids = try await test.accounts((1...1000).map { "p\($0)" })
      let everyone = ids + [try await test.id("lea")]
      let socket = try await TestWebSocket.signedIn(lea)
      try await test.notify(everyone, .mention(by: ids[0]))
      try await test.notify(everyone, .mention(by: ids[0]))
      #expect(try await socket.next("NOTIFICATION")["count"]?.int == 1)
      #expect(try await socket.next("NOTIFICATION")["count"]?.int == 2)
      #expect(try await test.number("SELECT count(*) FROM notifications WHERE count = 2") == 1000)
      #expect(try await test.number("SELECT count(*) FROM notifications") == 1000)
    }
  }

  @Test func `old notifications are deleted: read after a month, unread after half a year`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.id("lea")
      for channel in 1...4 { try await test.notify([id], .mention(in: Int64(channel))) }
      let day: Int64 = 24 * 3600 * 1000
      try await test.appliance.database.write { tx in
        for (link, age, isRead) in [("/chat/1", 181, false), ("/chat/2", 31, true), ("/chat/3", 31, false)] {
          try tx.execute(
            "UPDATE notifications SET created_at = ?, read_at = ? WHERE link = ?", tx.now - Int64(age) * day,
            isRead ? tx.now : nil, link)
        }
      }
      let socket = try await TestWebSocket.signedIn(lea)
      try await test.runJob("notifications.tidy")
      #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 2)
      #expect(try await lea.get(path).json.array?.map { $0["link"]?.string } == ["/chat/4", "/chat/3"])
    }
  }
}
