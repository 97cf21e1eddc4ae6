import HTTP
import Testing

@testable import Appliance

/// What quizzes add to the progress of a course.
@Suite(.timeLimit(.minutes(30))) struct QuizProgressTests {
  private static func take(_ quiz: String, _ school: School, right: Bool) async throws {
    let sheet = try await school.start(quiz, by: school.lea)
    let answers = try await school.right(sheet, of: quiz)
    let answer = try await school.submit(
      right ? answers : [], to: quiz, by: school.lea, attempt: sheet["id"])
    #expect(answer.json["passed"]?.bool == right, "\(answer.text)")
  }

  @Test func `a required quiz is done when it is passed, and the course with it`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("One", in: course)[0]
      try await school.enrol(school.lea, in: course)
      let empty = try await school.quiz(in: course, ["questions": []])
      let quiz = try await school.quiz(in: course)
      _ = try await school.quiz(in: course, ["isRequired": false])
      #expect(try await school.complete(lesson, by: school.lea)["progress"] == 50)
      try await Self.take(quiz, school, right: false)
      let half = try await school.enrolment(school.lea, in: course)
      #expect(half["progress"] == 50 && half["score"] == 0 && half["status"] == "in-progress")
      try await Self.take(quiz, school, right: true)
      let whole = try await school.enrolment(school.lea, in: course)
      #expect(whole["progress"] == 100 && whole["status"] == "completed" && whole["score"] == 100)
      // Questions that come later take nothing away.
      _ = try await school.trainer.send(
        "PATCH", "/api/quizzes/\(empty)", ["questions": .array(QuizSamples.bodies)])
      #expect(try await school.enrolment(school.lea, in: course)["status"] == "completed")
    }
  }

  @Test func `a quiz that gets its questions, becomes optional or goes changes everyone's progress`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("One", "Two", in: course)[0]
      try await school.enrol(school.lea, in: course)
      #expect(try await school.complete(lesson, by: school.lea)["progress"] == 50)
      let quiz = try await school.quiz(in: course, ["questions": []])
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 50)
      let one = "/api/quizzes/\(quiz)"
      _ = try await school.trainer.send("PATCH", one, ["questions": .array(QuizSamples.bodies)])
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 33)
      _ = try await school.trainer.send("PATCH", one, ["isRequired": false])
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 50)
      _ = try await school.trainer.send("PATCH", one, ["isRequired": true])
      _ = try await school.trainer.delete(one)
      #expect(try await school.enrolment(school.lea, in: course)["progress"] == 50)
    }
  }

  @Test func `a required quiz without attempts left fails the course, until more are allowed`() async throws {
    try await School.run { school in
      let course = try await school.course()
      try await school.enrol(school.lea, in: course)
      let quiz = try await school.quiz(in: course, ["maxAttempts": 1])
      try await Self.take(quiz, school, right: false)
      #expect(try await school.enrolment(school.lea, in: course)["status"] == "failed")
      _ = try await school.trainer.send("PATCH", "/api/quizzes/\(quiz)", ["maxAttempts": 2])
      #expect(try await school.enrolment(school.lea, in: course)["status"] == "in-progress")
      try await Self.take(quiz, school, right: true)
      #expect(try await school.enrolment(school.lea, in: course)["status"] == "completed")
    }
  }
}
