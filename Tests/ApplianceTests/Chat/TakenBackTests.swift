import HTTP
import Testing

@testable import Appliance

/// Deleting a message, or removing a mention from it, withdraws its notifications and unread marks.
@Suite(.timeLimit(.minutes(30))) struct TakenBackTests {
  private struct Told: Equatable {
    var count: Int64
    var message: String
    var link: String
  }

  private static func told(_ test: TestAppliance, _ person: Speaker) async throws -> [Told] {
    try await test.appliance.database.read { connection in
      try connection.query(
        """
        SELECT count, coalesce(details ->> 'message', ''), link FROM notifications
        WHERE user_id = ? AND read_at IS NULL ORDER BY id
        """, person.id
      ) { Told(count: $0.int64(0), message: $0.text(1), link: $0.text(2)) }
    }
  }

  private static func told(_ count: Int64, _ message: Int64, in channel: Int64) -> Told {
    Told(count: count, message: String(message), link: "/chat/\(channel)?message=\(message)")
  }

  @Test func `an edit keeps notifications of people still mentioned or replied to`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam", "eve")
      let (lea, sam, eve) = (people[0], people[1], people[2])
      let general = test.appliance.chat.directory.general
      let first = try await sam.say("a question")
      let id = try await lea.say("@eve look", ["replyTo": .id(first)])
      try lea.socket.send("CHAT_EDIT", ["id": .id(id), "text": "well, @Eve, look"])
      _ = try await lea.outcome()
      #expect(try await Self.told(test, eve) == [Self.told(1, id, in: general)])
      #expect(try await Self.told(test, sam) == [Self.told(1, id, in: general)])
    }
  }

  @Test func `an edit withdraws removed mentions, and updates their pages`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let general = test.appliance.chat.directory.general
      let first = try await lea.say("@sam one")
      let second = try await lea.say("@sam two")
      _ = try await sam.socket.next("NOTIFICATION") { $0["count"]?.int == 2 }
      try lea.socket.send("CHAT_EDIT", ["id": .id(second), "text": "`@sam` two"])
      let read = try await sam.socket.next("READ")
      #expect(read["mentions"]?.int == 1 && read["unread"]?.int == 2)
      #expect(try await Self.told(test, sam) == [Self.told(1, first, in: general)])
      try lea.socket.send("CHAT_EDIT", ["id": .id(first), "text": "one"])
      #expect(try await sam.socket.next("READ")["mentions"]?.int == 0)
      #expect(try await Self.told(test, sam) == [])
    }
  }

  @Test func `a deletion withdraws mentions, replies and direct notifications`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let direct = try await test.channel(.direct, of: [lea.id, sam.id])
      let own = try await sam.say("a question")
      var ids: [Int64] = []
      ids.append(try await lea.say("@sam one"))
      ids.append(try await lea.say("an answer", ["replyTo": .id(own)]))
      ids.append(try await lea.say("psst", in: direct))
      #expect(try await Self.told(test, sam).count == 3)
      for (index, id) in ids.enumerated() {
        try lea.socket.send("CHAT_DELETE", ["id": .id(id)])
        _ = try await sam.socket.next("NOTIFICATIONS") { $0["unread"]?.int == 2 - index }
      }
      #expect(try await Self.told(test, sam) == [])
    }
  }

  @Test func `a combined notification leads to the newest remaining message`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam", "mo")
      let (lea, sam, mo) = (people[0], people[1], people[2])
      let general = test.appliance.chat.directory.general
      let ids = [
        try await lea.say("@sam one"), try await mo.say("@sam two"), try await lea.say("@sam three"),
      ]
      try lea.socket.send("CHAT_DELETE", ["id": .id(ids[2])])
      let frame = try await sam.socket.next("NOTIFICATIONS")
      #expect(frame["unread"]?.int == 1 && frame["changed"]?.bool == true)
      #expect(try await Self.told(test, sam) == [Self.told(2, ids[1], in: general)])
      let item = try await test.appliance.database.read { connection in
        try connection.first(
          "\(NotificationItem.select) WHERE n.user_id = ?", sam.id, map: NotificationItem.init)
      }
      #expect(item??.words.message(.en) == "Mo: @sam two")
      #expect(item??.count == 2)
    }
  }

  @Test func `deleting a message works when an earlier notified one is gone`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let first = try await lea.say("@sam one")
      let second = try await lea.say("@sam two")
      // As left by an earlier version, which deleted messages without updating notifications.
      try await test.appliance.database.write {
        try $0.execute("DELETE FROM chat_messages WHERE id = ?", first)
      }
      try lea.socket.send("CHAT_DELETE", ["id": .id(second)])
      _ = try await lea.outcome()
      #expect(try await test.number("SELECT count(*) FROM chat_messages WHERE deleted_at IS NOT NULL") == 1)
      #expect(try await Self.told(test, sam).map(\.count) == [1])
    }
  }

  @Test func `withdrawing a mailed notification sends no further mail`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let first = try await lea.say("@sam one")
      try await test.appliance.database.write { try $0.execute(NotificationDigest.mailedSQL, $0.now, sam.id) }
      let second = try await lea.say("@sam two")
      let counts = "SELECT count * 100 + mailed_count * 10 + (mail_due_at IS NOT NULL) FROM notifications"
      #expect(try await test.number(counts) == 211)
      try lea.socket.send("CHAT_DELETE", ["id": .id(second)])
      _ = try await lea.outcome()
      #expect(try await test.number(counts) == 110)
      try lea.socket.send("CHAT_DELETE", ["id": .id(first)])
      _ = try await lea.outcome()
      #expect(try await test.number("SELECT count(*) FROM notifications") == 0)
    }
  }

  @Test func `beyond the stored ids the newest are kept, and the count stays right`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let direct = try await test.channel(.direct, of: [lea.id, sam.id])
      let most = Notifications.mostMessages
      var ids: [Int64] = []
      for number in 0...most { ids.append(try await lea.say("\(number)", in: direct)) }
      #expect(try await test.number("SELECT json_array_length(messages) FROM notifications") == Int64(most))
      try lea.socket.send("CHAT_DELETE", ["id": .id(ids[1])])
      _ = try await lea.outcome()
      #expect(try await test.number("SELECT count FROM notifications") == Int64(most))
    }
  }
}
