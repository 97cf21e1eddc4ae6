import HTTP
import Testing

@testable import Appliance

/// How trainers help the learners of a course: further attempts and reminders.
@Suite(.timeLimit(.minutes(30))) struct CourseHelpTests {
  @Test func `who has used all attempts is stuck until one more is given, which is told and written down`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      try await school.enrol(school.lea, in: course)
      let quiz = try await school.quiz(in: course, ["maxAttempts": 1])
      _ = try await school.submit([], to: quiz, by: school.lea)
      #expect(try await school.lea.post("/api/quizzes/\(quiz)/start").code == "NO_ATTEMPTS_LEFT")
      let row = try await school.trainer.get("/api/courses/\(course)/learners").json["people"]?[0]
      #expect(row?["state"] == "stuck" && row?["quizzes"]?[0]?["isUsedUp"] == true)
      #expect(row?["quizzes"]?[0]?["attempts"] == 1 && row?["quizzes"]?[0]?["bestScore"] == 0)
      let path = "/api/courses/\(course)/learners/\(try await school.test.id("lea"))/attempts"
      #expect(try await school.trainer.post(path).status == 200)
      #expect(try await school.trainer.post(path).code == "ATTEMPTS_LEFT")
      #expect(try await CourseLearnersTests.states(school.trainer, course) == ["lea": "underway"])
      #expect(try await school.lea.notices() == ["course_reminder 1 One more attempt: First aid"])
      #expect(
        try await school.test.count("SELECT count(*) FROM audit WHERE details LIKE 'attempt user-%'")
          == 1)
      #expect(try await school.lea.get("/api/quizzes/\(quiz)").json["extraAttempts"] == 1)
      let sheet = try await school.start(quiz, by: school.lea)
      #expect(sheet["attemptsLeft"] == 0)
      let right = try await school.right(sheet, of: quiz)
      _ = try await school.submit(right, to: quiz, by: school.lea, attempt: sheet["id"])
      #expect(try await CourseLearnersTests.states(school.trainer, course) == ["lea": "done"])
    }
  }

  @Test func `those late or stuck are reminded at once, nobody twice within a day, and nobody who is done`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course()
      let lessons = try await school.lessons("One", "Two", in: course)
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      _ = try await school.complete(lessons[0], by: school.lea)
      for lesson in lessons { _ = try await school.complete(lesson, by: school.sam) }
      let path = "/api/courses/\(course)"
      let (lea, sam) = (try await school.test.id("lea"), try await school.test.id("sam"))
      #expect(try await school.trainer.post("\(path)/remind").json["count"] == 0)
      #expect(try await school.trainer.post("\(path)/learners/\(sam)/remind").code == "COURSE_COMPLETED")
      time.advance(by: .seconds(15 * CourseLearnersTests.day))
      #expect(try await school.trainer.post("\(path)/remind").json["count"] == 1)
      let again = try await school.trainer.post("\(path)/remind").json
      #expect(again["count"] == 0 && again["skipped"] == 1)
      #expect(try await school.trainer.post("\(path)/learners/\(lea)/remind").code == "REMINDED_TODAY")
      #expect(try await school.lea.notices() == ["course_reminder 1 Tina reminds you: First aid"])
      #expect(try await school.sam.notices().isEmpty)
      _ = try await school.lea.post("\(path)/seen")
      #expect(try await school.lea.unread() == "0")
      time.advance(by: .seconds(CourseLearnersTests.day))
      #expect(try await school.trainer.post("\(path)/learners/\(lea)/remind").status == 200)
      #expect(
        try await school.test.count("SELECT count(*) FROM audit WHERE details LIKE 'remind user-%'") == 2)
    }
  }
}
