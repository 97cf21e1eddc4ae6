import HTTP
import Testing

@testable import Appliance

/// Time that the server measures, and where a person goes on.
@Suite(.timeLimit(.minutes(30))) struct LessonVisitTests {
  private static func milliseconds(_ school: School) async throws -> Int64 {
    try await school.test.count("SELECT coalesce(sum(time_spent), 0) FROM enrollments")
  }

  private static func visit(_ lesson: String, _ person: TestClient, _ body: JSONValue = [:]) async throws {
    let answer = try await person.post("/api/lessons/\(lesson)/visit", body)
    #expect(answer.status == 200, "\(answer.text)")
  }

  @Test func `a position that is no second of a video is refused`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("a", in: course)[0]
      try await school.enrol(school.lea, in: course)
      for wrong in [-1, 10_000_000, "7", [1]] as [JSONValue] {
        let answer = try await school.lea.post("/api/lessons/\(lesson)/visit", ["position": wrong])
        #expect(answer.status == 400 && answer.json["errors"]?[0]?["field"] == "position", "\(wrong)")
      }
      #expect(try await school.lea.post("/api/lessons/\(lesson)/visit", ["leaving": 1]).status == 400)
    }
  }

  @Test func `only time that has passed between two signs counts, however often they come`() async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let lesson = try await school.lessons("a", in: course)[0]
      try await school.enrol(school.lea, in: course)
      for _ in 1...5 { try await Self.visit(lesson, school.lea) }
      #expect(try await Self.milliseconds(school) == 0)
      time.advance(by: .seconds(30))
      for _ in 1...5 { try await Self.visit(lesson, school.lea) }
      #expect(try await Self.milliseconds(school) == 30_000)
      // Away from the page.
      time.advance(by: .seconds(91))
      try await Self.visit(lesson, school.lea)
      #expect(try await Self.milliseconds(school) == 30_000)
      // The clock is set back.
      time.advance(by: .seconds(-600))
      try await Self.visit(lesson, school.lea)
      time.advance(by: .seconds(60))
      try await Self.visit(lesson, school.lea)
      #expect(try await Self.milliseconds(school) == 90_000)
      #expect(try await school.enrolment(school.lea, in: course)["timeSpent"] == 1)
    }
  }

  @Test func `two devices on two lessons count each moment once, for the lesson that was open`() async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let other = try await school.course("Other")
      let a = try await school.lessons("a", in: course)[0]
      let b = try await school.lessons("b", in: other)[0]
      for one in [course, other] { try await school.enrol(school.lea, in: one) }
      try await Self.visit(a, school.lea)
      for _ in 1...6 {
        for lesson in [a, b] {
          time.advance(by: .seconds(10))
          try await Self.visit(lesson, school.lea)
        }
      }
      #expect(try await Self.milliseconds(school) == 120_000)
      let first = try await school.enrolment(school.lea, in: course)["timeSpent"]
      let second = try await school.enrolment(school.lea, in: other)["timeSpent"]
      #expect(first == 1 && second == 0)
    }
  }

  @Test func `leaving counts what passed, and a late one does not end the visit of another lesson`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let lessons = try await school.lessons("a", "b", in: course)
      try await school.enrol(school.lea, in: course)
      try await Self.visit(lessons[0], school.lea)
      time.advance(by: .seconds(20))
      try await Self.visit(lessons[0], school.lea, ["leaving": true])
      time.advance(by: .seconds(20))
      try await Self.visit(lessons[1], school.lea)
      #expect(try await Self.milliseconds(school) == 20_000)
      time.advance(by: .seconds(20))
      try await Self.visit(lessons[0], school.lea, ["leaving": true])
      time.advance(by: .seconds(20))
      try await Self.visit(lessons[1], school.lea)
      #expect(try await Self.milliseconds(school) == 60_000)
    }
  }

  @Test func `a person goes on where they left off, on any device`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lessons = try await school.lessons("a", "b", "c", in: course)
      try await school.enrol(school.lea, in: course)
      func next() async throws -> String? {
        try await school.lea.get("/api/home").json["courses"]?[0]?["lessonTitle"]?.string
      }
      #expect(try await next() == "a")
      try await Self.visit(lessons[1], school.lea, ["position": 42])
      try await Self.visit(lessons[1], school.lea)
      #expect(try await next() == "b")
      #expect(try await school.lea.get("/api/lessons/\(lessons[1])/reading").json["position"] == 42)
      #expect(
        try await school.enrolment(school.lea, in: course)["lastLessonId"]?.string == lessons[1])
      _ = try await school.complete(lessons[1], by: school.lea)
      #expect(try await next() == "c")
      _ = try await school.complete(lessons[2], by: school.lea)
      #expect(try await next() == "a")
      _ = try await school.complete(lessons[0], by: school.lea)
      #expect(try await school.lea.get("/api/home").json["courses"] == [])
    }
  }
}
