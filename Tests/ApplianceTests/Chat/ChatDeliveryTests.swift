import HTTP
import Store
import Testing

@testable import Appliance

/// Each message reaches everyone who may read it once and in order, including those who reconnect.
@Suite(.timeLimit(.minutes(30))) struct ChatDeliveryTests {
  @Test func `an acknowledged message is on disk and delivered to everyone who joined`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      for person in people { try await person.join("general") }
      try lea.socket.send(
        "CHAT_MESSAGE", ["channel": "general", "text": "  bon\u{0}jour\r\n\ttoi  ", "clientId": "one"])
      for person in people {
        let message = try await person.socket.next("CHAT_MESSAGE")
        #expect(message["text"]?.string == "bonjour\n\ttoi")
        #expect(message["authorId"]?.number == lea.id)
        #expect(message["authorName"]?.string == "Lea")
        #expect(message["clientId"]?.string == "one")
        #expect(message["revision"]?.int == 0)
        for name in ["replyTo", "reply", "editedAt", "deletedAt", "deletedBy", "pinnedAt", "pinnedBy"] {
          #expect(message[name] == .null, "\(name)")
        }
        #expect(message["reactions"]?.array?.isEmpty == true && message["files"]?.array?.isEmpty == true)
      }
      let answer = try await lea.socket.next("CHAT_ACK")
      let stored = try await test.stored("general")
      #expect(answer["id"]?.number == stored.first)
      #expect(answer["clientId"]?.string == "one")
      #expect(answer["channel"]?.number == test.appliance.chat.directory.general)
      try sam.socket.send(
        "CHAT_MESSAGE", ["channel": "general", "text": "yes", "replyTo": answer["id"] ?? .null])
      let reply = try await lea.socket.next("CHAT_MESSAGE")
      #expect(reply["replyTo"] == answer["id"])
      #expect(reply["reply"]?["text"]?.string == "bonjour\n\ttoi")
      #expect(reply["reply"]?["authorName"]?.string == "Lea")
      #expect(reply["reply"]?["deleted"]?.bool == false)
      #expect(try await sam.join("general")["messages"]?[1] == reply)
    }
  }

  @Test func `the same client id gives the same message, also after a restart`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam", "eve")
      try await people[2].join("general")
      let id = try await people[0].say("once", ["clientId": "mark"])
      #expect(try await people[0].say("once", ["clientId": "mark"]) == id)
      // The same client id of another author is another message.
      let other = try await people[1].say("once", ["clientId": "mark"])
      #expect(other > id)
      let heard = try await people[2].frames().filter { $0["type"]?.string == "CHAT_MESSAGE" }
      #expect(heard.map { $0["payload"]?["id"]?.number } == [id, other])
      let again = try await test.restarted()
      let lea = try await again.speaker(people[0].id, token: people[0].token)
      #expect(try await lea.say("once", ["clientId": "mark"]) == id)
      #expect(try await again.stored("general") == [id, other])
      await again.appliance.stop()
    }
  }

  @Test func `a client that was away receives the rest by id, also after a restart`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      var ids: [Int64] = []
      for number in 0..<5 { ids.append(try await people[1].say("\(number)")) }
      let page = try await people[0].join("general", ["limit": 2])
      #expect(page.messageIDs == Array(ids.suffix(2)))
      #expect(page["more"]?.bool == true)
      #expect(page["name"]?.string == "general")
      people[0].socket.cut()
      for number in 5..<9 { ids.append(try await people[1].say("\(number)")) }
      let again = try await test.restarted()
      let lea = try await again.speaker(people[0].id, token: people[0].token)
      let sam = try await again.speaker(people[1].id, token: people[1].token)
      ids.append(try await sam.say("9"))
      let rest = try await lea.join("general", ["since": page["last"] ?? .null])
      #expect(rest.messageIDs == Array(ids.dropFirst(5)))
      #expect(rest["more"]?.bool == false && rest["reset"]?.bool == false)
      let live = try await sam.say("live")
      #expect(try await lea.socket.next("CHAT_MESSAGE")["id"]?.number == live)
      // An id that this database never assigned.
      let reset = try await lea.join("general", ["since": .id(live + 1000)])
      #expect(reset["reset"]?.bool == true)
      #expect(reset["last"]?.number == live)
      await again.appliance.stop()
    }
  }

  @Test func `edits, deletions, reactions and pins arrive live, or later by revision`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let boss = try await test.speakers("boss", role: .admin)[0]
      var ids: [Int64] = []
      for number in 0..<5 { ids.append(try await sam.say("\(number)")) }
      var (live, away) = (View(), View())
      try lea.socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0, "revision": 0])
      try await live.follow(lea.socket) { $0.ids.count == 5 }
      away = live
      try sam.socket.send("CHAT_EDIT", ["id": .id(ids[0]), "text": "zero"])
      try sam.socket.send("CHAT_DELETE", ["id": .id(ids[1])])
      try sam.socket.send("CHAT_REACTION", ["id": .id(ids[2]), "emoji": "👍"])
      try lea.socket.send("CHAT_REACTION", ["id": .id(ids[2]), "emoji": "👍"])
      _ = try await sam.heard()
      try sam.socket.send("CHAT_REACTION", ["id": .id(ids[2]), "emoji": "👍"])
      try boss.socket.send("CHAT_PIN", ["id": .id(ids[3]), "pinned": true])
      ids.append(try await boss.say("end"))
      try await live.follow(lea.socket) { $0.ids.count == 6 && $0.revision == 6 }
      let back = try await test.speaker(lea.id)
      try back.socket.send(
        "JOIN_CHANNEL",
        ["channel": "general", "since": .id(away.last), "revision": .integer(away.revision)])
      try await away.follow(back.socket) { $0.ids.count == 6 }
      for view in [live, away] {
        #expect(view.texts == ["zero", "", "2", "3", "4", "end"])
        #expect(view[ids[1]]?["deletedBy"]?.number == sam.id)
        #expect(view[ids[2]]?["reactions"] == [["emoji": "👍", "users": [.id(lea.id)]]])
        #expect(view[ids[3]]?["pinnedBy"]?.number == boss.id)
        #expect(view.revision == 6)
      }
      #expect(try await back.join("general", ["since": 0])["messages"]?.array?.count == 6)
      #expect(try await sam.refusal("CHAT_EDIT", ["id": .id(ids[1]), "text": "x"]) == "MESSAGE_NOT_FOUND")
      let found = try await test.appliance.database.read { connection in
        try connection.query("SELECT text FROM chat_messages WHERE deleted_at IS NOT NULL") { $0.text(0) }
      }
      #expect(found == [""])
    }
  }

  @Test func `too many changes make the client read the channel again`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      let general = test.appliance.chat.directory.general
      let last = try await test.appliance.database.write { tx in
        for number in 1...600 {
          try tx.execute(
            """
            INSERT INTO chat_messages (channel_id, author_id, text, created_at, revision) VALUES (?, ?, 'x', 1, ?)
            """, general, lea.id, number)
        }
        try tx.execute("UPDATE channels SET revision = 600")
        return tx.lastInsertedID
      }
      let all = try await lea.join("general", ["since": .id(last), "revision": 99])
      #expect(all["reset"]?.bool == true)
      let some = try await lea.join("general", ["since": .id(last), "revision": 100])
      #expect(some["reset"]?.bool == false)
      #expect(some["changed"]?.array?.count == 500)
      #expect(try await lea.join("general", ["since": .id(last)])["changed"]?.array?.isEmpty == true)
    }
  }

  @Test func `a long gap is sent in pages, and a slow reader does not delay others`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let general = test.appliance.chat.directory.general
      let count = 20_000
      try await test.appliance.database.write { [id = people[1].id] tx in
        for number in 0..<count {
          try tx.execute(
            "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (?, ?, ?, 1)",
            general,
            id, "message number \(number)")
        }
      }
      let frozen = try await test.speaker(people[0].id)
      try frozen.socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0])
      frozen.socket.freeze()
      var view = View()
      try people[0].socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0])
      try await view.follow(people[0].socket) { !$0.isCatchingUp }
      #expect(view.ids.count == count)
      #expect(view.pages == (count + JoinPage.most - 1) / JoinPage.most)
      let live = try await people[1].say("live")
      #expect(try await people[0].socket.next("CHAT_MESSAGE")["id"]?.number == live)
      for subscriber in test.appliance.hub.sockets(of: people[0].id) {
        #expect(subscriber.socket.queuedBytes < 1 << 20)
      }
    }
  }

  @Test func `pages of long messages are shorter`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      let text = String(repeating: "é", count: 8000)
      let general = test.appliance.chat.directory.general
      try await test.appliance.database.write { tx in
        for _ in 0..<200 {
          try tx.execute(
            "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (?, ?, ?, 1)",
            general,
            lea.id, text)
        }
      }
      let newest = try await lea.join("general", ["limit": 200])
      #expect(newest["more"]?.bool == true)
      #expect((1..<200).contains(newest.messageIDs.count))
      #expect(newest.messageIDs.last == newest["last"]?.number)
      var view = View()
      try lea.socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0])
      try await view.follow(lea.socket) { !$0.isCatchingUp }
      #expect(view.ids.count == 200)
      #expect(view.pages > 5)
    }
  }

  @Test func `a reader that is too slow is closed with 1013 and catches up by id`() async throws {
    try await TestAppliance.run(sockets: WebSocketLimits(maxQueued: 64 << 10)) { test in
      test.appliance.hub.limits.withLock { $0.framesAtOnce = 1_000_000 }
      let people = try await test.speakers("lea", "sam")
      let slow = try await test.speaker(people[0].id)
      let first = try await people[1].say("first")
      #expect(try await slow.join("general")["last"]?.number == first)
      slow.socket.freeze()
      let text = String(repeating: "news ", count: 1500)
      var ids: [Int64] = []
      while test.appliance.hub.sockets(of: people[0].id).contains(where: { subscriber in
        subscriber.state.withLock { !$0.channels.isEmpty } && !subscriber.socket.isClosing
      }), ids.count < 5000 {
        ids.append(try await people[1].say(text))
      }
      #expect(ids.count < 5000)
      var view = View(last: first)
      try people[0].socket.send("JOIN_CHANNEL", ["channel": "general", "since": .id(first), "limit": 3])
      try await view.follow(people[0].socket) { !$0.isCatchingUp }
      #expect(view.ids == ids)
    }
  }
}
