import HTTP
import Testing

@testable import Appliance

/// A course that is not published says nothing to learners, by whatever address.
@Suite(.timeLimit(.minutes(30))) struct DraftLeakTests {
  /// Each with its body; nil is GET.
  private static func attempts(_ course: String, _ lesson: String, _ quiz: String, _ file: String)
    -> [(path: String, method: String, body: JSONValue?)]
  {
    let answers: JSONValue = ["answers": []]
    return [
      ("/api/courses/\(course)", "GET", nil), ("/api/courses/\(course)/lessons", "GET", nil),
      ("/api/courses/\(course)/my-progress", "GET", nil), ("/api/courses/\(course)/seen", "POST", [:]),
      ("/api/courses/\(course)/renew", "POST", [:]), ("/api/enroll/\(course)", "POST", [:]),
      ("/api/certificates", "POST", ["courseId": .string(course)]),
      ("/api/lessons/\(lesson)", "GET", nil), ("/api/lessons/\(lesson)/reading", "GET", nil),
      ("/api/lessons/\(lesson)/visit", "POST", [:]), ("/api/lessons/\(lesson)/complete", "POST", [:]),
      ("/api/quizzes/\(quiz)", "GET", nil), ("/api/quizzes/\(quiz)/start", "POST", [:]),
      ("/api/quizzes/\(quiz)/attempts", "GET", nil), ("/api/quizzes/\(quiz)/attempts", "POST", answers),
      ("/api/quizzes/\(quiz)/attempt", "PATCH", answers), (file, "GET", nil),
    ]
  }

  private static func lists(_ course: String) -> [String] {
    [
      "/api/courses", "/api/lessons", "/api/quizzes", "/api/quizzes?courseId=\(course)",
      "/api/my-enrollments",
    ]
  }

  @Test func `a draft, and a course that is taken back, are not there for a learner`() async throws {
    try await School.run { school in
      let file = try await school.test.upload(FileSamples.pdf, as: school.trainer)
      let course = try await school.course("Secret plan", ["isPublished": false])
      let lesson = try await school.lessons(
        "Secret part", in: course, ["content": .string("[x](\(file))"), "documentUrl": .string(file)])[0]
      let quiz = try await school.quiz(in: course, ["title": "Secret questions"])
      func check(_ learner: TestClient, _ state: String) async throws {
        for (path, method, body) in Self.attempts(course, lesson, quiz, file) {
          let answer = try await learner.send(method, path, body)
          // Who was enrolled is told that they have not completed it.
          let isRefused = answer.status == 404 || answer.code == "NOT_COMPLETED"
          #expect(isRefused, "\(state): \(method) \(path): \(answer.status)")
          #expect(!answer.text.contains("Secret"), "\(state): \(method) \(path)")
        }
        for path in Self.lists(course) {
          #expect(try await learner.get(path).json == [], "\(state): \(path)")
        }
        for path in ["/api/learning/overview", "/api/home"] {
          #expect(try await !learner.get(path).text.contains("Secret"), "\(state): \(path)")
        }
      }
      try await check(school.sam, "draft")
      _ = try await school.trainer.patch("/api/courses/\(course)", ["isPublished": true])
      try await school.enrol(school.lea, in: course)
      _ = try await school.complete(lesson, by: school.lea)
      let enrolment = try await school.enrolment(school.lea, in: course)["id"]?.string ?? ""
      #expect(try await school.lea.get(file).status == 200)
      #expect(try await school.sam.get(file).status == 404)
      _ = try await school.trainer.patch("/api/courses/\(course)", ["isPublished": false])
      try await check(school.lea, "taken back")
      #expect(try await school.lea.patch("/api/enrollments/\(enrolment)", [:]).status == 404)
    }
  }
}
