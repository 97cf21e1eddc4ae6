import HTTP
import Store
import Testing

@testable import Appliance

@Suite struct UploadAccessTests {
  @Test func `a message accepts only complete files of its author`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("tom")
      let url = try await test.upload(FileSamples.pdf, as: lea)
      let (owner, other) = (try await test.id("lea"), try await test.id("tom"))
      let message = try await test.message(in: "private", by: owner)
      for (urls, by, code) in [
        ([url], other, "FILE_NOT_FOUND"), ([url + "x"], owner, "FILE_NOT_FOUND"),
        (["/api/x"], owner, "FILE_NOT_FOUND"),
        (["https://elsewhere.example" + url], owner, "FILE_NOT_FOUND"), ([""], owner, "FILE_NOT_FOUND"),
        ([url, "/api/uploads/"], owner, "FILE_NOT_FOUND"),
        (Array(repeating: url, count: 11), owner, "TOO_MANY_FILES"),
      ] {
        let failure = await #expect(throws: Failure.self) {
          try await test.appliance.database.write { try ChatFiles.attach(urls, to: message, by: by, in: $0) }
        }
        #expect(failure?.status == 400 && failure?.code == code)
      }
      #expect(try await test.count("SELECT count(*) FROM chat_files") == 0)
      try await test.appliance.database.write { try $0.execute("UPDATE uploads SET completed_at = NULL") }
      await #expect(throws: Failure.self) { try await test.attach([url], to: message, by: owner) }
    }
  }

  @Test func `the files of messages are in order and without duplicates`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let owner = try await test.id("lea")
      let one = try await test.upload(FileSamples.pdf, as: lea)
      let two = try await test.upload(FileSamples.png(3, 4), as: lea)
      let messages = [
        try await test.message(in: "private", by: owner), try await test.message(in: "private", by: owner),
        try await test.message(in: "private", by: owner),
      ]
      #expect(
        try await test.attach([two, one, two], to: messages[0], by: owner).map(\.fileUrl) == [two, one])
      try await test.attach([one], to: messages[2], by: owner)
      let files = try await test.appliance.database.read { try ChatFiles.files(of: messages, in: $0) }
      #expect(files[messages[0]]?.map(\.fileUrl) == [two, one])
      #expect(files[messages[1]] == nil)
      #expect(files[messages[2]]?.map(\.fileUrl) == [one])
      #expect(files[messages[0]]?.first?.width == 3)
    }
  }

  @Test func `a file is readable by its owner and by readers of its message`() async throws {
    try await TestAppliance.run(clock: .manual(ManualTime())) { test in
      let lea = try await test.person("lea")
      let tom = try await test.person("tom")
      let ana = try await test.person("ana", role: .admin)
      let owner = try await test.id("lea")
      let url = try await test.upload(FileSamples.pdf, as: lea)
      // Not attached yet: readable by anyone who has the URL.
      #expect(try await test.client.get(url).status == 401)
      #expect(try await tom.get(url).status == 200)

      let secret = try await test.message(in: "private", by: owner, members: ["lea", "tom"])
      try await test.attach([url], to: secret, by: owner)
      #expect(try await statuses(url, [lea, tom, ana]) == [200, 200, 404])
      for method in ["GET", "HEAD"] { #expect(try await ana.send(method, url).status == 404) }

      try await test.write("DELETE FROM channel_members WHERE user_id = \(try await test.id("tom"))")
      #expect(try await statuses(url, [lea, tom, ana]) == [200, 404, 404])

      let open = try await test.message(in: "public", by: owner)
      try await test.attach([url], to: open, by: owner)
      #expect(try await statuses(url, [lea, tom, ana]) == [200, 200, 200])

      try await test.write("UPDATE chat_messages SET deleted_at = 1 WHERE id = \(open)")
      #expect(try await statuses(url, [lea, tom, ana]) == [200, 404, 404])

      // Deleting a message's row does not make its files readable again.
      try await test.write("DELETE FROM chat_messages")
      #expect(try await statuses(url, [lea, tom, ana]) == [200, 404, 404])
    }
  }

  @Test func `a file can be deleted by its owner while it is not attached`() async throws {
    try await TestAppliance.run(clock: .manual(ManualTime())) { test in
      let lea = try await test.person("lea")
      let tom = try await test.person("tom")
      let owner = try await test.id("lea")
      let url = try await test.upload(FileSamples.png(1, 1, padding: 600_000), as: lea)
      #expect(try await tom.delete(url).status == 404)
      let message = try await test.message(in: "public", by: owner)
      try await test.attach([url], to: message, by: owner)
      let refused = try await lea.delete(url)
      #expect(refused.status == 409 && refused.code == "FILE_IN_USE")
      try await test.write("UPDATE chat_messages SET deleted_at = 1")
      let done = try await lea.delete(url)
      #expect(done.status == 200 && done.json["success"] == true)
      #expect(try await lea.get(url).status == 404)
      #expect(try await lea.delete(url).status == 404)
      #expect(try await test.count("SELECT count(*) FROM uploads") == 0)
      #expect(try await test.count("SELECT count(*) FROM upload_chunks") == 0)
    }
  }

  private func statuses(_ url: String, _ clients: [TestClient]) async throws -> [Int] {
    var statuses: [Int] = []
    for client in clients { statuses.append(try await client.get(url).status) }
    return statuses
  }
}

extension TestAppliance {
  func count(_ sql: String) async throws -> Int64 {
    try await appliance.database.read { try $0.scalar(sql) } ?? 0
  }

  func write(_ sql: String) async throws {
    try await appliance.database.write { try $0.executeScript(sql) }
  }

  /// Uploads a file; returns its URL.
  func upload(_ content: [UInt8], as client: TestClient) async throws -> String {
    let answer = try await client.send("POST", "/api/uploads", content: content)
    guard let url = answer.json["fileUrl"]?.string else { throw TestClient.Broken(reason: answer.text) }
    return url
  }

  /// Creates a message in a new channel.
  func message(in kind: String, by author: Int64, members: [String] = []) async throws -> Int64 {
    // A private channel without members would be deleted.
    var ids: Set<Int64> = [author]
    for member in members { ids.insert(try await id(member)) }
    return try await appliance.database.write { [ids] tx in
      let name = RandomID.uuid()
      try tx.execute(
        "INSERT INTO channels (kind, name, created_at, updated_at) VALUES (?, ?, ?, ?)", kind, name, tx.now,
        tx.now)
      let channel = tx.lastInsertedID
      for member in ids {
        try tx.execute(
          "INSERT INTO channel_members (channel_id, user_id, joined_at) VALUES (?, ?, ?)", channel, member,
          tx.now)
      }
      try tx.execute(
        "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (?, ?, 'x', ?)", channel,
        author, tx.now)
      return tx.lastInsertedID
    }
  }

  @discardableResult
  func attach(_ urls: [String], to message: Int64, by owner: Int64) async throws -> [UploadedFile] {
    try await appliance.database.write { try ChatFiles.attach(urls, to: message, by: owner, in: $0) }
  }
}
