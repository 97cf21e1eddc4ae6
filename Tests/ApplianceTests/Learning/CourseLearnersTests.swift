import HTTP
import Testing

@testable import Appliance

/// What trainers see of the learners of a course, and how they help them.
@Suite(.timeLimit(.minutes(30))) struct CourseLearnersTests {
  static let day = 24 * 3_600

  /// Username to state, of those in the list.
  static func states(_ client: TestClient, _ course: String, _ query: String = "") async throws
    -> [String: String]
  {
    let answer = try await client.get("/api/courses/\(course)/learners\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return Dictionary(
      (answer.json["people"]?.array ?? []).map {
        ($0["username"]?.string ?? "", $0["state"]?.string ?? "")
      }, uniquingKeysWith: { $1 })
  }

  @Test func `learners do not see each other, and remind nobody; a module that is off answers nothing`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      try await school.enrol(school.lea, in: course)
      let (lea, path) = (try await school.test.id("lea"), "/api/courses/\(course)")
      for one in ["/learners", "/learners.csv"] {
        #expect(try await school.test.client.get(path + one).status == 401)
        #expect(try await school.sam.get(path + one).status == 403)
      }
      for one in ["/remind", "/learners/\(lea)/remind", "/learners/\(lea)/attempts"] {
        #expect(try await school.sam.post(path + one).status == 403)
      }
      for one in ["teaching", "analytics", "analytics/departments.csv", "analytics/mandatory.csv"] {
        #expect(try await school.sam.get("/api/learning/\(one)").status == 403)
      }
      #expect(try await school.trainer.get("\(path)/learners?state=asleep").status == 400)
      #expect(try await school.trainer.get("/api/courses/77/learners").status == 404)
      #expect(try await school.trainer.post("/api/courses/77/remind").status == 404)
      #expect(try await school.trainer.post("\(path)/learners/77/remind").status == 404)
      #expect(try await school.trainer.post("\(path)/learners/\(lea)/attempts").code == "ATTEMPTS_LEFT")
      let boss = try await school.test.person("boss", role: .admin)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      #expect(try await school.trainer.get(path + "/learners").status == 404)
      #expect(try await school.lea.get("/api/learning/overview").status == 404)
    }
  }

  @Test func `the list says who is done, on the way, stuck or has not started, those in need first`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let lessons = try await school.lessons("One", "Two", in: course)
      let zoe = try await school.test.person("zoe")
      for person in [school.lea, school.sam, zoe] { try await school.enrol(person, in: course) }
      _ = try await school.complete(lessons[0], by: school.lea)
      // Again, and in any order, it is the same.
      for _ in 0..<2 {
        for lesson in lessons.reversed() { _ = try await school.complete(lesson, by: school.sam) }
      }
      #expect(
        try await Self.states(school.trainer, course) == [
          "lea": "underway", "sam": "done", "zoe": "notStarted",
        ])
      let list = try await school.trainer.get("/api/courses/\(course)/learners").json
      #expect(list["people"]?.array?.map { $0["username"] } == ["zoe", "lea", "sam"])
      #expect(list["total"] == 3 && list["counts"]?["done"] == 1 && list["counts"]?["stuck"] == 0)
      let lea = list["people"]?[1]
      #expect(lea?["progress"] == 50 && lea?["lessonTitle"] == "One" && lea?["completedAt"] == .null)
      time.advance(by: .seconds(13 * Self.day))
      #expect(try await Self.states(school.trainer, course)["lea"] == "underway")
      time.advance(by: .seconds(2 * Self.day))
      #expect(try await Self.states(school.trainer, course, "?state=stuck") == ["lea": "stuck"])
      _ = try await school.complete(lessons[1], by: school.lea)
      #expect(try await Self.states(school.trainer, course)["lea"] == "done")
    }
  }

  @Test func `pages have no gaps and doubles; names and departments filter`() async throws {
    try await School.run { school in
      let course = try await school.course()
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      try await school.test.write("UPDATE users SET department = 'Labo' WHERE username = 'lea'")
      let path = "/api/courses/\(course)/learners"
      let first = try await school.trainer.get("\(path)?limit=1")
      let next = try #require(first.headers["x-next-before"])
      let second = try await school.trainer.get("\(path)?limit=1&before=\(next)")
      let names = [first, second].map { $0.json["people"]?[0]?["username"] }
      #expect(names == ["sam", "lea"])
      #expect(try await Self.states(school.trainer, course, "?q=LÉA") == ["lea": "notStarted"])
      let labo = try await school.trainer.get("\(path)?department=Labo").json
      #expect(labo["total"] == 1 && labo["people"]?.array?.count == 1 && labo["departments"] == ["Labo"])
    }
  }

  @Test func `the table is harmless in a spreadsheet, and has everyone`() async throws {
    try await School.run { school in
      let course = try await school.course()
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      try await school.test.write(
        "UPDATE users SET name = '=HYPERLINK(1)', department = 'A;=1' WHERE username = 'lea'")
      let answer = try await school.trainer.get("/api/courses/\(course)/learners.csv")
      #expect(answer.status == 200 && answer.headers["content-type"] == "text/csv; charset=utf-8")
      #expect(answer.text.split(separator: "\r\n").count == 3)
      #expect(answer.text.contains("\"'=HYPERLINK(1)\"") && answer.text.contains("\"A;'=1\""))
      let stuck = try await school.trainer.get("/api/courses/\(course)/learners.csv?state=stuck")
      #expect(stuck.text.split(separator: "\r\n").count == 1)
    }
  }

  @Test func `trainers see their own courses with their counts, and all when asked`() async throws {
    try await School.run { school in
      let course = try await school.course()
      try await school.enrol(school.lea, in: course)
      let boss = try await school.test.person("boss", role: .admin)
      let own = try await school.trainer.get("/api/learning/teaching").json
      #expect(own.array?.count == 1 && own[0]?["total"] == 1 && own[0]?["counts"]?["notStarted"] == 1)
      #expect(try await boss.get("/api/learning/teaching").json == [])
      #expect(try await boss.get("/api/learning/teaching?all=1").json.array?.count == 1)
    }
  }
}
