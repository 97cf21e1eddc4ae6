import HTTP
import Testing

@testable import Appliance

extension TestAppliance {
  /// Creates a channel of a person with other members; returns its id.
  func made(
    _ kind: String, _ name: String = "plans", by person: TestClient, with others: [String] = []
  ) async throws -> String {
    var ids: [JSONValue] = []
    for other in others { ids.append(.string(String(try await id(other)))) }
    var body: [String: JSONValue] = ["type": .string(kind), "members": .array(ids)]
    if kind != "direct" { body["name"] = .string(name) }
    let answer = try await person.post("/api/chat/channels", .object(body))
    guard answer.status < 300, let id = answer.json["id"]?.string else {
      throw TestClient.Broken(reason: answer.text)
    }
    return id
  }

  /// Posts a message over HTTP; returns its id.
  @discardableResult
  func said(_ text: String, in channel: String, by person: TestClient) async throws -> Int64 {
    let answer = try await person.post("/api/chat/channels/\(channel)/messages", ["text": .string(text)])
    guard answer.status == 201, let id = answer.json["id"]?.string.flatMap({ Int64($0) }) else {
      throw TestClient.Broken(reason: answer.text)
    }
    return id
  }

  /// Inserts many messages directly into the database; returns their ids.
  func wrote(
    _ count: Int, in channel: String, by username: String, _ text: @escaping @Sendable (Int) -> String
  ) async throws -> [Int64] {
    let author = try await id(username)
    let channel = Int64(channel)
    return try await appliance.database.write { tx in
      try (0..<count).map { number in
        try tx.execute(
          "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (?, ?, ?, ?)", channel,
          author, text(number), tx.now)
        return tx.lastInsertedID
      }
    }
  }

  func channel(_ id: String, of person: TestClient) async throws -> JSONValue {
    try await person.get("/api/chat/channels/\(id)").json
  }
}

extension TestClient.Answer {
  /// The ids in a list.
  var ids: [String] { json.array?.compactMap { $0["id"]?.string } ?? [] }
}
