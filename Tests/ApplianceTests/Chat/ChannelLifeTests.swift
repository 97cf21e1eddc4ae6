import HTTP
import Testing

@testable import Appliance

/// Permissions that change while people are connected.
@Suite(.timeLimit(.minutes(30))) struct ChannelLifeTests {
  @Test func `a removed member is told, receives nothing more, and others continue`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let second = try await test.speaker(lea.id)
      let channel = try await test.channel(.private, "team", of: [lea.id, sam.id], admins: [sam.id])
      for person in [lea, second, sam] { try await person.join(channel) }
      try await test.remove(lea.id, from: channel, by: sam.id)
      for person in [lea, second] {
        #expect(try await person.socket.next("CHANNEL_LEFT")["reason"]?.string == "REMOVED")
        #expect(try await person.socket.next("CHANNEL_CHANGED")["change"]?.string == "removed")
      }
      #expect(try await sam.socket.next("CHANNEL_CHANGED")["change"]?.string == "members")
      try await sam.say("without her", in: channel)
      for person in [lea, second] {
        #expect(try await person.heard().isEmpty)
        #expect(
          try await person.refusal("CHAT_MESSAGE", ["channel": channel, "text": "x"]) == "CHANNEL_NOT_FOUND")
      }
      try await test.change(
        channel, "INSERT INTO channel_members (channel_id, user_id, joined_at) VALUES (?, \(lea.id), 1)")
      #expect(try await lea.socket.next("CHANNEL_CHANGED")["change"]?.string == "added")
      #expect(try await lea.join(channel).messageIDs.count == 1)
    }
  }

  @Test func `leaving, archiving and deleting remove sockets, each with its reason`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let channel = try await test.channel(.public, "Team", of: [lea.id, sam.id], admins: [sam.id])
      try await lea.join("TEAM")
      try await sam.join("team")
      try await test.remove(lea.id, from: channel, by: lea.id)
      #expect(try await lea.socket.next("CHANNEL_LEFT")["reason"]?.string == "LEFT")
      // Everyone may join a public channel's feed.
      try await lea.join(channel)
      try await test.change(channel, "UPDATE channels SET name = 'crew' WHERE id = ?")
      #expect(try await sam.socket.next("CHANNEL_CHANGED") { $0["change"]?.string == "changed" } != .null)
      #expect(try await lea.refusal("JOIN_CHANNEL", ["channel": "team"]) == "CHANNEL_NOT_FOUND")
      try await test.change(channel, "UPDATE channels SET archived_at = 1 WHERE id = ?")
      for person in people {
        #expect(try await person.socket.next("CHANNEL_LEFT")["reason"]?.string == "ARCHIVED")
      }
      #expect(try await sam.socket.next("CHANNEL_CHANGED")["change"]?.string == "archived")
      try await lea.join("crew")
      try await test.change(channel, "DELETE FROM channels WHERE id = ?")
      #expect(try await lea.socket.next("CHANNEL_LEFT")["reason"]?.string == "DELETED")
      #expect(try await sam.socket.next("CHANNEL_CHANGED")["change"]?.string == "deleted")
      #expect(try await sam.refusal("JOIN_CHANNEL", ["channel": "crew"]) == "CHANNEL_NOT_FOUND")
      #expect(
        try await sam.refusal("CHAT_MESSAGE", ["channel": channel, "text": "x"]) == "CHANNEL_NOT_FOUND")
    }
  }

  @Test func `an undone change of a channel has no effect`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let channel = try await test.channel(.private, "team", of: people.map(\.id))
      let id = try #require(channel.number)
      for person in people { try await person.join(channel) }
      _ = try await people[0].heard()
      await #expect(throws: TestClient.Broken.self) {
        try await test.appliance.database.write { [chat = test.appliance.chat] tx in
          try tx.execute("DELETE FROM channel_members")
          try chat.directory.refresh(id, in: tx)
          throw TestClient.Broken(reason: "on second thought")
        }
      }
      try await people[1].say("still here", in: channel)
      let heard = try await people[0].heard()
      #expect(heard == ["CHAT_MESSAGE"])
    }
  }

  @Test func `an ended session receives nothing more, and a deleted account leaves its channels`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let channel = try await test.channel(.private, "team", of: people.map(\.id))
      try await lea.join(channel)
      let id = JSONValue.id(try await lea.say("remember me", in: channel))
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        try tx.execute("DELETE FROM users WHERE id = ?", lea.id)
        try sessions.refresh(lea.id, in: tx)
      }
      #expect(await lea.socket.ended() == 4001)
      let number = try #require(channel.number)
      #expect(test.appliance.chat.directory[number]?.members.keys.sorted() == [sam.id])
      #expect(test.appliance.chat.feeds[number]?.isEmpty == true)
      let page = try await sam.join(channel)
      #expect(page["messages"]?[0]?["id"] == id)
      #expect(page["messages"]?[0]?["authorId"]?.string == "")
      #expect(page["messages"]?[0]?["authorName"]?.string == "Lea")
    }
  }

  @Test func `typing is sent to others only, and ends with the message`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      for person in people { try await person.join("general") }
      for _ in 0..<3 { try lea.socket.send("TYPING_START", ["channel": "general"]) }
      let typing = try await sam.socket.next("USER_TYPING")
      #expect(typing["userId"]?.number == lea.id)
      #expect(typing["userName"]?.string == "Lea")
      #expect(typing["isTyping"]?.bool == true)
      try await lea.say("done")
      #expect(try await sam.socket.next("USER_TYPING")["isTyping"]?.bool == false)
      try lea.socket.send("TYPING_START", ["channel": "general"])
      _ = try await sam.socket.next("USER_TYPING")
      try lea.socket.send("TYPING_STOP", ["channel": "general"])
      #expect(try await sam.socket.next("USER_TYPING")["isTyping"]?.bool == false)
      #expect(try await !lea.heard().contains("USER_TYPING"))
    }
  }

  @Test func `a read position never moves back, and is sent to own pages and small channels`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let page = try await test.speaker(lea.id)
      let channel = try await test.channel(.private, "team", of: people.map(\.id))
      var ids: [JSONValue] = []
      for number in 0..<3 { ids.append(.id(try await sam.say("\(number)", in: channel))) }
      try lea.socket.send("MARK_READ", ["channel": channel, "id": ids[1]])
      for one in [lea, page] {
        let read = try await one.socket.next("READ")
        #expect(read["id"] == ids[1])
        #expect(read["unread"]?.int == 1)
        #expect(read["mentions"]?.int == 0)
      }
      let other = try await sam.socket.next("READ")
      #expect(other["userId"]?.number == lea.id)
      #expect(other["unread"] == nil)
      try lea.socket.send("MARK_READ", ["channel": channel, "id": ids[0]])
      #expect(try await lea.socket.next("READ")["id"] == ids[1])
      try lea.socket.send("MARK_READ", ["channel": channel, "id": "999999"])
      #expect(try await lea.socket.next("READ")["id"] == ids[2])
      #expect(try await sam.socket.next("READ")["id"] == ids[2])
      // In the general channel a read position creates the member's row.
      let first = JSONValue.id(try await sam.say("all"))
      try lea.socket.send("MARK_READ", ["channel": "general", "id": first])
      let read = try await page.socket.next("READ") { $0["channel"] != channel }
      #expect(read["id"] == first && read["unread"]?.int == 0)
      #expect(try await !sam.heard().contains("READ"))
    }
  }
}
