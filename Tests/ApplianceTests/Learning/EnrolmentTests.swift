import HTTP
import Testing

@testable import Appliance

/// Who reads lessons, and progress that is true whatever is sent, how often and in which order.
@Suite(.timeLimit(.minutes(30))) struct EnrolmentTests {
  @Test func `lessons are read by who is enrolled and by authors; others get their titles`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("One", in: course)[0]
      for path in ["/api/lessons/\(lesson)", "/api/lessons/\(lesson)/reading"] {
        #expect(try await school.test.client.get(path).status == 401)
        #expect(try await school.lea.get(path).status == 404)
        #expect(try await school.trainer.get(path).status == 200)
      }
      #expect(try await school.lea.get("/api/lessons").json == [])
      #expect(try await school.lea.post("/api/lessons/\(lesson)/complete").status == 404)
      #expect(try await school.lea.post("/api/lessons/\(lesson)/visit").status == 404)
      #expect(try await school.trainer.post("/api/lessons/\(lesson)/complete").code == "NOT_ENROLLED")
      let outline = try await school.lea.get("/api/courses/\(course)/lessons").json[0]
      #expect(outline?["title"] == "One" && outline?["content"] == "")
      try await school.enrol(school.lea, in: course)
      let reading = try await school.lea.get("/api/lessons/\(lesson)/reading").json
      #expect(reading["html"]?.string?.contains("About One") == true)
      #expect(reading["isEnrolled"] == true && reading["completedAt"] == .null)
      let whole = try await school.lea.get("/api/courses/\(course)/lessons").json[0]
      #expect(whole?["content"] == "About One")
      #expect(try await school.sam.get("/api/lessons/\(lesson)").status == 404)
    }
  }

  @Test func `enrolling again is the same enrolment, also when asked fifty times at once`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let answers = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
        for _ in 1...50 {
          group.addTask {
            let answer = try await school.enrol(school.lea, in: course)
            return (answer.status, answer.json["id"]?.string)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0.0 == 201 } == 1 && answers.count { $0.0 == 200 } == 49)
      #expect(Set(answers.map(\.1)).count == 1)
      #expect(try await school.lea.get("/api/my-enrollments").json.array?.count == 1)
    }
  }

  @Test func `status, progress, time and score of a body are ignored, and those of others not reached`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      _ = try await school.lessons("One", in: course)
      let id = try await school.enrol(school.lea, in: course).json["id"]?.string ?? ""
      let claim: JSONValue = ["status": "completed", "progress": 100, "timeSpent": 900, "score": 100]
      for method in ["PATCH", "PUT"] {
        let answer = try await school.lea.send(method, "/api/enrollments/\(id)", claim)
        #expect(answer.status == 200)
        #expect(answer.json["status"] == "enrolled" && answer.json["progress"] == 0)
        #expect(answer.json["timeSpent"] == 0 && answer.json["score"] == .null)
      }
      var strict = school.lea
      strict.headers["Prefer"] = "handling=strict"
      #expect(try await strict.send("PATCH", "/api/enrollments/\(id)", claim).status == 400)
      #expect(try await school.sam.send("PATCH", "/api/enrollments/\(id)", claim).status == 404)
      let foreign = try await school.lea.send("PATCH", "/api/enrollments/\(id)", ["lessonId": "999"])
      #expect(foreign.status == 400 && foreign.json["errors"]?[0]?["field"] == "lessonId")
      #expect(try await school.lea.get("/api/my-enrollments?status=none").status == 400)
    }
  }

  @Test func `lessons completed again, in any order and at once come to the same progress`() async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let lessons = try await school.lessons("a", "b", "c", "d", in: course)
      _ = try await school.lessons("extra", in: course, ["isRequired": false])
      try await school.enrol(school.lea, in: course)
      #expect(try await school.complete(lessons[2], by: school.lea)["progress"] == 25)
      func firstTime() async throws -> JSONValue? {
        try await school.lea.get("/api/courses/\(course)/my-progress").json[2]?["completedAt"]
      }
      let first = try await firstTime()
      for _ in 1...3 {
        time.advance(by: .seconds(60))
        let again = try await school.complete(lessons[2], by: school.lea)
        #expect(again["progress"] == 25 && again["status"] == "in-progress")
      }
      #expect(try await firstTime() == first && first?.string?.isEmpty == false)
      // Looking at a lesson completes nothing.
      _ = try await school.lea.post("/api/lessons/\(lessons[0])/visit")
      #expect(try await school.complete(lessons[2], by: school.lea)["progress"] == 25)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for lesson in [lessons[3], lessons[0], lessons[3], lessons[0], lessons[3]] {
          group.addTask { _ = try await school.complete(lesson, by: school.lea) }
        }
        try await group.waitForAll()
      }
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 75)
      let done = try await school.complete(lessons[1], by: school.lea)
      #expect(done["progress"] == 100 && done["status"] == "completed")
      #expect(done["completedAt"]?.string?.isEmpty == false && done["completedLessons"] == 4)
      let steps = try await school.lea.get("/api/courses/\(course)/my-progress").json.array ?? []
      #expect(steps.map { $0["isCompleted"] } == [true, true, true, true, false])
    }
  }

  @Test func `a lesson that changes the course changes everyone's progress, but no completed course`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let (a, b) = (
        try await school.lessons("a", in: course)[0], try await school.lessons("b", in: course)[0]
      )
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      for lesson in [a, b] { _ = try await school.complete(lesson, by: school.sam) }
      _ = try await school.complete(a, by: school.lea)
      let c = try await school.lessons("c", in: course)[0]
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 33)
      #expect(try await school.enrolment(school.sam, in: course)["progress"] == 100)
      #expect(try await school.enrolment(school.sam, in: course)["status"] == "completed")
      _ = try await school.trainer.send("PATCH", "/api/lessons/\(c)", ["isRequired": false])
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 50)
      _ = try await school.trainer.delete("/api/lessons/\(b)")
      let now = try await school.enrolment(school.lea, in: course)
      #expect(now["progress"] == 100 && now["status"] == "completed")
      // What is restored is as it was, and what was completed stays so.
      _ = try await school.trainer.post("/api/lessons/\(b)/restore")
      #expect(try await school.enrolment(school.lea, in: course)["status"] == "completed")
    }
  }

  @Test func `a lesson completed is kept when it is deleted and restored`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lessons = try await school.lessons("a", "b", "c", in: course)
      try await school.enrol(school.lea, in: course)
      _ = try await school.complete(lessons[0], by: school.lea)
      _ = try await school.trainer.delete("/api/lessons/\(lessons[0])")
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 0)
      _ = try await school.trainer.post("/api/lessons/\(lessons[0])/restore")
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 33)
    }
  }

  @Test func `a change is told to the learner's other devices, and to nobody else`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("a", in: course)[0]
      let (own, others) = (
        try await TestWebSocket.signedIn(school.lea), try await TestWebSocket.signedIn(school.sam)
      )
      try await school.enrol(school.lea, in: course)
      _ = try await school.complete(lesson, by: school.lea)
      for verb in ["create", "change"] {
        let frame = try await own.next("TRAINING_UPDATE")
        #expect(frame["resource"] == "enrollments" && frame["verb"]?.string == verb)
        #expect(frame["courseId"]?.string == course)
      }
      _ = try await school.trainer.send("PATCH", "/api/courses/\(course)", ["title": "New"])
      #expect(try await others.next("TRAINING_UPDATE")["resource"] == "courses")
      own.close()
      others.close()
    }
  }
}
