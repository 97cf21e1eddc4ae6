import HTTP
import Testing

@testable import Appliance

/// Errors of the chat, and people from whom it must hide channels.
@Suite(.timeLimit(.minutes(30))) struct ChatRefusalTests {
  private static let frames: [(String, JSONValue, String)] = [
    ("JOIN_CHANNEL", [:], "CHANNEL_NOT_FOUND"),
    ("JOIN_CHANNEL", ["channel": "nowhere"], "CHANNEL_NOT_FOUND"),
    ("JOIN_CHANNEL", ["channel": "99"], "CHANNEL_NOT_FOUND"),
    ("JOIN_CHANNEL", ["channel": ["general"]], "CHANNEL_NOT_FOUND"),
    ("JOIN_CHANNEL", ["channel": "general", "since": "-1"], "MALFORMED_FRAME"),
    ("JOIN_CHANNEL", ["channel": "general", "since": "x"], "MALFORMED_FRAME"),
    ("JOIN_CHANNEL", ["channel": "general", "since": 1, "revision": []], "MALFORMED_FRAME"),
    ("LEAVE_CHANNEL", ["channel": "nowhere"], "CHANNEL_NOT_FOUND"),
    ("TYPING_START", ["channel": "nowhere"], "CHANNEL_NOT_FOUND"),
    ("CHAT_MESSAGE", ["channel": "nowhere", "text": "x"], "CHANNEL_NOT_FOUND"),
    ("CHAT_MESSAGE", ["channel": "general"], "MESSAGE_EMPTY"),
    ("CHAT_MESSAGE", ["channel": "general", "text": " \n\u{7}\t "], "MESSAGE_EMPTY"),
    ("CHAT_MESSAGE", ["channel": "general", "text": 17], "MESSAGE_EMPTY"),
    (
      "CHAT_MESSAGE", ["channel": "general", "text": .string(String(repeating: "é", count: 8001))],
      "MESSAGE_TOO_LONG"
    ),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "clientId": ""], "CLIENT_ID_INVALID"),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "clientId": 7], "CLIENT_ID_INVALID"),
    (
      "CHAT_MESSAGE",
      ["channel": "general", "text": "x", "clientId": .string(String(repeating: "x", count: 65))],
      "CLIENT_ID_INVALID"
    ),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "replyTo": "x"], "VALIDATION_FAILED"),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "replyTo": "99"], "MESSAGE_NOT_FOUND"),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "files": ["/api/uploads/x"]], "FILE_NOT_FOUND"),
    ("CHAT_MESSAGE", ["channel": "general", "text": "x", "files": "x"], "FILE_NOT_FOUND"),
    (
      "CHAT_MESSAGE",
      ["channel": "general", "text": "x", "files": .array(Array(repeating: "/api/uploads/x", count: 11))],
      "TOO_MANY_FILES"
    ),
    ("CHAT_EDIT", ["id": "99", "text": "x"], "MESSAGE_NOT_FOUND"),
    ("CHAT_EDIT", ["text": "x"], "MESSAGE_NOT_FOUND"),
    ("CHAT_DELETE", ["id": "0"], "MESSAGE_NOT_FOUND"),
    ("CHAT_REACTION", ["id": "99", "emoji": "👍"], "MESSAGE_NOT_FOUND"),
    ("CHAT_REACTION", ["id": "99", "emoji": "x"], "EMOJI_INVALID"),
    ("CHAT_REACTION", ["id": "99", "emoji": "👍👍"], "EMOJI_INVALID"),
    ("CHAT_REACTION", ["id": "99", "emoji": "1"], "EMOJI_INVALID"),
    ("CHAT_REACTION", ["id": "99"], "EMOJI_INVALID"),
    ("CHAT_PIN", ["id": "99", "pinned": true], "MESSAGE_NOT_FOUND"),
    ("MARK_READ", ["channel": "nowhere", "id": "1"], "CHANNEL_NOT_FOUND"),
    ("MARK_READ", ["channel": "general"], "MESSAGE_NOT_FOUND"),
  ]

  @Test func `an invalid command is refused with its code, and nothing is written`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      for (type, payload, code) in Self.frames {
        #expect(try await lea.refusal(type, payload) == code, "\(type) \(payload)")
      }
      #expect(try await test.stored("general").isEmpty)
      try lea.socket.send("CHAT_MESSAGE", ["channel": "general", "text": "", "clientId": "mine"])
      let error = try await lea.socket.next("ERROR")
      #expect(error["clientId"]?.string == "mine")
      #expect(error["channel"]?.number == test.appliance.chat.directory.general)
      #expect(error["message"]?.string?.isEmpty == false)
    }
  }

  @Test func `without sign-in everything is refused and nothing received`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      let socket = try await TestWebSocket.open(test)
      let stranger = Speaker(id: 0, token: "", socket: socket)
      for type in Set(Self.frames.map(\.0)) {
        #expect(try await stranger.refusal(type, ["channel": "general", "id": "1"]) == "UNAUTHENTICATED")
      }
      try await lea.join("general")
      try await lea.say("for those who are signed in")
      #expect(try await stranger.heard().isEmpty)
    }
  }

  @Test func `private and direct channels appear not to exist to others`() async throws {
    try await TestAppliance.run { test in
      let all = try await test.speakers("lea", "sam", "eve")
      let (lea, sam, eve) = (all[0], all[1], all[2])
      for kind in [Channel.Kind.private, .direct] {
        let channel = try await test.channel(kind, "secret", of: [lea.id, sam.id])
        try await lea.join(channel)
        let id = JSONValue.id(try await lea.say("between us", in: channel))
        for (type, payload): (String, JSONValue) in [
          ("JOIN_CHANNEL", ["channel": channel]), ("CHAT_MESSAGE", ["channel": channel, "text": "x"]),
          ("TYPING_START", ["channel": channel]), ("MARK_READ", ["channel": channel, "id": id]),
          ("JOIN_CHANNEL", ["channel": "secret"]),
        ] {
          #expect(try await eve.refusal(type, payload) == "CHANNEL_NOT_FOUND", "\(type)")
        }
        for (type, payload): (String, JSONValue) in [
          ("CHAT_EDIT", ["id": id, "text": "x"]), ("CHAT_DELETE", ["id": id]), ("CHAT_PIN", ["id": id]),
          ("CHAT_REACTION", ["id": id, "emoji": "👍"]),
          ("CHAT_MESSAGE", ["channel": "general", "text": "x", "replyTo": id]),
        ] {
          #expect(try await eve.refusal(type, payload) == "MESSAGE_NOT_FOUND", "\(type)")
        }
        try await lea.say("@eve you are not here", in: channel)
        #expect(try await eve.heard().isEmpty)
      }
    }
  }

  @Test func `a read-only token can listen but not post`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      let token = Token(for: .api)
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        sessions.add(
          Sessions.APIToken(id: 1, userID: lea.id, rights: ["read"], expiresAt: .max), hash: token.hash,
          in: tx)
      }
      let program = try await test.speaker(lea.id, token: Sessions.tokenPrefix + token.text)
      try await program.join("general")
      let id = JSONValue.id(try await lea.say("hello"))
      _ = try await program.socket.next("CHAT_MESSAGE")
      for type in [
        "CHAT_MESSAGE", "CHAT_EDIT", "CHAT_DELETE", "CHAT_REACTION", "CHAT_PIN", "MARK_READ", "TYPING_START",
      ] {
        let payload: JSONValue = ["channel": "general", "id": id, "text": "x", "emoji": "👍"]
        #expect(try await program.refusal(type, payload) == "TOKEN_READ_ONLY", "\(type)")
      }
      #expect(try await test.stored("general").count == 1)
    }
  }

  @Test func `others' messages cannot be edited, and only some may delete or pin them`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let mo = try await test.speakers("mo", role: .moderator)[0]
      let direct = try await test.channel(.direct, of: [lea.id, mo.id])
      let open = try await test.channel(.public, "open", of: [lea.id, sam.id], admins: [sam.id])
      for (channel, person, type, code): (JSONValue, Speaker, String, String?) in [
        (open, mo, "CHAT_EDIT", "FORBIDDEN"), (open, sam, "CHAT_EDIT", "FORBIDDEN"),
        ("general", sam, "CHAT_DELETE", "FORBIDDEN"), ("general", sam, "CHAT_PIN", "FORBIDDEN"),
        (direct, mo, "CHAT_DELETE", "FORBIDDEN"), (direct, mo, "CHAT_PIN", nil), (open, sam, "CHAT_PIN", nil),
        (open, sam, "CHAT_DELETE", nil), ("general", mo, "CHAT_PIN", nil),
        ("general", mo, "CHAT_DELETE", nil),
      ] {
        let id = JSONValue.id(try await lea.say("mine", in: channel))
        try person.socket.send(type, ["id": id, "text": "yours", "pinned": true])
        let answer = try await person.outcome().first { $0["type"]?.string == "ERROR" }
        #expect(answer?["payload"]?["code"]?.string == code, "\(type) in \(channel)")
      }
    }
  }

  @Test func `an archived channel is read-only`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      let channel = try await test.channel(.public, "old", of: [lea.id], admins: [lea.id])
      let id = JSONValue.id(try await lea.say("last words", in: channel, ["clientId": "last"]))
      try await test.change(channel, "UPDATE channels SET archived_at = 1 WHERE id = ?")
      for type in ["CHAT_MESSAGE", "CHAT_EDIT", "CHAT_DELETE", "CHAT_REACTION", "CHAT_PIN", "TYPING_START"] {
        let payload: JSONValue = ["channel": channel, "id": id, "text": "x", "emoji": "👍"]
        #expect(try await lea.refusal(type, payload) == "CHANNEL_ARCHIVED", "\(type)")
      }
      #expect(try await lea.join(channel).messageIDs.count == 1)
      // A retry of an accepted message is answered again.
      #expect(try await lea.say("last words", in: channel, ["clientId": "last"]) == id.number)
    }
  }

  @Test func `in slow mode only admins may post twice within the interval`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let channel = try await test.channel(.public, "slow", of: [lea.id], admins: [lea.id], slow: 10)
      try await sam.say("one", in: channel, ["clientId": "1"])
      try sam.socket.send("CHAT_MESSAGE", ["channel": channel, "text": "two"])
      let refusal = try await sam.socket.next("ERROR")
      #expect(refusal["code"]?.string == "SLOW_MODE")
      #expect(refusal["retryAfter"]?.int == 10)
      try await sam.say("one", in: channel, ["clientId": "1"])
      for _ in 0..<2 { try await lea.say("admin", in: channel) }
      time.advance(by: .seconds(9))
      #expect(try await sam.refusal("CHAT_MESSAGE", ["channel": channel, "text": "two"]) == "SLOW_MODE")
      time.advance(by: .seconds(1))
      try await sam.say("two", in: channel)
      #expect(try await test.stored(channel).count == 4)
    }
  }

  @Test func `a message has at most twenty different reactions, each once per person`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let id = JSONValue.id(try await people[0].say("react"))
      let emoji = (0..<21).compactMap { Unicode.Scalar(0x1F600 + UInt32($0)).map { String(Character($0)) } }
      try await people[0].join("general")
      for one in emoji.prefix(20) {
        for _ in 0..<2 {
          try people[0].socket.send("CHAT_REACTION", ["id": id, "emoji": .string(one), "add": true])
        }
        #expect(try await people[0].socket.next("CHAT_REACTION")["emoji"]?.string == one)
      }
      let more: JSONValue = ["id": id, "emoji": .string(emoji[20])]
      #expect(try await people[1].refusal("CHAT_REACTION", more) == "TOO_MANY_REACTIONS")
      try people[1].socket.send("CHAT_REACTION", ["id": id, "emoji": .string(emoji[0])])
      let last = try await people[0].socket.next("CHAT_REACTION") { $0["userId"]?.number == people[1].id }
      #expect(last["reactions"]?[0]?["users"]?.array?.count == 2)
      #expect(last["reactions"]?.array?.count == 20)
      #expect(last["revision"]?.int == 21)
    }
  }

  @Test func `a socket can join a limited number of channels`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.speakers("lea")[0]
      for number in 0..<ChannelFeeds.mostOfSocket {
        let channel = try await test.channel(.public, "c\(number)", of: [])
        try await lea.join(channel)
      }
      #expect(try await lea.refusal("JOIN_CHANNEL", ["channel": "general"]) == "TOO_MANY_TOPICS")
      try lea.socket.send("LEAVE_CHANNEL", ["channel": "c7"])
      #expect(try await lea.socket.next("CHANNEL_LEFT")["reason"]?.string == "LEFT")
      try await lea.join("general")
    }
  }
}
