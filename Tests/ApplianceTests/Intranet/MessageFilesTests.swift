import HTTP
import Testing

@testable import Appliance

/// What is attached to messages and drafts, and who may read it.
@Suite(.timeLimit(.minutes(30))) struct MessageFilesTests {
  private static let path = "/api/messages"

  @Test func `everyone with a copy may read a message's files, until the last copy is gone`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let boss = try await test.person("boss", role: .admin)
      let url = try await test.upload(FileSamples.pdf, as: lea)
      let id = try await InternalMessagesTests.send(lea, to: "sam", test, ["files": [.string(url)]])
      let item = try await sam.get(Self.path + "/item/\(id)").json
      #expect(item["files"]?.array?.map { $0["fileUrl"]?.string } == [url])
      #expect(try await sam.get(url).status == 200)
      #expect(try await boss.get(url).status == 404)
      #expect(try await test.client.get(url).status == 401)
      #expect(try await lea.delete(url).code == "FILE_IN_USE")
      _ = try await sam.delete(Self.path + "/\(id)")
      #expect(try await sam.get(url).status == 404)
      _ = try await lea.delete(Self.path + "/\(id)")
      #expect(try await test.count("SELECT count(*) FROM resource_files") == 0)
      #expect(try await lea.delete(url).status == 200)
    }
  }

  @Test func `files can be forwarded only by people who have them`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let max = try await test.person("max")
      let url = try await test.upload(FileSamples.pdf, as: lea)
      let files: JSONValue = [.string(url)]
      let id = try await InternalMessagesTests.send(lea, to: "sam", test, ["files": files])
      let body: JSONValue = [
        "recipientId": .integer(try await test.id("max")), "subject": "A", "content": "B", "files": files,
      ]
      #expect(try await sam.post(Self.path, body).status == 400)
      #expect(try await sam.post(Self.path, body.with("forwardOfId", .string(id))).status == 201)
      #expect(try await max.get(url).status == 200)
      let other = try await test.person("zoe")
      #expect(try await other.post(Self.path, body.with("forwardOfId", .string(id))).status == 400)
      let many: JSONValue = .array(Array(repeating: .string(url), count: 11))
      #expect(try await lea.post(Self.path, body.with("files", many)).status == 400)
    }
  }

  @Test func `a draft is private, keeps its content, and is deleted when it is sent`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let url = try await test.upload(FileSamples.pdf, as: lea)
      #expect(try await lea.post(Self.path + "/drafts", ["subject": 7]).status == 400)
      #expect(try await lea.post(Self.path + "/drafts", ["recipientIds": ["x"]]).status == 400)
      let kept = try await lea.post(Self.path + "/drafts", ["subject": "Plan", "files": [.string(url)]])
      #expect(kept.status == 201)
      let one = Self.path + "/drafts/" + (kept.json["id"]?.string ?? "")
      #expect(try await sam.get(one).status == 404)
      #expect(try await sam.send("PATCH", one, ["subject": "Mine"]).status == 404)
      #expect(try await sam.delete(one).status == 404)
      #expect(try await sam.get(url).status == 404)
      let samID = try await test.id("sam")
      let changed = try await lea.send("PATCH", one, ["recipientIds": [.integer(samID)]])
      #expect(changed.json["subject"]?.string == "Plan" && changed.json["files"] == kept.json["files"])
      #expect(changed.json["recipients"]?.array?.map { $0["name"]?.string } == ["Sam"])
      #expect(try await lea.get(Self.path + "/summary").json["drafts"]?.int == 1)
      let more: [String: JSONValue] = ["draftId": kept.json["id"] ?? .null, "files": [.string(url)]]
      _ = try await InternalMessagesTests.send(lea, to: "sam", test, more)
      #expect(try await lea.get(one).status == 404)
      #expect(try await sam.get(url).status == 200)
    }
  }

  @Test func `a draft is sent once, and names nobody who awaits approval`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("sam")
      let sam = JSONValue.string(String(try await test.id("sam")))
      let draft = try await lea.post("/api/messages/drafts", ["recipientIds": [sam], "subject": "A"])
      #expect(draft.json["recipients"]?.array?.first?["name"] == "Sam", "\(draft.text)")
      let body: JSONValue = [
        "recipientIds": [sam], "subject": "A", "content": "B", "draftId": draft.json["id"] ?? .null,
      ]
      #expect(try await lea.post("/api/messages", body).status == 201)
      let again = try await lea.post("/api/messages", body)
      #expect(again.status == 409 && again.code == "DRAFT_GONE")
      #expect(try await test.count("SELECT count(*) FROM messages") == 1)
      try await test.write("UPDATE users SET is_approved = 0 WHERE username = 'sam'")
      let unnamed = try await lea.post("/api/messages/drafts", ["recipientIds": [sam]])
      #expect(!unnamed.text.contains("Sam"))
    }
  }

  @Test func `messages and drafts count as stored bytes until they are deleted`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("sam")
      func stored() async throws -> Int64 {
        try await test.count("SELECT bytes FROM stored_bytes WHERE user_id = \(try await test.id("lea"))")
      }
      let before = try await stored()
      let id = try await InternalMessagesTests.send(lea, to: "sam", test)
      let draft = try await lea.post(Self.path + "/drafts", ["content": "four"])
      #expect(try await stored() == before + 100 + Int64("Où sont-elles ?".utf8.count) + 104)
      _ = try await lea.delete(Self.path + "/\(id)")
      _ = try await lea.delete(Self.path + "/drafts/\(draft.json["id"]?.string ?? "")")
      try await test.appliance.database.write { try $0.execute("DELETE FROM message_copies") }
      #expect(try await stored() == before)
    }
  }

  @Test func `messages are deleted after thirty days in the trash`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let old = try await InternalMessagesTests.send(lea, to: "sam", test)
      let kept = try await InternalMessagesTests.send(lea, to: "sam", test)
      _ = try await sam.send("PATCH", Self.path + "/\(old)", ["folder": "trash"])
      time.advance(by: .seconds(31 * 24 * 3600))
      try await test.appliance.database.write { tx in
        try tx.execute(
          "UPDATE message_copies SET folder = 'trash', moved_at = ? WHERE message_id = ? AND folder = 'inbox'",
          tx.now, Int64(kept) ?? 0)
      }
      let gone = try await test.appliance.database.write { try TidyMessages.tidySome(in: $0) }
      #expect(gone == 1)
      #expect(try await test.count("SELECT count(*) FROM message_copies WHERE folder = 'trash'") == 1)
    }
  }
}
