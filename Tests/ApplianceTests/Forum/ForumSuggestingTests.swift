import HTTP
import Testing

@testable import Appliance

/// What is suggested to somebody who writes.
@Suite(.timeLimit(.minutes(30))) struct ForumSuggestingTests {
  private func titles(_ title: String, _ reader: TestClient) async throws -> [String] {
    let words = title.split(separator: " ").joined(separator: "%20")
    // A search reads into the index what it does not have yet.
    _ = try await reader.get("/api/search?q=anything")
    let found = try await reader.get("/api/forum/similar?title=\(words)").json.array
    return found?.compactMap { $0["title"]?.string } ?? []
  }

  @Test func `topics with words of a title are suggested, the most alike first, to who may read them`()
    async throws
  {
    try await Forum.run { forum in
      _ = try await forum.topic("Printer on the second floor is offline", by: forum.sam)
      _ = try await forum.topic("Printer paper", by: forum.sam)
      _ = try await forum.topic("Lunch with the team", by: forum.sam)
      let closed = try await forum.boss.post(
        "/api/forum/categories", ["name": "Board", "isVisible": false]
      ).json["id"]?.string
      _ = try await forum.topic("Printer offline budget", by: forum.boss, in: closed)
      let alike = ["Printer on the second floor is offline", "Printer paper"]
      #expect(try await titles("my printers offline with the team", forum.lea).prefix(1) == alike.prefix(1))
      #expect(try await titles("the printer is offline", forum.lea) == alike)
      #expect(try await titles("the printer is offline", forum.mod).count == 3)
      for nothing in ["", "the", "with", "xyzzy"] {
        #expect(try await titles(nothing, forum.lea) == [], "\(nothing)")
      }
      #expect(try await forum.test.client.get("/api/forum/similar?title=x").status == 401)
    }
  }

  @Test func `people are suggested who may read the category, and nobody else`() async throws {
    try await Forum.run { forum in
      let path = "/api/forum/people?categoryId=\(forum.category)"
      #expect(try await forum.lea.get("/api/forum/people?q=sam").status == 400)
      #expect(try await forum.lea.get("/api/forum/people?categoryId=999").status == 404)
      let found = try await forum.lea.get(path + "&q=SA").json.array
      #expect(found?.map { $0["username"] } == ["sam"])
      // Nobody mentions themselves.
      #expect(try await forum.sam.get(path + "&q=sam").json == [])
      let topic = try await forum.topic(by: forum.lea)
      _ = try await forum.boss.send(
        "PATCH", "/api/forum/categories/\(forum.category)",
        ["permissions": [.string("user:\(try await forum.test.id("lea"))")]])
      #expect(try await forum.lea.get(path + "&q=sam").json == [])
      let all = try await forum.lea.get("/api/forum/people?topicId=\(topic)").json.array
      #expect(all?.map { $0["username"] } == ["mod", "boss"])
      #expect(try await forum.sam.get("/api/forum/people?topicId=\(topic)").status == 404)
    }
  }
}
