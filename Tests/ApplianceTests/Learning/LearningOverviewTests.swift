import HTTP
import Testing

@testable import Appliance

/// The learner's page: to continue, due, next, recommended, done.
@Suite(.timeLimit(.minutes(30))) struct LearningOverviewTests {
  private static func overview(_ client: TestClient) async throws -> JSONValue {
    let answer = try await client.get("/api/learning/overview")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json
  }

  @Test func `a course goes on at its next lesson, then at its quiz, and is done with date and score`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      #expect(try await school.test.client.get("/api/learning/overview").status == 401)
      let course = try await school.course()
      let lessons = try await school.lessons("One", "Two", in: course)
      let quiz = try await school.quiz(in: course)
      try await school.enrol(school.lea, in: course)
      var open = try await Self.overview(school.lea)["continue"]?[0]
      #expect(open?["lessonId"]?.string == lessons[0] && open?["hasStarted"] == false)
      _ = try await school.complete(lessons[0], by: school.lea)
      let begun = try await Self.overview(school.lea)
      open = begun["continue"]?[0]
      #expect(open?["lessonId"]?.string == lessons[1] && open?["progress"] == 33 && open?["quizId"] == .null)
      #expect(begun["due"]?[0]?["kind"] == "quiz" && begun["due"]?[0]?["attemptsLeft"] == 3)
      _ = try await school.complete(lessons[1], by: school.lea)
      open = try await Self.overview(school.lea)["continue"]?[0]
      #expect(open?["lessonId"] == .null && open?["quizId"]?.string == quiz)
      let sheet = try await school.start(quiz, by: school.lea)
      let right = try await school.right(sheet, of: quiz)
      time.advance(by: .seconds(60))
      _ = try await school.submit(right, to: quiz, by: school.lea, attempt: sheet["id"])
      let done = try await Self.overview(school.lea)
      #expect(done["continue"] == [] && done["due"] == [])
      #expect(done["done"]?[0]?["id"]?.string == course && done["done"]?[0]?["score"] == 100)
      #expect(done["done"]?[0]?["completedAt"]?.string != nil && done["done"]?[0]?["isOpen"] == true)
      #expect(try await Self.overview(school.sam)["done"] == [])
      _ = try await school.trainer.send("PATCH", "/api/courses/\(course)", ["isPublished": false])
      #expect(try await Self.overview(school.lea)["done"]?[0]?["isOpen"] == false)
    }
  }

  @Test func `a course is recommended with its reason, unless something is missing or it is due anyway`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let first = try await school.course("First")
      let lesson = try await school.lessons("One", in: first)[0]
      _ = try await school.course("Second", ["prerequisites": .array([.string(first)])])
      _ = try await school.course("Mine to do", ["isMandatory": true])
      _ = try await school.course("Draft", ["isPublished": false])
      func titles(_ client: TestClient) async throws -> [String] {
        (try await Self.overview(client)["recommended"]?.array ?? []).map {
          "\($0["title"]?.string ?? ""): \($0["reason"]?["text"]?.string ?? "")"
        }
      }
      #expect(try await titles(school.lea) == ["First: New."])
      try await school.enrol(school.lea, in: first)
      #expect(try await titles(school.lea) == [])
      _ = try await school.complete(lesson, by: school.lea)
      #expect(try await titles(school.lea) == ["Second: Follows “First”."])
      time.advance(by: .seconds(20 * 24 * 3600))
      try await school.test.write("UPDATE users SET department = 'Labo' WHERE username IN ('lea', 'sam')")
      try await school.test.write("UPDATE courses SET created_at = 1")
      let sams = try await school.test.welcome("sam", at: "sam", takeover: true)
      #expect(try await titles(sams) == ["First: Taken in your department."])
    }
  }

  @Test func `the figures count completions by department and month, and compliance with what is mandatory`()
    async throws
  {
    let time = ManualTime(1_792_000_000_000)
    try await School.run(time) { school in
      try await school.test.write("UPDATE users SET department = '=Labo' WHERE username IN ('lea', 'sam')")
      let course = try await school.course(
        "Safety", ["isMandatory": true, "dueDate": "2026-10-30T12:00:00Z"])
      let lessons = try await school.lessons("One", "Two", in: course)
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      for lesson in lessons + lessons { _ = try await school.complete(lesson, by: school.lea) }
      _ = try await school.complete(lessons[0], by: school.sam)
      let figures = try await school.trainer.get("/api/learning/analytics").json
      let labo = figures["departments"]?.array?.first { $0["department"] == "=Labo" }
      #expect(labo?["people"] == 2 && labo?["courses"] == ["enrolled": 2, "completed": 1])
      let safety = figures["mandatory"]?[0]
      #expect(safety?["total"] == 2 && safety?["done"] == 1 && safety?["underway"] == 1)
      #expect(safety?["late"] == 0 && safety?["missing"] == 0)
      let months = figures["months"]?.array ?? []
      #expect(months.count == 12 && months.last?["month"] == "2026-10" && months.last?["courses"] == 1)
      #expect(months.first?["month"] == "2025-11")
      time.advance(by: .seconds(20 * 24 * 3600))
      let late = try await school.trainer.get("/api/learning/analytics").json["mandatory"]?[0]
      #expect(late?["done"] == 1 && late?["late"] == 1 && late?["underway"] == 0)
      let csv = try await school.trainer.get("/api/learning/analytics/departments.csv")
      #expect(csv.text.contains("\"'=Labo\",\"2\",\"2\",\"1\",\"0\",\"0\""))
      let other = try await school.trainer.get("/api/learning/analytics/mandatory.csv")
      #expect(other.text.contains("Safety") && other.headers["content-type"] == "text/csv; charset=utf-8")
    }
  }

  @Test func `the report of a training is a table for those who lead it`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await TrainingsTests.made(boss, ["title": "=1+1", "isMandatory": true])
      #expect(try await lea.get("/api/trainings/\(id)/compliance.csv").status == 403)
      let answer = try await boss.get("/api/trainings/\(id)/compliance.csv")
      #expect(answer.status == 200 && answer.text.contains("\"'=1+1\""))
      #expect(try await boss.get("/api/trainings/\(id)/compliance.csv?state=asleep").status == 400)
      #expect(
        try await boss.get("/api/trainings/\(id)/compliance.csv?state=done").text.split(separator: "\r\n")
          .count == 1)
    }
  }
}
