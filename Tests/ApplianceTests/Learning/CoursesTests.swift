import HTTP
import Testing

@testable import Appliance

/// Drafts, prerequisites, and the order of lessons.
@Suite(.timeLimit(.minutes(30))) struct CoursesTests {
  private static func code(_ answer: TestClient.Answer) -> String? {
    answer.json["errors"]?[0]?["code"]?.string ?? answer.code
  }

  @Test func `a draft is seen by its authors only, and nobody enrols in it`() async throws {
    try await School.run { school in
      let draft = try await school.course("Draft", ["isPublished": false])
      #expect(try await school.lea.get("/api/courses/\(draft)").status == 404)
      #expect(try await school.lea.get("/api/courses/\(draft)/lessons").status == 404)
      #expect(try await school.lea.get("/api/courses/\(draft)/my-progress").status == 404)
      #expect(try await school.enrol(school.lea, in: draft).status == 404)
      #expect(try await school.enrol(school.trainer, in: draft).code == "COURSE_NOT_PUBLISHED")
      #expect(try await school.lea.get("/api/courses").json == [])
      _ = try await school.trainer.send("PATCH", "/api/courses/\(draft)", ["isPublished": true])
      #expect(try await school.enrol(school.lea, in: draft).status == 201)
      _ = try await school.trainer.send("PATCH", "/api/courses/\(draft)", ["isPublished": false])
      #expect(try await school.lea.get("/api/my-enrollments").json == [])
      #expect(try await school.enrol(school.lea, in: draft).status == 404)
    }
  }

  @Test func `a course without its prerequisites is refused with their titles`() async throws {
    try await School.run { school in
      let first = try await school.course("First")
      let lesson = try await school.lessons("One", in: first)[0]
      let second = try await school.course("Second", ["prerequisites": [.string(first)]])
      let refused = try await school.enrol(school.lea, in: second)
      #expect(refused.status == 409 && refused.code == "PREREQUISITES_MISSING")
      #expect(refused.json["missing"] == [["id": .string(first), "title": "First"]])
      let seen = try await school.lea.get("/api/courses/\(second)").json
      #expect(seen["missingPrerequisites"] == [.string(first)])
      try await school.enrol(school.lea, in: first)
      #expect(try await school.enrol(school.lea, in: second).status == 409)
      _ = try await school.complete(lesson, by: school.lea)
      #expect(
        try await school.lea.get("/api/courses/\(second)").json["missingPrerequisites"] == .array([]))
      #expect(try await school.enrol(school.lea, in: second).status == 201)
      #expect(try await school.enrol(school.sam, in: second).status == 409)
      // What nobody can complete does not keep anybody out.
      _ = try await school.trainer.delete("/api/courses/\(first)")
      #expect(try await school.enrol(school.sam, in: second).status == 201)
    }
  }

  @Test func `a course never requires itself, nor what does not exist`() async throws {
    try await School.run { school in
      let first = try await school.course("First")
      let second = try await school.course("Second", ["prerequisites": [.string(first)]])
      let third = try await school.course("Third", ["prerequisites": [.string(second)]])
      for wrong in [first, third] {
        let answer = try await school.trainer.send(
          "PATCH", "/api/courses/\(first)", ["prerequisites": [.string(wrong)]])
        #expect(answer.status == 400 && Self.code(answer) == "PREREQUISITE_CIRCLE")
      }
      let unknown = try await school.trainer.send(
        "PATCH", "/api/courses/\(first)", ["prerequisites": ["999"]])
      #expect(unknown.status == 400 && Self.code(unknown) == "UNKNOWN_REFERENCE")
      let valid = try await school.trainer.send(
        "PATCH", "/api/courses/\(third)",
        ["prerequisites": [.string(first), .string(second), .string(first)]])
      #expect(valid.json["prerequisites"] == [.string(first), .string(second)])
    }
  }

  private static func order(_ course: String, _ client: TestClient) async throws -> [String] {
    try await client.get("/api/courses/\(course)/lessons").json.array?.compactMap { $0["title"]?.string }
      ?? []
  }

  @Test func `the order of lessons is changed as a whole, or not at all`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let ids = try await school.lessons("a", "b", "c", in: course)
      let path = "/api/courses/\(course)/lessons/order"
      func body(_ ids: [String]) -> JSONValue { ["lessonIds": .array(ids.map(JSONValue.string))] }
      #expect(try await school.lea.put(path, body(ids)).status == 403)
      #expect(try await school.trainer.put(path, ["lessonIds": ["x"]]).status == 400)
      #expect(try await school.trainer.put(path, ["lessonIds": []]).status == 400)
      for wrong in [Array(ids.prefix(2)), [ids[0], ids[0], ids[1]], ids + ["999"]] {
        #expect(try await school.trainer.put(path, body(wrong)).code == "CHANGED_MEANWHILE")
      }
      #expect(try await Self.order(course, school.trainer) == ["a", "b", "c"])
      #expect(try await school.trainer.put(path, body([ids[2], ids[0], ids[1]])).status == 200)
      #expect(try await Self.order(course, school.trainer) == ["c", "a", "b"])
      _ = try await school.lessons("d", in: course)
      #expect(try await Self.order(course, school.trainer) == ["c", "a", "b", "d"])
      let first = try await school.trainer.get("/api/courses/\(course)/lessons?limit=3")
      let cursor = try #require(first.headers["x-next-before"])
      let rest = try await school.trainer.get("/api/courses/\(course)/lessons?limit=3&before=\(cursor)")
      #expect(rest.json.array?.map { $0["title"]?.string } == ["d"])
      let lines = try await school.test.appliance.database.read { connection in
        try connection.query(
          "SELECT details FROM audit WHERE subject_type = 'courses' AND subject_id = ? ORDER BY id",
          Int64(course) ?? 0, map: { $0.text(0) })
      }
      #expect(lines == ["create", "change order"])
    }
  }

  @Test func `a text that would not be rendered is refused, and HTML in one has no effect`() async throws {
    try await School.run { school in
      let course = try await school.course()
      func add(_ content: String) async throws -> TestClient.Answer {
        try await school.trainer.post(
          "/api/lessons", ["courseId": .string(course), "title": "a", "content": .string(content)])
      }
      let long = try await add(String(repeating: "字", count: 22_000))
      #expect(long.status == 400 && Self.code(long) == "TOO_LONG")
      let text =
        "# Title\n\n**bold** <script>alert(1)</script> [x](javascript:alert(1))\n\n| a | b |\n| - | - |\n| 1 | 2 |"
      let id = try await add(text).json["id"]?.string ?? ""
      let html = try await school.trainer.get("/api/lessons/\(id)/reading").json["html"]?.string ?? ""
      #expect(html.contains("<h1>Title</h1>") && html.contains("<strong>bold</strong>"))
      #expect(html.contains("<table>") && !html.contains("<script") && !html.contains("javascript:"))
    }
  }

  @Test func `a lesson stays in its course, and none is added to a deleted one`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let other = try await school.course("Other")
      let lesson = try await school.lessons("a", in: course)[0]
      let moved = try await school.trainer.send(
        "PATCH", "/api/lessons/\(lesson)", ["courseId": .string(other)])
      #expect(moved.status == 400 && Self.code(moved) == "FIXED")
      _ = try await school.trainer.delete("/api/courses/\(course)")
      #expect(try await school.trainer.get("/api/lessons/\(lesson)").status == 404)
      let late = try await school.trainer.post(
        "/api/lessons", ["courseId": .string(course), "title": "late"])
      #expect(late.status == 400 && Self.code(late) == "UNKNOWN_REFERENCE")
      _ = try await school.trainer.post("/api/courses/\(course)/restore")
      #expect(try await school.trainer.get("/api/lessons/\(lesson)").status == 200)
    }
  }

  @Test func `with the module off, no route answers and home and search leave it out`() async throws {
    try await School.run { school in
      let course = try await school.course("Zébulon")
      try await school.enrol(school.lea, in: course)
      #expect(try await school.lea.get("/api/home").json["courses"]?.array?.count == 1)
      #expect(try await school.lea.get("/api/search?q=zebul").json.array?.count == 1)
      let boss = try await school.test.person("boss", role: .admin)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      for path in ["/api/courses", "/api/lessons", "/api/my-enrollments", "/api/courses/\(course)/lessons"] {
        #expect(try await school.lea.get(path).status == 404, "\(path)")
      }
      #expect(try await school.enrol(school.lea, in: course).status == 404)
      #expect(try await school.lea.get("/api/home").json["courses"] == nil)
      #expect(try await school.lea.get("/api/search?q=zebul").json == [])
    }
  }
}
