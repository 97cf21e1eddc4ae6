import HTTP
import Testing

@testable import Appliance

/// The Workspace chat as its client uses it: first errors, then what people receive.
@Suite(.timeLimit(.minutes(30))) struct WorkspaceTests {
  @Test(arguments: ["/", "/ws"])
  func `a client that is not signed in is told so and closed`(path: String) async throws {
    try await TestAppliance.run { test in
      let first: [JSONValue] = [
        ["type": "auth"], ["type": "auth", "token": "guess"], ["type": "auth", "token": .null],
        ["type": "message", "text": "hello"], ["type": "clearChat"], ["type": "setPseudo", "pseudo": "x"],
      ]
      for frame in first {
        let socket = try await TestWebSocket.open(test.client, at: path)
        _ = await socket.next()
        try socket.say(frame)
        #expect(await socket.next() == ["type": "auth:ack", "ok": false])
        #expect(await socket.next()?["code"]?.string == "UNAUTHENTICATED")
        #expect(await socket.ended() == 4401)
      }
      #expect(test.present == [])
    }
  }

  @Test func `a second token, unknown types and empty messages have no effect`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let socket = try await Self.open(lea)
      _ = try await socket.hear("userCount")
      try socket.say(["type": "auth", "token": .string(sam.token ?? "")])
      #expect(try await socket.hear("error")["code"]?.string == "ALREADY_AUTHENTICATED")
      try socket.say(["type": "auth", "token": .string(lea.token ?? "")])
      #expect(try await socket.hear("auth:ack")["ok"]?.bool == true)
      try socket.say(["type": "dance"])
      #expect(try await socket.hear("error")["code"]?.string == "UNKNOWN_TYPE")
      try socket.send(text: "not json")
      #expect(try await socket.hear("error")["code"]?.string == "MALFORMED_FRAME")
      try socket.say(["type": "message", "text": "  "])
      let empty = try await socket.hear("error")
      #expect(empty["code"]?.string == "MESSAGE_EMPTY")
      #expect(empty["message"]?.string == "Le message est vide. Saisissez du texte ou joignez un fichier.")
      try socket.say(["type": "message", "text": "hello", "replyTo": "999"])
      #expect(try await socket.hear("error")["code"]?.string == "MESSAGE_NOT_FOUND")
      #expect(test.present == ["lea"])
    }
  }

  @Test func `only admins can clear the chat`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let mia = try await test.person("mia", role: .moderator)
      for person in [lea, mia] {
        let socket = try await Self.open(person)
        try socket.say(["type": "message", "text": "hello"])
        _ = try await socket.hear("message:new")
        try socket.say(["type": "clearChat"])
        #expect(try await socket.hear("error")["code"]?.string == "FORBIDDEN")
      }
      #expect(try await Self.said(lea).count == 2)
    }
  }

  @Test func `when an admin clears the chat, every client's history is empty`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let page = try await TestWebSocket.signedIn(lea)
      try page.send("JOIN_CHANNEL", ["channel": "general"])
      _ = try await page.next("CHANNEL_JOINED")
      let sockets = [try await Self.open(lea), try await Self.open(boss)]
      for number in 1...3 { try sockets[0].say(["type": "message", "text": .string("hello \(number)")]) }
      for socket in sockets { _ = try await socket.hear("message:new") { $0["data"]?["text"] == "hello 3" } }
      try sockets[1].say(["type": "clearChat"])
      for socket in sockets {
        let told = try await socket.hear("chatCleared")
        #expect(told.object?.keys.sorted() == ["clearedBy", "timestamp", "type"])
        #expect(told["clearedBy"]?.string == "boss")
        #expect(TimeText.milliseconds(told["timestamp"]?.string ?? "") != nil)
        #expect(try await socket.hear("history")["messages"] == [])
      }
      for _ in 1...3 { _ = try await page.next("CHAT_DELETED") }
      #expect(try await Self.said(lea).isEmpty)
      let marks = try await test.appliance.database.read { connection in
        try connection.scalar("SELECT count(*) FROM chat_messages WHERE deleted_at IS NOT NULL")
      }
      #expect(marks == 3)
      #expect(try await test.audited().last == "channel_changed")
    }
  }

  @Test func `a message is received by everyone, including its sender and our page`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let page = try await TestWebSocket.signedIn(sam)
      try page.send("JOIN_CHANNEL", ["channel": "general"])
      _ = try await page.next("CHANNEL_JOINED")
      let sockets = [try await Self.open(lea), try await Self.open(sam, at: "/ws")]

      try sockets[0].say(["type": "message", "text": "bonjour \"à\" tous"])
      let heard = try await page.next("CHAT_MESSAGE")
      let id = try #require(heard["id"]?.string)
      let lives = try await test.id("lea")
      for socket in sockets {
        let data = try await socket.hear("message:new")["data"]
        #expect(data?.object?.keys.sorted() == ["createdAt", "id", "text", "userId", "username"])
        #expect(data?["id"]?.string == id)
        #expect(data?["userId"]?.string == String(lives))
        #expect(data?["username"]?.string == "lea")
        #expect(data?["text"]?.string == "bonjour \"à\" tous")
      }
      try page.send("CHAT_MESSAGE", ["channel": "general", "text": "hello", "replyTo": .string(id)])
      for socket in sockets {
        let data = try await socket.hear("message:new")["data"]
        #expect(data?["username"]?.string == "sam")
        #expect(data?["replyTo"]?.string == id)
      }
      try sockets[1].say(["type": "message", "text": "me too", "replyTo": .string(id)])
      #expect(try await page.next("CHAT_MESSAGE") { $0["text"] == "me too" }["reply"]?["id"]?.string == id)
    }
  }

  @Test func `a new client receives the history, oldest first, and then every message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let first = try await Self.open(lea)
      for number in 1...5 { try first.say(["type": "message", "text": .string("\(number)")]) }
      _ = try await first.hear("message:new") { $0["data"]?["text"] == "5" }
      let second = try await Self.open(lea)
      let history = try await second.hear("history")["messages"]?.array ?? []
      #expect(history.map { $0["message"]?.string } == ["1", "2", "3", "4", "5"])
      #expect(history.first?.object?.keys.sorted() == ["created_at", "id", "message", "pseudo"])
      #expect(history.first?["pseudo"]?.string == "lea")
      try first.say(["type": "message", "text": "6"])
      #expect(try await second.hear("message:new")["data"]?["text"]?.string == "6")
    }
  }

  @Test func `deleted and edited messages are updated in the history`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await Self.open(lea)
      for text in ["one", "two"] { try socket.say(["type": "message", "text": .string(text)]) }
      var ids: [JSONValue] = []
      for _ in 0..<2 { ids.append(try await socket.hear("message:new")["data"]?["id"] ?? .null) }
      let page = try await TestWebSocket.signedIn(lea)
      try page.send("CHAT_DELETE", ["id": ids[0]])
      try page.send("CHAT_EDIT", ["id": ids[1], "text": "deux"])
      let history = try await socket.hear("history") { $0["messages"]?[0]?["message"] == "deux" }
      #expect(history["messages"]?.array?.count == 1)
    }
  }

  @Test func `everyone receives the list of people, without duplicates or chosen names`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let socket = try await Self.open(lea)
      #expect(try await socket.hear("userCount") == ["type": "userCount", "count": 1, "users": ["lea"]])
      try socket.say(["type": "setPseudo", "pseudo": "Zoe"])
      let tabs = [try await Self.open(sam), try await Self.open(sam), try await TestWebSocket.signedIn(sam)]
      _ = try await socket.hear("userCount") { $0["users"] == ["lea", "sam"] }
      for tab in tabs { tab.close() }
      _ = try await socket.hear("userCount") { $0["users"] == ["lea"] }
    }
  }

  @Test func `closing frees the account, and reloading never locks it out`() async throws {
    try await TestAppliance.run { test in
      try await test.accounts(["lea", "noa"])
      // It has no cookies and no workstation header; its Bearer token identifies the workstation.
      let signIn = try await test.signIn("lea", with: test.client)
      let lea = test.client.signedIn(signIn.json["token"]?.string)
      var socket = try await Self.open(lea)
      #expect(try await test.signIn("noa", with: lea).code == "WORKSTATION_IN_USE")
      #expect(try await test.signIn("lea", at: "home").code == "ALREADY_LOGGED_IN")
      for _ in 0..<5 {
        socket.close()
        socket = try await Self.open(lea)
        #expect(test.present == ["lea"])
      }
      socket.cut()
      await eventually { test.present == [] }
      #expect(try await test.signIn("noa", with: lea).status == 200)
      #expect(try await test.signIn("lea", at: "home").status == 200)
    }
  }

  @Test func `signing out closes the socket, and its later messages are ignored`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await Self.open(lea)
      #expect(try await lea.post("/api/auth/logout").status == 200)
      #expect(try await socket.hear("error")["code"]?.string == "UNAUTHENTICATED")
      #expect(await socket.ended() == 4001)
      #expect(test.present == [])
    }
  }

  @Test func `a read-only token cannot post`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let token = Token(for: .api)
      try await test.appliance.database.write { [sessions = test.appliance.sessions] tx in
        let user = try tx.scalar("SELECT id FROM users") ?? 0
        sessions.add(
          Sessions.APIToken(id: 1, userID: user, rights: ["read"], expiresAt: .max), hash: token.hash, in: tx)
      }
      let socket = try await Self.open(lea.signedIn(Sessions.tokenPrefix + token.text))
      try socket.say(["type": "message", "text": "hello"])
      #expect(try await socket.hear("error")["code"]?.string == "TOKEN_READ_ONLY")
      #expect(try await Self.said(lea).isEmpty)
    }
  }

  @Test func `a display name cannot impersonate anyone, not even a deleted account`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      #expect(try await sam.put("/api/profile", ["name": "lea"]).status == 200)
      let sockets = [try await Self.open(lea), try await Self.open(sam)]
      #expect(try await sockets[0].hear("userCount") { $0["count"] == 2 }["users"] == ["lea", "sam"])
      try sockets[1].say(["type": "message", "text": "hello"])
      let said = try await sockets[0].hear("message:new")["data"]
      #expect(said?["username"]?.string == "sam")
      #expect(try await Self.said(lea).map { $0["pseudo"]?.string } == ["sam"])
      let boss = try await test.person("boss", role: .admin)
      let id = try await test.id("sam")
      #expect([200, 202].contains(try await boss.delete("/api/admin/users/\(id)").status))
      await eventually { test.appliance.sessions.account(id) == nil }
      #expect(try await Self.said(lea).first?["pseudo"]?.string == "(lea)")
    }
  }

  @Test func `messages require a Bearer token, from any origin`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await Self.open(lea)
      for text in ["one", "two"] { try socket.say(["type": "message", "text": .string(text)]) }
      _ = try await socket.hear("message:new") { $0["data"]?["text"] == "two" }
      var desktop = test.client
      for origin in ["file://", "null", "https://elsewhere.example", nil] {
        desktop.headers["Origin"] = origin
        #expect(try await desktop.get("/api/messages").status == 401)
        let answer = try await desktop.signedIn(lea.token).get("/api/messages")
        let isAllowed = origin != "https://elsewhere.example"
        #expect(answer.headers["access-control-allow-origin"] == (isAllowed ? origin : nil))
        #expect(answer.json["success"]?.bool == true)
        let messages = answer.json["messages"]?.array ?? []
        #expect(messages.map { $0["text"]?.string } == ["two", "one"])
        #expect(
          messages.first?.object?.keys.sorted()
            == ["created_at", "id", "message", "pseudo", "text", "username"])
        #expect(messages.first?["message"]?.string == "two")
      }
      var page = test.client
      page.headers["Cookie"] = lea.cookie
      // Without a Bearer token the path answers the inbox of the internal mail.
      #expect(try await page.get("/api/messages").json.array?.isEmpty == true)
    }
  }

  @Test func `our own protocol works on the root path, which also serves the page`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.open(test.client, at: "/")
      try socket.send("AUTHENTICATE", ["token": .string(lea.token ?? "")])
      _ = try await socket.next("AUTHENTICATED")
      // Only the first frame selects the protocol.
      try socket.say(["type": "auth", "token": .string(lea.token ?? "")])
      #expect(try await socket.next("ERROR")["code"]?.string == "UNKNOWN_TYPE")
      #expect(try await test.client.get("/").headers["content-type"]?.hasPrefix("text/html") == true)
    }
  }

  /// Opens a socket of the client and signs in.
  private static func open(_ client: TestClient, at path: String = "/") async throws -> TestWebSocket {
    let socket = try await TestWebSocket.open(client, at: path, byCookie: false)
    try socket.say(["type": "auth", "token": .string(client.token ?? "")])
    #expect(try await socket.hear("auth:ack") == ["type": "auth:ack", "ok": true])
    // A message posted before the history is sent may be included in it, and is not sent again.
    try await socket.arrives("history")
    return socket
  }

  private static func said(_ client: TestClient) async throws -> [JSONValue] {
    var desktop = client
    desktop.headers["Origin"] = "null"
    return try await desktop.get("/api/messages").json["messages"]?.array ?? []
  }
}

extension TestWebSocket {
  /// Sends a frame of the Workspace chat.
  func say(_ frame: JSONValue) throws {
    var json = JSONWriter()
    json.value(frame)
    try send(bytes: json.bytes)
  }

  /// Waits for a frame of a type, and keeps it and earlier ones for `hear`.
  func arrives(_ type: String) async throws {
    var frames: [JSONValue] = []
    startWaiting()
    while let frame = await next() {
      frames.append(frame)
      if frame["type"]?.string == type { return putBack(frames) }
    }
    throw TestClient.Broken(reason: "the socket ended before \(type)")
  }

  /// The next matching frame of a type; earlier ones are discarded.
  func hear(_ type: String, where isWanted: (JSONValue) -> Bool = { _ in true }) async throws -> JSONValue {
    startWaiting()
    while let frame = await next() {
      if frame["type"]?.string == type, isWanted(frame) { return frame }
    }
    throw TestClient.Broken(reason: "the socket ended before \(type)")
  }
}
