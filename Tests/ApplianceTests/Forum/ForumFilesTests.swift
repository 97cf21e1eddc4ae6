import HTTP
import Testing

@testable import Appliance

/// Files of posts are read by those who may read the post.
@Suite(.timeLimit(.minutes(30))) struct ForumFilesTests {
  private func upload(_ owner: TestClient) async throws -> String {
    let answer = try await owner.send(
      "POST", "/api/uploads", content: FileSamples.png(3, 2), type: "image/png")
    return try #require(answer.json["fileUrl"]?.string)
  }

  private func statuses(_ file: String, _ forum: Forum) async throws -> [Int] {
    var found: [Int] = []
    for reader in [forum.lea, forum.sam, forum.mod] { found.append(try await reader.get(file).status) }
    return found
  }

  @Test func `the files of others, too many and wrong ones are refused`() async throws {
    try await Forum.run { forum in
      let id = try await forum.topic(by: forum.lea)
      let foreign = try await upload(forum.lea)
      for (files, code) in [
        ([.string(foreign)], "FILE_NOT_FOUND"), (["/api/uploads/none"], "FILE_NOT_FOUND"),
        ("x", "NOT_A_LIST"),
        (.array(Array(repeating: .string(foreign), count: 11)), "TOO_MANY_FILES"),
      ] as [(JSONValue, String)] {
        let answer = try await forum.sam.post(
          "/api/forum/posts", ["topicId": .string(id), "content": "x", "files": files])
        #expect(answer.status == 400 && answer.json["errors"]?[0]?["code"]?.string == code)
      }
      #expect(try await forum.one(id, for: forum.lea)["postCount"] == 1)
    }
  }

  @Test func `a file is read by whoever may read its post, and no longer than that`() async throws {
    try await Forum.run { forum in
      try await forum.set(["requirePostApproval": true])
      let id = try await forum.topic(by: forum.lea)
      let file = try await upload(forum.sam)
      let made = try await forum.sam.post(
        "/api/forum/posts", ["topicId": .string(id), "content": "See", "files": [.string(file)]])
      #expect(made.json["files"]?[0]?["fileUrl"]?.string == file && made.json["files"]?[0]?["width"] == 3)
      // Pending, published, deleted; then hidden with its category.
      #expect(try await statuses(file, forum) == [404, 200, 200])
      let path = "/api/forum/posts/\(made.json["id"]?.string ?? "")"
      let waiting = try await forum.mod.get("/api/forum/moderation?kind=posts").json[0]
      #expect(waiting?["files"]?[0]?["fileUrl"]?.string == file)
      _ = try await forum.mod.post(path + "/approve")
      #expect(try await statuses(file, forum) == [200, 200, 200])
      #expect(try await forum.posts(id, for: forum.lea).last?["files"]?[0]?["fileUrl"]?.string == file)
      #expect(try await forum.test.client.get(file).status == 401)
      #expect(try await forum.sam.delete(file).code == "FILE_IN_USE")
      _ = try await forum.mod.delete(path)
      #expect(try await statuses(file, forum) == [404, 200, 200])
      #expect(try await forum.posts(id, for: forum.lea).last?["files"] == [])
      _ = try await forum.mod.post(path + "/restore")
      let category = "/api/forum/categories/\(forum.category)"
      _ = try await forum.boss.send("PATCH", category, ["isVisible": false])
      #expect(try await statuses(file, forum) == [404, 200, 200])
    }
  }

  @Test func `an edit keeps the files unless it names others, and they end with the post`() async throws {
    try await Forum.run { forum in
      let (one, two) = (try await upload(forum.lea), try await upload(forum.lea))
      let made = try await forum.lea.post(
        "/api/forum/topics",
        [
          "categoryId": .string(forum.category), "title": "Pictures", "content": "First",
          "files": [.string(one)],
        ])
      let id = made.json["id"]?.string ?? ""
      let path = "/api/forum/posts/\(try await forum.first(id))"
      let kept = try await forum.lea.send("PATCH", path, ["content": "Second"]).json
      #expect(kept["files"]?[0]?["fileUrl"]?.string == one)
      // A moderator may keep the files of the author, and none of others.
      let both: JSONValue = ["content": "Second", "files": [.string(two), .string(one)]]
      #expect(try await forum.mod.send("PATCH", path, both).status == 400)
      let changed = try await forum.lea.send("PATCH", path, both).json
      #expect(changed["files"]?.array?.map { $0["fileUrl"] } == [.string(two), .string(one)])
      let less = try await forum.mod.send("PATCH", path, ["content": "Second", "files": [.string(two)]])
      #expect(less.json["files"]?.array?.count == 1 && less.json["isEdited"] == true)
      #expect(try await forum.lea.get(path + "/history").json.array?.count == 1)
      try await forum.test.appliance.database.write { tx in try tx.execute("DELETE FROM forum_topics") }
      #expect(try await forum.test.count("SELECT count(*) FROM resource_files") == 0)
      #expect(try await forum.lea.delete(two).status == 200)
    }
  }
}
