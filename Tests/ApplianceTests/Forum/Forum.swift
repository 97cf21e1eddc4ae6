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

  func merge(_ source: String, into target: String, by person: TestClient) async throws -> TestClient.Answer {
    try await person.post("/api/forum/topics/\(source)/merge", ["intoId": .string(target)])
  }

  /// The counters of topics and categories that the rows do not confirm.
  static let wrongSQL = """
    SELECT (SELECT count(*) FROM forum_topics AS t WHERE
        post_count <> (SELECT count(*) FROM forum_posts AS p WHERE p.topic_id = t.id AND p.status = 'published'
          AND p.deleted_at IS NULL)
        OR reply_count <> (SELECT count(*) FROM forum_posts AS p WHERE p.topic_id = t.id
          AND p.status = 'published' AND p.deleted_at IS NULL AND p.is_first = 0)
        OR last_post_id IS NOT (SELECT id FROM forum_posts AS p WHERE p.topic_id = t.id AND p.status = 'published'
          AND p.deleted_at IS NULL ORDER BY number DESC LIMIT 1))
      + (SELECT count(*) FROM forum_category_counts AS c WHERE
        topics <> (SELECT count(*) FROM forum_topics AS t WHERE t.category_id = c.category_id
          AND t.status = 'published' AND t.deleted_at IS NULL)
        OR posts <> (SELECT coalesce(sum(post_count), 0) FROM forum_topics AS t
          WHERE t.category_id = c.category_id AND t.status = 'published' AND t.deleted_at IS NULL))
    """
}
