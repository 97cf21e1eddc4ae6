import HTTP
import Testing

@testable import Appliance

/// The internal mail: who may write, read and mark what.
@Suite(.timeLimit(.minutes(30))) struct InternalMessagesTests {
  private static let path = "/api/messages"

  @Test func `an invalid message is refused with each invalid field`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let (sam, gone) = (try await test.accounts(["sam"])[0], try await test.accounts(["gone"])[0])
      try await test.appliance.database.write {
        try $0.execute("UPDATE users SET is_active = 0 WHERE id = ?", gone)
      }
      #expect(try await test.client.post(Self.path, [:]).status == 401)
      let to = JSONValue.integer(sam)
      let long = JSONValue.string(String(repeating: "x", count: 20_001))
      for (body, fields) in [
        ([:], ["recipientId", "subject", "content"]),
        (["recipientId": "", "subject": "A", "content": "B"], ["recipientId"]),
        (["recipientId": "999999", "subject": "A", "content": "B"], ["recipientId"]),
        (["recipientId": .integer(gone), "subject": "A", "content": "B"], ["recipientId"]),
        (["recipientId": "sam", "subject": "A", "content": "B"], ["recipientId"]),
        (["recipientIds": [to, "999999"], "subject": "A", "content": "B"], ["recipientIds"]),
        (["recipientIds": "all", "subject": "A", "content": "B"], ["recipientIds"]),
        (["recipientId": to, "subject": " ", "content": "B"], ["subject"]),
        (["recipientId": to, "subject": "a\nb", "content": "B"], ["subject"]),
        (["recipientId": to, "subject": "A", "content": long], ["content"]),
        (["recipientId": to, "subject": 7, "content": true], ["subject", "content"]),
        (["recipientId": to, "subject": "A", "content": "B", "files": ["/etc/passwd"]], ["files"]),
        (["recipientId": to, "subject": "A", "content": "B", "replyToId": "999999"], ["replyToId"]),
      ] as [(JSONValue, [String])] {
        let answer = try await lea.post(Self.path, body)
        #expect(answer.status == 400, "\(body)")
        #expect(answer.json["errors"]?.array?.compactMap { $0["field"]?.string } == fields, "\(body)")
      }
      #expect(try await test.count("SELECT count(*) FROM messages") == 0)
    }
  }

  @Test func `every path of the inbox lists a message; its sender is the session's account`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let (leaID, samID) = (try await test.id("lea"), try await test.id("sam"))
      let sent = try await lea.post(
        Self.path,
        [
          "senderId": "user-1", "recipientId": .integer(samID), "subject": "Clés",
          "content": "Où sont-elles ?",
        ])
      #expect(sent.status == 201)
      #expect(sent.json["senderId"]?.string == String(leaID))
      #expect(sent.json["recipientId"]?.string == String(samID))
      let paths = ["/inbox", "/\(samID)", "/user-1"].map { Self.path + $0 }
      var inboxes = [try await sam.asPage.get(Self.path)]
      for path in paths { inboxes.append(try await sam.get(path)) }
      for inbox in inboxes {
        let message = try #require(inbox.json.array?.first)
        #expect(inbox.json.array?.count == 1 && message["id"] == sent.json["id"])
        #expect(message["isRead"]?.bool == false && message["senderName"]?.string == "Lea")
        #expect(inbox.headers["x-unread-count"] == "1")
      }
      #expect(try await lea.asPage.get(Self.path).json.array == [])
      let mine = try await lea.get(Self.path + "/sent").json.array ?? []
      #expect(mine.map { $0["id"] } == [sent.json["id"]] && mine.first?["isRead"]?.bool == false)
    }
  }

  @Test func `the inbox of another, and a message without an own copy, cannot be read`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let boss = try await test.person("boss", role: .admin)
      let id = try await Self.send(lea, to: "sam", test)
      let samID = try await test.id("sam")
      for stranger in [lea, boss] {
        #expect(try await stranger.get(Self.path + "/\(samID)").status == 403)
        #expect(try await stranger.get(Self.path + "/999999").status == 403)
      }
      #expect(try await test.client.get(Self.path + "/\(samID)").status == 401)
      #expect(try await boss.get(Self.path + "/item/\(id)").status == 404)
      #expect(try await boss.send("PATCH", Self.path + "/\(id)/read", [:]).status == 404)
      #expect(try await boss.delete(Self.path + "/\(id)").status == 404)
      #expect(try await boss.get("/api/search?q=Clés&kind=messages").json.array == [])
      #expect(try await sam.get(Self.path + "/item/\(id)").status == 200)
      #expect(try await sam.get("/api/search?q=cles&kind=messages").json.array?.count == 1)
      #expect(try await sam.get(Self.path + "/item/999999").status == 404)
    }
  }

  @Test func `only a recipient can mark a message as read, and the sender sees it`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await Self.send(lea, to: "sam", test)
      let one = Self.path + "/\(id)/read"
      #expect(try await lea.send("PATCH", one, [:]).status == 403)
      #expect(try await sam.send("PATCH", one, ["isRead": "yes"]).status == 400)
      for method in ["PATCH", "PUT"] {
        let marked = try await sam.send(method, one, content: nil)
        #expect(marked.status == 200 && marked.json["isRead"]?.bool == true)
        #expect(try await lea.get(Self.path + "/sent").json.array?.first?["isRead"]?.bool == true)
        #expect(try await sam.send(method, one, ["isRead": false]).json["isRead"]?.bool == false)
        #expect(try await lea.get(Self.path + "/sent").json.array?.first?["isRead"]?.bool == false)
      }
      let archived = try await lea.send("PATCH", Self.path + "/\(id)", ["folder": "archive"])
      #expect(archived.status == 200 && archived.json["isRead"]?.bool == false)
      #expect(try await sam.post(Self.path + "/read-all").status == 200)
      #expect(try await lea.get(Self.path + "/item/\(id)").json["isRead"]?.bool == true)
      #expect(try await sam.get(Self.path + "/summary").json["unread"]?.int == 0)
    }
  }

  @Test func `each recipient has a copy, and the message is deleted with the last one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let people = try await [test.person("sam"), test.person("max")]
      let ids = try await [test.id("sam"), test.id("max")].map { JSONValue.string(String($0)) }
      let sent = try await lea.post(
        Self.path, ["recipientIds": .array(ids + [ids[0]]), "subject": "A", "content": "B"])
      let id = sent.json["id"]?.string ?? ""
      let one = Self.path + "/item/" + id
      #expect(sent.json["recipients"]?.array?.map { $0["name"]?.string } == ["Sam", "Max"])
      _ = try await people[0].send("PATCH", Self.path + "/\(id)/read", [:])
      #expect(try await lea.get(one).json["isRead"]?.bool == false)
      let seen = try await lea.get(one).json["recipients"]?.array?.map { $0["readAt"]?.isNull }
      #expect(seen == [false, true])
      #expect(try await people[1].get(one).json["recipients"]?.array?[0]["readAt"]?.isNull == true)
      for person in people + [lea] {
        #expect(try await test.count("SELECT count(*) FROM messages") == 1)
        #expect(try await person.delete(Self.path + "/\(id)").status == 200)
        #expect(try await person.get(one).status == 404)
      }
      #expect(try await test.count("SELECT count(*) FROM messages") == 0)
      #expect(try await test.count("SELECT count(*) FROM message_recipients") == 0)
    }
  }

  @Test func `a message can be moved to the folders that fit, and has labels`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await Self.send(lea, to: "sam", test)
      let one = Self.path + "/\(id)"
      #expect(try await sam.send("PATCH", one, ["folder": "sent"]).status == 400)
      #expect(try await sam.send("PATCH", one, ["folder": "drafts"]).status == 400)
      #expect(try await lea.send("PATCH", one, ["folder": "inbox"]).status == 400)
      #expect(try await sam.send("PATCH", one, ["labels": "work"]).status == 400)
      for folder in ["archive", "trash", "inbox"] {
        #expect(
          try await sam.send("PATCH", one, ["folder": .string(folder)]).json["folder"]?.string == folder)
        for other in ["inbox", "archive", "trash"] {
          let count = try await sam.get(Self.path + "/\(other)").json.array?.count
          #expect(count == (other == folder ? 1 : 0), "\(folder) \(other)")
        }
      }
      #expect(try await sam.put(one, ["labels": ["Work", "Keys"]]).json["labels"] == ["Work", "Keys"])
      #expect(try await sam.get(Self.path + "/inbox?label=Keys").json.array?.count == 1)
      #expect(try await sam.get(Self.path + "/inbox?label=Home").json.array?.count == 0)
      let labels = try await sam.get(Self.path + "/summary").json["labels"]?.array
      #expect(labels?.map { $0["name"]?.string } == ["Keys", "Work"])
      #expect(try await lea.get(Self.path + "/item/\(id)").json["labels"] == [])
    }
  }

  @Test func `a reply belongs to its thread, of which people see the messages they have`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let max = try await test.person("max")
      let first = try await Self.send(lea, to: "sam", test)
      let second = try await Self.send(sam, to: "lea", test, ["replyToId": .string(first)])
      let third = try await Self.send(lea, to: "max", test, ["replyToId": .string(second)])
      let item = try await lea.get(Self.path + "/item/\(third)").json
      #expect(item["threadId"]?.string == first && item["replyToId"]?.string == second)
      func thread(_ client: TestClient) async throws -> [String] {
        let answer = try await client.get(Self.path + "/item/\(third)/thread")
        return answer.json.array?.compactMap { $0["id"]?.string } ?? []
      }
      #expect(try await thread(lea) == [second, first])
      #expect(try await thread(max) == [])
      #expect(try await sam.get(Self.path + "/item/\(third)/thread").status == 404)
      #expect(try await Self.refused(max, to: "lea", test, ["replyToId": .string(second)]) == 400)
    }
  }

  @Test func `lists are paged without gaps and can be searched`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      for _ in 1...5 { _ = try await Self.send(lea, to: "sam", test) }
      _ = try await Self.send(lea, to: "sam", test, ["subject": "Été"])
      let page = try await sam.get(Self.path + "/inbox?limit=4")
      let next = try #require(page.headers["x-next-before"])
      let rest = try await sam.get(Self.path + "/inbox?limit=4&before=\(next)")
      let ids = ((page.json.array ?? []) + (rest.json.array ?? [])).compactMap { $0["id"]?.string }
      #expect(Set(ids).count == 6 && ids.count == 6)
      #expect(rest.headers["x-next-before"] == nil)
      #expect(try await sam.get(Self.path + "/inbox?q=ete").json.array?.count == 1)
      #expect(try await sam.get(Self.path + "/inbox?unread=1").json.array?.count == 6)
      #expect(try await sam.get(Self.path + "/inbox?limit=0").status == 400)
    }
  }

  @Test func `a recipient is notified at once, and only until the message is read`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let socket = try await TestWebSocket.signedIn(sam)
      let id = try await Self.send(lea, to: "sam", test)
      let frame = try await socket.next("NEW_MESSAGE")
      #expect(frame == ["id": .string(id), "senderId": .string(String(try await test.id("lea")))])
      let notice = try await sam.get("/api/notifications?unread=1").json.array?.first
      #expect(notice?["kind"]?.string == "internal_message" && notice?["link"]?.string == "/messages/\(id)")
      #expect(notice?["title"]?.string == "Lea wrote to you: Clés")
      _ = try await sam.send("PATCH", Self.path + "/\(id)/read", [:])
      #expect(try await sam.get("/api/notifications?unread=1").json.array == [])
      socket.close()
    }
  }

  @Test func `a disabled module answers 404, but not the chat of the older client`() async throws {
    try await TestAppliance.run { test in
      let (lea, boss) = (try await test.person("lea"), try await test.person("boss", role: .admin))
      _ = try await boss.send("PATCH", "/api/system-settings", ["showMessages": false])
      #expect(try await lea.asPage.get(Self.path).status == 404)
      for path in ["/inbox", "/summary", "/drafts"] {
        #expect(try await lea.get(Self.path + path).status == 404)
      }
      #expect(try await Self.refused(lea, to: "boss", test) == 404)
      #expect(try await lea.get(Self.path).json["success"]?.bool == true)
    }
  }

  static func send(
    _ client: TestClient, to username: String, _ test: TestAppliance, _ more: [String: JSONValue] = [:]
  ) async throws -> String {
    let answer = try await client.post(path, try await body(to: username, test, more))
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json["id"]?.string ?? ""
  }

  private static func refused(
    _ client: TestClient, to username: String, _ test: TestAppliance, _ more: [String: JSONValue] = [:]
  ) async throws -> Int {
    try await client.post(path, try await body(to: username, test, more)).status
  }

  private static func body(
    to username: String, _ test: TestAppliance, _ more: [String: JSONValue]
  ) async throws -> JSONValue {
    let least: [String: JSONValue] = [
      "recipientId": .integer(try await test.id(username)), "subject": "Clés", "content": "Où sont-elles ?",
    ]
    return .object(least.merging(more) { _, new in new })
  }
}

extension TestClient {
  /// The same person as our own page: by the cookie alone.
  var asPage: TestClient {
    var page = TestClient(port: port)
    page.headers["Cookie"] = cookie
    return page
  }
}
