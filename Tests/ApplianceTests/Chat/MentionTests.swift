import HTTP
import Testing

@testable import Appliance

/// Whom a message notifies.
@Suite(.timeLimit(.minutes(30))) struct MentionTests {
  @Test(arguments: [
    ("nobody here", []), ("mail marie@example.org", []), ("@marie", ["marie"]), ("(@marie)", ["marie"]),
    ("ask @marie.", ["marie"]), ("@a-b_c, @D", ["a-b_c", "D"]), ("@@lea", ["lea"]), ("@", []),
    ("é@lea", []), ("@lea@sam", ["lea"]),
  ]) func `mentioned names are found in a text`(text: String, names: [String]) {
    #expect(Mentions.names(in: text) == names)
  }

  @Test
  func `mentions, replies and direct messages notify unless unreadable or muted`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam", "eve")
      let (lea, sam, eve) = (people[0], people[1], people[2])
      let mo = try await test.speakers("mo", role: .moderator)[0]
      func told() async throws -> [String] {
        try await test.appliance.database.write { tx in
          let all = try tx.query("SELECT user_id, kind FROM notifications ORDER BY user_id, kind") { row in
            "\(row.int64(0)) \(row.text(1))"
          }
          try tx.execute("DELETE FROM notifications")
          return all
        }
      }
      let channel = try await test.channel(.private, "team", of: [lea.id, sam.id])
      let direct = try await test.channel(.direct, of: [lea.id, sam.id])
      try await lea.say("@sam @eve @LEA @everyone", in: channel)
      #expect(try await told() == ["\(sam.id) mention"])
      let id = try await lea.say("@Eve.")
      #expect(try await told() == ["\(eve.id) mention"])
      try await eve.say("yes?", ["replyTo": .id(id)])
      #expect(try await told() == ["\(lea.id) reply"])
      try await eve.say("@lea yes?", ["replyTo": .id(id)])
      #expect(try await told() == ["\(lea.id) mention"])
      try await mo.say("@everyone")
      #expect(try await told() == [lea, sam, eve].map { "\($0.id) mention" })
      try await lea.say("psst", in: direct)
      #expect(
        try await sam.socket.next("CHANNEL_CHANGED") { $0["channel"] == direct && $0["change"] == "added" }
          != .null)
      #expect(try await told() == ["\(sam.id) direct_message"])
      try await test.change(direct, "UPDATE channel_members SET is_muted = 1 WHERE channel_id = ?")
      try await lea.say("psst again", in: direct)
      #expect(try await told().isEmpty)
      try await test.appliance.database.write { [general = test.appliance.chat.directory.general] tx in
        try tx.execute(
          "INSERT INTO channel_members (channel_id, user_id, joined_at, is_muted) VALUES (?, ?, 1, 1)",
          general,
          eve.id)
      }
      try await mo.say("@everyone")
      #expect(try await told() == [lea, sam].map { "\($0.id) mention" })
      try await mo.say("@eve")
      #expect(try await told() == ["\(eve.id) mention"])
    }
  }
}
