import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct RightsTests {
  @Test func `an unknown permission or person is refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      for (body, status, code) in [
        (["userId": "1"], 400, "VALIDATION_FAILED"),
        (["userId": "1", "permission": "admin"], 400, "VALIDATION_FAILED"),
        (["permission": "manage_users"], 400, "VALIDATION_FAILED"),
        (["userId": "x", "permission": "manage_users"], 400, "VALIDATION_FAILED"),
        (["userId": "999999", "permission": "manage_users"], 404, "NOT_FOUND"),
      ] as [(JSONValue, Int, String)] {
        let answer = try await boss.post("/api/permissions", body)
        #expect(answer.status == status, "\(body)")
        #expect(answer.code == code, "\(body)")
      }
      #expect(try await boss.get("/api/permissions").json.array == [])
      let bulk: JSONValue = ["userIds": ["1", "999999"], "permissions": ["manage_users"]]
      #expect(try await boss.post("/api/admin/bulk-permissions", bulk).status == 404)
      #expect(try await boss.get("/api/permissions").json.array == [], "all or nothing")
    }
  }

  @Test func `granting and revoking a permission applies to open sessions at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await test.id("lea")
      #expect(try await lea.get("/api/admin/users").status == 403)
      let body: JSONValue = ["userId": .integer(id), "permission": "manage_users"]
      #expect(try await boss.post("/api/permissions", body).status == 201)
      #expect(try await boss.post("/api/permissions/\(id)", ["permission": "manage_users"]).status == 201)
      #expect(try await lea.get("/api/admin/users").status == 200)
      let held = try await boss.get("/api/permissions/\(id)").json.array ?? []
      #expect(held.compactMap { $0["permission"]?.string } == ["manage_users"])
      #expect(held.first?["grantedBy"]?.string == String(try await test.id("boss")))
      let check = "/api/admin/permission-check/\(id)/manage_users"
      #expect(try await boss.get(check).json["source"]?.string == "permission")
      #expect(try await boss.delete("/api/permissions/\(id):manage_users").status == 200)
      #expect(try await lea.get("/api/admin/users").status == 403)
      #expect(try await boss.get(check).json["hasPermission"]?.bool == false)
      #expect(
        try await test.audited().filter { $0.hasPrefix("permission_") }
          == ["permission_granted", "permission_revoked"])
    }
  }

  @Test func `permissions are granted and revoked in bulk, effective at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let ids = try await test.accounts(["a1", "a2", "a3"]).map { JSONValue.integer($0) }
      let body: JSONValue = [
        "userIds": .array(ids), "permissions": ["manage_users", "manage_documents"],
      ]
      #expect(try await boss.post("/api/admin/bulk-permissions", body).json["changed"]?.int == 6)
      #expect(try await boss.post("/api/admin/bulk-permissions", body).json["changed"]?.int == 0)
      let page = try await boss.get("/api/permissions?limit=2")
      #expect(page.json.array?.count == 4)
      let next = try #require(page.headers["x-next-before"])
      #expect(try await boss.get("/api/permissions?limit=2&before=\(next)").json.array?.count == 2)
      let back = body.with("action", "revoke")
      #expect(try await boss.post("/api/admin/bulk-permissions", back).json["changed"]?.int == 6)
      #expect(try await boss.post("/api/admin/bulk-permissions", body.with("action", "x")).status == 400)
    }
  }

  @Test func `an invalid category is refused with every invalid field`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let path = "/api/employee-categories"
      #expect(try await boss.post(path, ["name": "Staff"]).status == 201)
      for (body, status) in [
        ([:], 400), (["name": ""], 400), (["name": "\u{301}"], 400), (["name": "a\nb"], 400),
        (["name": "A", "color": "green"], 400),
        (["name": "A", "permissions": ["admin"]], 400), (["name": "A", "permissions": "manage_users"], 400),
        (["name": "staff"], 409),
      ] as [(JSONValue, Int)] {
        #expect(try await boss.post(path, body).status == status, "\(body)")
      }
      let lea = try await test.person("lea")
      #expect(try await lea.post(path, ["name": "Mine"]).status == 403)
      let seen = try await lea.get(path).json.array ?? []
      #expect(seen.count == 1)
      #expect(seen.first?["color"]?.string == "#10B981")
    }
  }

  @Test func `a change of a category applies to the open sessions of its people at once`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let made = try await boss.post(
        "/api/employee-categories", ["name": "Staff", "permissions": ["manage_users"]])
      let id = try #require(made.json["id"]?.string)
      let path = "/api/employee-categories/\(id)"
      func mayManage() async throws -> Bool { try await lea.get("/api/admin/users").status == 200 }
      #expect(try await !mayManage())
      let person = "/api/admin/users/\(try await test.id("lea"))"
      #expect(try await boss.send("PATCH", person, ["categoryId": .string(id)]).status == 200)
      #expect(try await mayManage())
      #expect(try await boss.send("PATCH", path, ["isActive": false]).status == 200)
      #expect(try await !mayManage())
      #expect(try await boss.put(path, ["isActive": true]).json["userCount"]?.int == 1)
      #expect(try await mayManage())
      #expect(try await boss.send("PATCH", path, ["permissions": []]).status == 200)
      #expect(try await !mayManage())
      #expect(try await boss.send("PATCH", path, ["permissions": ["manage_users"]]).status == 200)
      #expect(try await mayManage())
      #expect(try await boss.delete(path).status == 200)
      #expect(try await !mayManage())
      #expect(try await boss.get(person).json["categoryId"]?.string == "")
      #expect(try await test.audited().filter { $0 == "category_changed" }.count == 6)
    }
  }
}
