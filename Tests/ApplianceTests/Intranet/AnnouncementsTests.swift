import HTTP
import Testing

@testable import Appliance

/// Who sees which announcement, and when they are told of it.
@Suite(.timeLimit(.minutes(30))) struct AnnouncementsTests {
  private static let path = "/api/announcements"

  private static func titles(_ client: TestClient) async throws -> [String] {
    try await client.get(path).json.array?.compactMap { $0["title"]?.string } ?? []
  }

  @Test func `writing an announcement needs the permission, which can be delegated`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let body: JSONValue = ["title": "Fire drill", "content": "Monday, 10 am"]
      #expect(try await test.client.post(Self.path, body).status == 401)
      #expect(try await lea.post(Self.path, body).status == 403)
      try await test.delegate(.manageAnnouncements, to: "lea")
      let made = try await lea.post(Self.path, body)
      #expect(made.status == 201)
      #expect(made.json["icon"] == "📢")
      #expect(made.json["type"] == "info")
      #expect(made.json["authorName"] == "Lea")
      #expect(made.json["isImportant"] == false)
    }
  }

  @Test func `the body of an older client is accepted, and the author is the signed-in account`() async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post(
        Self.path,
        [
          "title": "Welcome", "content": "Hello", "type": "important", "authorId": "user-1",
          "authorName": "Nobody", "icon": "🎉", "isImportant": true, "imageUrl": .null, "expiresAt": "",
        ])
      #expect(made.status == 201)
      #expect(made.json["authorId"]?.string == String(try await test.id("boss")))
      #expect(made.json["authorName"] == "Boss")
      #expect(made.json["icon"] == "🎉")
      #expect(made.json["imageUrl"] == "")
      #expect(made.json["expiresAt"] == .null)
      let listed = try await boss.get(Self.path).json
      #expect(listed.array?.count == 1)
    }
  }

  @Test func `without sign-in only public announcements for everyone can be read`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      for (title, fields) in [
        ("open", [:]), ("inside", ["isPublic": false]), ("draft", ["status": "draft"]),
        ("later", ["publishAt": "2099-01-01T00:00:00Z"]), ("over", ["expiresAt": "2020-01-01T00:00:00Z"]),
        ("admins", ["audience": ["role:admin"]]),
      ] as [(String, [String: JSONValue])] {
        let body = fields.merging(["title": .string(title), "content": "x"]) { own, _ in own }
        #expect(try await boss.post(Self.path, .object(body)).status == 201)
      }
      #expect(try await Self.titles(test.client) == ["open"])
      #expect(try await Self.titles(lea) == ["inside", "open"])
      #expect(try await Self.titles(boss) == ["admins", "over", "later", "draft", "inside", "open"])
      let last = try await boss.get(Self.path).json.array?.first?["id"]?.string ?? ""
      #expect(try await test.client.get("\(Self.path)/\(last)").status == 404)
      #expect(try await lea.get("\(Self.path)/\(last)/comments").status == 404)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showAnnouncements": false])
      #expect(try await test.client.get(Self.path).status == 404)
      #expect(try await boss.get(Self.path).status == 404)
    }
  }

  @Test func `the picture of a public announcement can be read without sign-in`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let url = try await test.upload(FileSamples.pdf, as: boss)
      let made = try await boss.post(
        Self.path, ["title": "Plan", "content": "x", "imageUrl": .string(url), "isPublic": false])
      #expect(try await test.client.get(url).status == 401)
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      _ = try await boss.send("PATCH", one, ["isPublic": true])
      #expect(try await test.client.get(url).status == 200)
    }
  }

  @Test func `the audience is notified once, when the announcement is published`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let target = JSONValue.string("user:\(try await test.id("lea"))")
      let socket = try await TestWebSocket.signedIn(lea)
      let made = try await boss.post(
        Self.path, ["title": "Key", "content": "x", "status": "draft", "audience": .array([target])])
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      #expect(made.json["announcedAt"] == .null)
      #expect(try await lea.notices() == [])
      _ = try await boss.send("PATCH", one, ["status": "published"])
      let heard = try await socket.next("NEW_ANNOUNCEMENT")
      #expect(heard["id"] == made.json["id"])
      #expect(heard["title"] == nil)
      _ = try await boss.send("PATCH", one, ["content": "y"])
      #expect(try await lea.notices() == ["announcement 1 Key"])
      #expect(try await sam.notices() == [])
      socket.close()
    }
  }

  @Test func `a scheduled announcement is announced when it is due`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let at = time.now + 60_000
      var json = JSONWriter()
      json.value(millisecondsAsTime: at)
      let text = String(decoding: json.bytes.dropFirst().dropLast(), as: UTF8.self)
      _ = try await boss.post(
        Self.path, ["title": "Later", "content": "x", "publishAt": .string(text), "isImportant": true])
      let services = test.appliance.intranet
      #expect(try await Announcements.announceDue(services) == false)
      #expect(try await Self.titles(lea) == [])
      time.advance(by: .seconds(61))
      _ = try await Announcements.announceDue(services)
      _ = try await Announcements.announceDue(services)
      #expect(try await Self.titles(lea) == ["Later"])
      #expect(try await lea.notices() == ["important_announcement 1 Later"])
    }
  }
}
