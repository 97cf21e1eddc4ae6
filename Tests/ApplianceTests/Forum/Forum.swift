import HTTP
import Testing

@testable import Appliance

/// An appliance with an administrator, a moderator, two members, and one category of the forum.
struct Forum: Sendable {
  let test: TestAppliance
  let boss: TestClient
  let mod: TestClient
  let lea: TestClient
  let sam: TestClient
  let category: String

  static func run(clock: Clock = .system, _ body: (Forum) async throws -> Void) async throws {
    // The pace of posting is not what these tests are about.
    try await TestAppliance.run(settings: ["SOCKET_FRAMES": "1000"], clock: clock) { test in
      let boss = try await test.person("boss", role: .admin)
      let made = try await boss.post("/api/forum/categories", ["name": "Help"])
      let category = try #require(made.json["id"]?.string)
      try await body(
        Forum(
          test: test, boss: boss, mod: try await test.person("mod", role: .moderator),
          lea: try await test.person("lea"), sam: try await test.person("sam"), category: category))
    }
  }

  /// The id of a new topic with a first post.
  func topic(_ title: String = "Question", by author: TestClient, in category: String? = nil) async throws
    -> String
  {
    let made = try await author.post(
      "/api/forum/topics",
      ["categoryId": .string(category ?? self.category), "title": .string(title), "content": "First"])
    #expect(made.status == 201, "\(made.text)")
    return made.json["id"]?.string ?? ""
  }

  /// The id of a new post.
  func reply(_ text: String, to topic: String, by author: TestClient) async throws -> String {
    let made = try await author.post(
      "/api/forum/posts", ["topicId": .string(topic), "content": .string(text)])
    #expect(made.status == 201, "\(made.text)")
    return made.json["id"]?.string ?? ""
  }

  func one(_ topic: String, for reader: TestClient) async throws -> JSONValue {
    try await reader.get("/api/forum/topics/\(topic)").json
  }

  func posts(_ topic: String, for reader: TestClient) async throws -> [JSONValue] {
    try await reader.get("/api/forum/posts/\(topic)").json.array ?? []
  }

  func set(_ settings: JSONValue) async throws {
    #expect(try await boss.send("PATCH", "/api/system-settings", settings).status == 200)
  }

  /// The first post of a topic.
  func first(_ topic: String) async throws -> String {
    try #require(try await posts(topic, for: boss).first?["id"]?.string)
  }
}
