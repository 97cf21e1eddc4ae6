import HTTP
import Testing

@testable import Appliance

/// An appliance with a trainer, two learners, and courses made as wished.
struct School: Sendable {
  let test: TestAppliance
  /// An employee who may manage trainings.
  let trainer: TestClient
  let lea: TestClient
  let sam: TestClient

  static func run(_ time: ManualTime = ManualTime(), _ body: (School) async throws -> Void) async throws {
    try await TestAppliance.run(clock: .manual(time)) { test in
      let trainer = try await test.person("tina")
      try await test.delegate(.manageTrainings, to: "tina")
      try await body(
        School(
          test: test, trainer: trainer, lea: try await test.person("lea"), sam: try await test.person("sam")))
    }
  }

  /// A published course, unless changed; returns its id.
  func course(_ title: String = "First aid", _ changes: [String: JSONValue] = [:]) async throws -> String {
    let body: [String: JSONValue] = ["title": .string(title), "isPublished": true]
    let answer = try await trainer.post("/api/courses", .object(body.merging(changes) { $1 }))
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json["id"]?.string ?? ""
  }

  /// Lessons of a course; returns their ids in order.
  func lessons(_ titles: String..., in course: String, _ changes: [String: JSONValue] = [:]) async throws
    -> [String]
  {
    var ids: [String] = []
    for title in titles {
      let body: [String: JSONValue] = [
        "courseId": .string(course), "title": .string(title), "content": .string("About \(title)"),
      ]
      let answer = try await trainer.post("/api/lessons", .object(body.merging(changes) { $1 }))
      #expect(answer.status == 201, "\(answer.text)")
      ids.append(answer.json["id"]?.string ?? "")
    }
    return ids
  }

  @discardableResult
  func enrol(_ person: TestClient, in course: String) async throws -> TestClient.Answer {
    try await person.post("/api/enroll/\(course)")
  }

  func enrolment(_ person: TestClient, in course: String) async throws -> JSONValue {
    try await person.get("/api/my-enrollments?courseId=\(course)").json[0] ?? .null
  }

  func complete(_ lesson: String, by person: TestClient) async throws -> JSONValue {
    let answer = try await person.post("/api/lessons/\(lesson)/complete")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["enrollment"] ?? .null
  }
}
