import HTTP
import Testing

@testable import Appliance

/// A delegated right must not be usable to gain more rights.
@Suite(.timeLimit(.minutes(30))) struct EscalationTests {
  @Test func `the right to manage people excludes people with more rights, and changing roles`() async throws
  {
    try await TestAppliance.run { test in
      _ = try await test.person("boss", role: .admin)
      let mia = try await test.person("mia")
      try await test.accounts(["mod"], role: .moderator)
      try await test.accounts(["helper", "lea"])
      try await test.delegate(.manageUsers, to: "mia")
      try await test.delegate(.manageEmployeeCategories, to: "helper")
      for name in ["boss", "mod", "helper"] {
        let path = "/users/\(try await test.id(name))"
        for (method, tail, body) in [
          ("PATCH", "/api/admin\(path)", ["email": "mia2@example.org"]),
          ("PATCH", "/api\(path)", ["isActive": false]),
          ("DELETE", "/api/admin\(path)", [:]), ("DELETE", "/api\(path)", [:]),
          ("PUT", "/api\(path)/password", ["newPassword": "a wholly new one"]),
          ("POST", "/api/admin\(path)/reset-password", [:]), ("POST", "/api/admin\(path)/approve", [:]),
        ] as [(String, String, JSONValue)] {
          let answer = try await mia.send(method, tail, body)
          let codes = name == "boss" ? ["HIGHER_RIGHTS", "LAST_ADMIN"] : ["HIGHER_RIGHTS"]
          #expect(codes.contains(answer.code ?? ""), "\(name) \(method) \(tail): \(answer.text)")
        }
      }
      let lea = "/api/admin/users/\(try await test.id("lea"))"
      #expect(try await mia.send("PATCH", lea, ["role": "moderator"]).code == "HIGHER_RIGHTS")
      #expect(try await mia.send("PATCH", lea, ["name": "Lea Dubois"]).status == 200)
      let own = "/api/admin/users/\(try await test.id("mia"))"
      #expect(try await mia.send("PATCH", own, ["role": "admin"]).code == "SELF")
      let new: JSONValue = ["email": "x@example.org", "role": "admin"]
      #expect(try await mia.post("/api/admin/users", new).code == "HIGHER_RIGHTS")
      #expect(try await mia.post("/api/admin/users", new.with("role", "employee")).status == 201)
      #expect(
        try await mia.post("/api/permissions", ["userId": "1", "permission": "manage_users"]).status == 403)
      #expect(try await test.audited().contains("role_changed refused") == false)
      #expect(try await test.audited().contains("user_changed refused"))
      #expect(try await test.audited().contains("user_deleted refused"))
    }
  }

  @Test func `the right to manage categories does not allow granting rights one lacks`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let mia = try await test.person("mia")
      try await test.delegate(.manageEmployeeCategories, .manageUsers, to: "mia")
      let path = "/api/employee-categories"
      let staff = try await mia.post(path, ["name": "Staff", "permissions": ["manage_users"]])
      #expect(staff.status == 201)
      let id = try #require(staff.json["id"]?.string)
      let more: JSONValue = ["name": "Editors", "permissions": ["manage_documents"]]
      #expect(try await mia.post(path, more).code == "HIGHER_RIGHTS")
      #expect(try await mia.send("PATCH", "\(path)/\(id)", more).code == "HIGHER_RIGHTS")
      let editors = try #require(try await boss.post(path, more).json["id"]?.string)
      #expect(try await mia.send("PATCH", "\(path)/\(editors)", ["isActive": false]).code == "HIGHER_RIGHTS")
      #expect(try await mia.delete("\(path)/\(editors)").code == "HIGHER_RIGHTS")
      let own = "/api/admin/users/\(try await test.id("mia"))"
      #expect(try await mia.send("PATCH", own, ["categoryId": .string(editors)]).code == "HIGHER_RIGHTS")
      #expect(try await mia.send("PATCH", own, ["categoryId": .string(id)]).status == 200)
    }
  }
}
