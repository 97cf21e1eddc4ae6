import HTTP
import Testing

@testable import Appliance

/// What the end, the revocation and the renewal of a certificate mean for those who have to complete a course.
@Suite(.timeLimit(.minutes(30))) struct CourseValidityTests {
  private static let day = 24 * 3_600

  /// A mandatory course, valid for two months, that Lea has completed.
  private static func run(
    _ body: (_ school: School, _ time: ManualTime, _ course: String, _ lesson: String) async throws -> Void
  ) async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course("Safety", ["isMandatory": true, "validMonths": 2])
      let lesson = try await school.lessons("One", in: course)[0]
      try await school.enrol(school.lea, in: course)
      _ = try await school.complete(lesson, by: school.lea)
      try await body(school, time, course, lesson)
    }
  }

  private static func back(_ username: String, _ school: School) async throws -> TestClient {
    try await school.test.welcome(username, at: username)
  }

  private static func due(_ person: TestClient) async throws -> [String] {
    let due = try await person.get("/api/learning/overview").json["due"]?.array ?? []
    return due.compactMap { $0["title"]?.string }
  }

  /// How many are done, and how many are late, by the figures and by the trainer's list.
  private static func figures(_ course: String, _ school: School) async throws -> [Int] {
    let trainer = try await back("tina", school)
    let figures = try await trainer.get("/api/learning/analytics").json["mandatory"]?[0]
    let counts = try await trainer.get("/api/courses/\(course)/learners").json["counts"]
    return [figures?["done"], figures?["late"], counts?["done"], counts?["late"]].map { $0?.int ?? -1 }
  }

  @Test func `a completion counts until its certificate ends, and is due again then`() async throws {
    try await Self.run { school, time, course, _ in
      #expect(try await Self.due(school.lea) == [])
      #expect(try await Self.figures(course, school) == [1, 0, 1, 0])
      time.advance(by: .seconds(70 * Self.day))
      let lea = try await Self.back("lea", school)
      #expect(try await Self.due(lea) == ["Safety"])
      #expect(try await lea.get("/api/home").json["dueCourses"]?[0]?["title"] == "Safety")
      #expect(try await Self.figures(course, school) == [0, 1, 0, 1])
    }
  }

  @Test func `while it is taken again in time, the earlier certificate counts`() async throws {
    try await Self.run { school, time, course, lesson in
      time.advance(by: .seconds(40 * Self.day))
      let lea = try await Self.back("lea", school)
      #expect(try await lea.post("/api/courses/\(course)/renew").status == 200)
      #expect(try await Self.due(lea) == [])
      #expect(try await Self.figures(course, school) == [1, 0, 0, 0])
      time.advance(by: .seconds(40 * Self.day))
      let later = try await Self.back("lea", school)
      #expect(try await Self.due(later) == ["Safety"])
      _ = try await school.complete(lesson, by: later)
      #expect(try await Self.due(later) == [])
    }
  }

  @Test func `a revoked one does not count, and a reinstated one does and reminds of its end`() async throws {
    try await Self.run { school, time, _, _ in
      let code = try await school.lea.get("/api/my-certificates").json[0]?["code"]?.string ?? ""
      let path = "/api/certificates/\(code)/revocation"
      #expect(try await school.trainer.put(path, ["reason": "Copied"]).status == 200)
      #expect(try await Self.due(school.lea) == ["Safety"])
      #expect(try await school.trainer.delete(path).status == 200)
      #expect(try await Self.due(school.lea) == [])
      _ = try await school.lea.post("/api/notifications/read-all")
      time.advance(by: .seconds(40 * Self.day))
      try await school.test.runJob("certificates.remind")
      let lea = try await Self.back("lea", school)
      #expect(try await lea.notices().first == "certificate 1 Certificate to renew: Safety")
    }
  }

  @Test func `attempts before the renewal are not used up, and not passed`() async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course("Safety", ["validMonths": 1])
      try await school.enrol(school.lea, in: course)
      let quiz = try await school.quiz(in: course, ["maxAttempts": 1, "allowRetries": false])
      let sheet = try await school.start(quiz, by: school.lea)
      _ = try await school.submit(school.right(sheet, of: quiz), to: quiz, by: school.lea)
      time.advance(by: .seconds(10 * Self.day))
      let lea = try await Self.back("lea", school)
      let trainer = try await Self.back("tina", school)
      #expect(try await lea.post("/api/courses/\(course)/renew").status == 200)
      let more = "/api/courses/\(course)/learners/\(try await school.test.id("lea"))/attempts"
      #expect(try await trainer.post(more).code == "ATTEMPTS_LEFT")
      #expect(try await lea.post("/api/quizzes/\(quiz)/start").status == 200)
      #expect(try await school.submit([], to: quiz, by: lea).json["passed"] == false)
      #expect(try await trainer.post(more).status == 200)
      #expect(try await lea.post("/api/quizzes/\(quiz)/start").status == 200)
    }
  }

  @Test func `nobody is reminded of courses and trainings while they are switched off`() async throws {
    let start: Int64 = 1_792_000_000_000
    let time = ManualTime(start)
    try await School.run(time) { school in
      let boss = try await school.test.person("boss", role: .admin)
      let deadline = JSONValue.string("\(start + 2 * 24 * 3_600_000)")
      _ = try await school.course("Safety", ["isMandatory": true, "dueDate": deadline])
      _ = try await school.lea.post("/api/notifications/read-all")
      func late() async throws -> Int64 {
        try await school.test.runJob("courses.remind")
        try await school.test.runJob("trainings.remind")
        return try await school.test.count(
          "SELECT count(*) FROM notifications WHERE read_at IS NULL AND user_id = \(school.test.id("lea"))")
      }
      #expect(try await boss.send("PATCH", "/api/system-settings", ["showTraining": false]).status == 200)
      time.advance(by: .seconds(3 * Self.day))
      #expect(try await late() == 0)
      #expect(try await boss.send("PATCH", "/api/system-settings", ["showTraining": true]).status == 200)
      #expect(try await late() == 1)
    }
  }
}
