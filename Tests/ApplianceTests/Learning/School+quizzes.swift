import HTTP
import Testing

@testable import Appliance

extension School {
  /// A quiz with a question of every kind, unless changed; returns its id.
  func quiz(in course: String, _ changes: [String: JSONValue] = [:]) async throws -> String {
    let body: [String: JSONValue] = [
      "title": "Test", "courseId": .string(course), "questions": .array(QuizSamples.bodies),
    ]
    let answer = try await trainer.post("/api/quizzes", .object(body.merging(changes) { $1 }))
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json["id"]?.string ?? ""
  }

  /// A quiz in a new course in which Lea and Sam are enrolled.
  func openQuiz(_ changes: [String: JSONValue] = [:]) async throws -> String {
    let course = try await course()
    for person in [lea, sam] { try await enrol(person, in: course) }
    return try await quiz(in: course, changes)
  }

  func start(_ quiz: String, by person: TestClient) async throws -> JSONValue {
    let answer = try await person.post("/api/quizzes/\(quiz)/start")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json
  }

  func submit(
    _ answers: [JSONValue], to quiz: String, by person: TestClient, attempt: JSONValue? = nil
  ) async throws -> TestClient.Answer {
    var body: [String: JSONValue] = ["answers": .array(answers)]
    body["attemptId"] = attempt
    return try await person.post("/api/quizzes/\(quiz)/attempts", .object(body))
  }

  func save(_ answers: [JSONValue], to quiz: String, by person: TestClient) async throws -> TestClient.Answer
  {
    try await person.send("PATCH", "/api/quizzes/\(quiz)/attempt", ["answers": .array(answers)])
  }

  /// The right answers to the questions of a sheet, in its order and its arrangement.
  func right(_ sheet: JSONValue, of quiz: String) async throws -> [JSONValue] {
    let known = try await trainer.get("/api/quizzes/\(quiz)").json["questions"]?.array ?? []
    return (sheet["questions"]?.array ?? []).map { shown in
      let question = known.first { $0["id"] == shown["id"] } ?? .null
      let correct = question["correctAnswer"] ?? .null
      func place(_ text: JSONValue?, _ name: String) -> JSONValue {
        let index = shown[name]?.array?.firstIndex { $0 == text }
        return index.map { .integer(Int64($0)) } ?? .null
      }
      func option(_ index: JSONValue) -> JSONValue { place(question["options"]?[index.int ?? -1], "options") }
      switch question["type"]?.string {
      case "single": return option(correct)
      case "order": return .array((correct.array ?? []).map(option))
      case "multiple":
        return .array((correct.array ?? []).map(option).sorted { $0.int ?? 0 < $1.int ?? 0 })
      case "match":
        return .array(
          (shown["options"]?.array ?? []).map { text in
            let index = question["options"]?.array?.firstIndex(of: text) ?? -1
            let choice = correct[index]?.int ?? -1
            return place(question["choices"]?[choice], "choices")
          })
      case "text": return correct[0] ?? .null
      case "number": return correct["value"] ?? .null
      default: return correct
      }
    }
  }
}
