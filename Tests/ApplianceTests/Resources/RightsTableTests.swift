import HTTP
import Testing

@testable import Appliance

/// Who may do what with each table of the intranet, as one table: role × verb × resource.
@Suite(.timeLimit(.minutes(30))) struct RightsTableTests {
  private static let everyone = ["stranger", "employee", "holder", "moderator", "admin"]
  private static let signedIn = ["employee", "holder", "moderator", "admin"]
  private static let permitted = ["holder", "admin"]
  private static let moderators = ["moderator", "admin"]

  /// By resource: who lists and reads a row for everyone, and who creates, changes and deletes. "holder" is an employee
  /// with all permissions that can be delegated.
  private static let table: [String: (read: [String], write: [String])] = [
    "announcements": (everyone, permitted),
    "documents": (signedIn, permitted),
    "events": (signedIn, permitted),
    "trainings": (signedIn, permitted),
    "employee-categories": (signedIn, permitted),
    "categories": (signedIn, ["admin"]),
    "contents": (signedIn, moderators),
    "resources": (signedIn, moderators),
    "links": (signedIn, moderators),
    "views-config": (signedIn, ["admin"]),
    "forum-categories": (signedIn, ["admin"]),
    "courses": (signedIn, permitted),
    "lessons": (signedIn, permitted),
  ]

  private static func people(_ test: TestAppliance) async throws -> [String: TestClient] {
    var people = [
      "stranger": test.client, "employee": try await test.person("lea"),
      "moderator": try await test.person("max", role: .moderator),
      "admin": try await test.person("boss", role: .admin),
    ]
    people["holder"] = try await test.person("hugo")
    for permission in Permission.allCases { try await test.delegate(permission, to: "hugo") }
    return people
  }

  @Test func `each resource is read and changed by exactly those in the table`() async throws {
    try await TestAppliance.run { test in
      let people = try await Self.people(test)
      let boss = try #require(people["admin"])
      #expect(Set(test.appliance.tables.map(\.name)) == Set(Self.table.keys))
      var number = 0
      for resource in test.appliance.tables {
        let expected = try #require(Self.table[resource.name])
        try await resource.prepare(test, isOpen: true)
        for role in Self.everyone {
          let person = try #require(people[role])
          number += 2
          let made = try await boss.post(resource.path, .object(resource.visible(number)))
          #expect(made.status == 201, "\(resource.name): \(made.text)")
          let one = "\(resource.path)/\(made.json["id"]?.string ?? "")"
          for path in [resource.path, one] {
            let isAllowed = try await person.get(path).status == 200
            #expect(isAllowed == expected.read.contains(role), "\(role) GET \(path)")
          }
          let mayWrite = expected.write.contains(role)
          let (refusal, body) = (
            role == "stranger" ? 401 : 403, .object(resource.visible(number + 1)) as JSONValue
          )
          for (method, path, success) in [
            ("POST", resource.path, 201), ("PATCH", one, 200), ("PUT", one, 200), ("DELETE", one, 200),
          ] {
            let answer = try await person.send(
              method, path, method == "DELETE" ? nil : method == "POST" ? body : [:])
            #expect(
              answer.status == (mayWrite ? success : refusal), "\(role) \(method) \(path): \(answer.text)")
          }
        }
      }
    }
  }

  /// The same for routes of features: by route, who is not refused.
  private static let routes: [(route: String, allowed: [String])] = [
    ("GET /api/users", signedIn), ("POST /api/users", permitted), ("PATCH /api/users/1", permitted),
    ("DELETE /api/users/999", permitted), ("GET /api/admin/users", permitted),
    ("GET /api/permissions", ["admin"]), ("POST /api/permissions", ["admin"]),
    ("GET /api/messages", signedIn), ("POST /api/messages", signedIn),
    ("GET /api/complaints", signedIn), ("POST /api/complaints", signedIn),
    ("GET /api/system-settings", signedIn), ("PATCH /api/system-settings", ["admin"]),
    ("GET /api/search?q=x", signedIn), ("GET /api/home", signedIn), ("GET /api/events/occurrences", signedIn),
    ("POST /api/events/import", permitted), ("DELETE /api/events/1/occurrences/0", permitted),
    ("POST /api/events/1/occurrences/0", permitted), ("GET /api/announcements/bin", permitted),
    ("GET /api/documents/bin", permitted), ("POST /api/documents/1/restore", permitted),
    ("GET /api/admin/analytics/overview", ["admin"]), ("POST /api/admin/bulk-permissions", ["admin"]),
    ("GET /api/admin/permission-check/1/manage_users", ["admin"]), ("GET /api/admin/audit", ["admin"]),
    ("POST /api/admin/reset-test-data", ["admin"]), ("DELETE /api/admin/demo-data", ["admin"]),
    ("GET /api/users/pictures", signedIn), ("GET /api/my-enrollments", signedIn),
    ("POST /api/enroll/999", signedIn), ("PATCH /api/enrollments/999", signedIn),
    ("PUT /api/courses/999/lessons/order", permitted), ("POST /api/lessons/999/complete", signedIn),
    ("POST /api/lessons/999/visit", signedIn), ("GET /api/courses/bin", permitted),
    ("GET /api/quizzes", signedIn), ("GET /api/quizzes/999", signedIn), ("POST /api/quizzes", permitted),
    ("PATCH /api/quizzes/999", permitted), ("DELETE /api/quizzes/999", permitted),
    ("GET /api/quizzes/bin", permitted), ("POST /api/quizzes/999/start", signedIn),
    ("PATCH /api/quizzes/999/attempt", signedIn), ("POST /api/quizzes/999/attempts", signedIn),
    ("GET /api/quizzes/999/attempts", signedIn), ("POST /api/quizzes/999/import", permitted),
    ("GET /api/quizzes/999/export.csv", permitted), ("GET /api/quizzes/999/statistics", permitted),
  ]

  @Test func `routes of features refuse exactly those who are not in the table`() async throws {
    try await TestAppliance.run { test in
      let people = try await Self.people(test)
      for (route, allowed) in Self.routes {
        let words = route.split(separator: " ").map(String.init)
        for role in Self.everyone {
          let person = try #require(people[role])
          let answer = try await person.send(
            words[0], words[1], ["GET", "DELETE"].contains(words[0]) ? nil : [:])
          let expected = allowed.contains(role) ? 200 : role == "stranger" ? 401 : 403
          let isRefused = [401, 403].contains(answer.status)
          #expect(
            isRefused ? answer.status == expected : expected == 200, "\(role) \(route): \(answer.status)")
        }
      }
    }
  }
}
