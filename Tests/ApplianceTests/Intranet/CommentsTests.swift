import HTTP
import Testing

@testable import Appliance

/// What people write below an announcement.
@Suite(.timeLimit(.minutes(30))) struct CommentsTests {
  @Test func `a comment without sign-in, without text or on a closed announcement is refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let path = "/api/announcements"
      let made = try await boss.post(path, ["title": "A", "content": "x", "allowsComments": false])
      let comments = "\(path)/\(made.json["id"]?.string ?? "")/comments"
      #expect(try await test.client.get(comments).status == 401)
      #expect(try await test.client.post(comments, ["text": "Hi"]).status == 401)
      for wrong in [[:], ["text": ""], ["text": 7]] as [JSONValue] {
        let answer = try await lea.post(comments, wrong)
        #expect(answer.status == 400)
        #expect(answer.json["errors"]?.array?.first?["field"] == "text")
      }
      #expect(try await lea.post(comments, ["text": "Hi"]).code == "COMMENTS_CLOSED")
      #expect(try await lea.get(comments).json.array?.isEmpty == true)
    }
  }

  @Test func `readers of an announcement see its comments; the author or a manager deletes one`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let made = try await boss.post("/api/announcements", ["title": "A", "content": "x"])
      let one = "/api/announcements/\(made.json["id"]?.string ?? "")"
      let first = try await lea.post(one + "/comments", ["text": "Thanks\nall"])
      #expect(first.status == 201)
      #expect(first.json["authorName"] == "Lea")
      let second = try await sam.post(one + "/comments", ["text": "Me too"])
      let listed = try await sam.get(one + "/comments?limit=1")
      #expect(listed.json.array == [second.json])
      #expect(listed.headers["x-next-before"] == second.json["id"]?.string)
      #expect(try await sam.get(one).json["commentCount"] == 2)
      #expect(try await boss.notices() == ["comment 2 2 comments on “A”"])
      let mine = one + "/comments/\(first.json["id"]?.string ?? "")"
      #expect(try await sam.delete(mine).status == 403)
      #expect(try await lea.delete(mine).status == 200)
      #expect(try await lea.delete(mine).status == 404)
      #expect(try await boss.delete(one + "/comments/\(second.json["id"]?.string ?? "")").status == 200)
      #expect(try await sam.get(one + "/comments").json.array?.isEmpty == true)
    }
  }

  @Test func `comments count in the stored bytes of their author until they are deleted`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let made = try await boss.post("/api/announcements", ["title": "A", "content": "x"])
      let comments = "/api/announcements/\(made.json["id"]?.string ?? "")/comments"
      _ = try await boss.send("PATCH", "/api/admin/quotas/employee", ["bytes": 250])
      let first = try await lea.post(comments, ["text": "Bonjour"])
      #expect(first.status == 201)
      #expect(try await lea.get("/api/quota").json["bytes"]?["used"] == 107)
      #expect(
        try await lea.post(comments, ["text": .string(String(repeating: "x", count: 100))]).code
          == "QUOTA_EXCEEDED")
      #expect(try await lea.delete(comments + "/\(first.json["id"]?.string ?? "")").status == 200)
      #expect(try await lea.get("/api/quota").json["bytes"]?["used"] == 0)
    }
  }
}
