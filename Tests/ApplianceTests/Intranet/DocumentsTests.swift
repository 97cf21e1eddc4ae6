import HTTP
import Testing

@testable import Appliance

/// Documents, their versions and who reads them.
@Suite(.timeLimit(.minutes(30))) struct DocumentsTests {
  private static let path = "/api/documents"

  static func document(
    _ boss: TestClient, _ fields: [String: JSONValue] = [:]
  ) async throws -> (path: String, json: JSONValue) {
    let made = try await boss.post(path, .object(fields.merging(["title": "Rules"]) { own, _ in own }))
    guard made.status == 201 else { throw TestClient.Broken(reason: made.text) }
    return ("\(path)/\(made.json["id"]?.string ?? "")", made.json)
  }

  static func versions(_ client: TestClient, _ one: String) async throws -> [String] {
    try await client.get(one + "/versions").json.array?.map { version in
      "\(version["number"]?.int64 ?? 0) \(version["version"]?.string ?? "") \(version["status"]?.string ?? "")"
    } ?? []
  }

  @Test func `adding, restoring and reports need the permission, and reading needs a sign-in`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let (one, _) = try await Self.document(boss, ["requiresConfirmation": true])
      for path in [Self.path, one, one + "/versions", one + "/download"] {
        #expect(try await test.client.get(path).status == 401, "\(path)")
      }
      #expect(try await lea.post(Self.path, ["title": "Mine"]).status == 403)
      #expect(try await lea.post(one + "/versions", ["fileUrl": "https://example.org/a.pdf"]).status == 403)
      #expect(try await lea.post(one + "/versions/1/restore").status == 403)
      #expect(try await lea.post(one + "/versions/1/approve").status == 403)
      #expect(try await lea.get(one + "/confirmations").status == 403)
      #expect(try await boss.post(one + "/versions", [:]).json["errors"]?.array?.first?["field"] == "fileUrl")
      #expect(try await boss.post(one + "/versions", ["fileUrl": 7]).status == 400)
      let nowhere: JSONValue = ["fileUrl": "/api/uploads/nothing"]
      #expect(
        try await boss.post(one + "/versions", nowhere).json["errors"]?.array?.first?["code"]
          == "FILE_NOT_FOUND")
      #expect(try await boss.post(one + "/versions/9/restore").status == 404)
      #expect(try await Self.versions(boss, one) == ["1 1.0 published"])
    }
  }

  @Test func `an older client replaces the file by a change of the row, and the earlier version stays`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let first = try await test.upload(FileSamples.pdf, as: boss)
      let second = try await test.upload(FileSamples.pdf + [10], as: boss)
      let (one, made) = try await Self.document(
        boss,
        [
          "description": "d", "category": "policy", "fileName": "rules.pdf", "fileUrl": .string(first),
          "version": "1.0", "isPublic": true, "hasMultimedia": false,
        ])
      #expect(made["version"] == "1.0")
      #expect(made["versionNumber"] == 1)
      let changed = try await boss.put(one, ["fileUrl": .string(second), "version": "2.0"])
      #expect(changed.json["fileName"] == "rules.pdf")
      #expect(changed.json["versionNumber"] == 2)
      #expect(try await Self.versions(lea, one) == ["2 2.0 published", "1 1.0 published"])
      #expect(try await lea.get(first).status == 200)
      #expect(try await lea.get(second).status == 200)
      #expect(try await lea.get(Self.path + "?category=policy").json.array?.count == 1)
      #expect(try await lea.get(Self.path + "?category=guide").json.array?.isEmpty == true)
    }
  }

  @Test func `a version is added, downloaded, counted and restored`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let first = try await test.upload(FileSamples.pdf, as: boss)
      let (one, _) = try await Self.document(boss, ["fileUrl": .string(first)])
      let second = try await test.upload(FileSamples.pdf + [10], as: boss)
      let added = try await boss.post(one + "/versions", ["fileUrl": .string(second), "note": "News"])
      #expect(added.status == 201)
      #expect(added.json["version"] == "1.1")
      #expect(added.json["isCurrent"] == true)
      let download = try await lea.get(one + "/versions/1/download")
      #expect(download.status == 302)
      #expect(download.headers["location"] == first + "?download=1")
      #expect(try await lea.get(one + "/download").headers["location"] == second + "?download=1")
      #expect(try await lea.get(one).json["downloadCount"] == 2)
      let restored = try await boss.post(one + "/versions/1/restore")
      #expect(restored.json["fileUrl"]?.string == first)
      #expect(restored.json["number"] == 3)
      #expect(try await lea.get(one).json["fileUrl"]?.string == first)
      #expect(
        try await Self.versions(lea, one) == ["3 1.2 published", "2 1.1 published", "1 1.0 published"])
      #expect(try await boss.delete(one).status == 200)
      #expect(try await lea.get(one + "/versions").status == 404)
      #expect(try await lea.get(second).status == 404)
    }
  }

  @Test func `a document that is not public is visible to its audience`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let url = try await test.upload(FileSamples.pdf, as: boss)
      let target = JSONValue.string("user:\(try await test.id("lea"))")
      let (one, _) = try await Self.document(boss, ["isPublic": false, "fileUrl": .string(url)])
      #expect(try await lea.get(one).status == 404)
      #expect(try await lea.get(url).status == 404)
      _ = try await boss.send("PATCH", one, ["audience": .array([target])])
      #expect(try await lea.get(one).status == 200)
      #expect(try await lea.get(url).status == 200)
      #expect(try await sam.get(one).status == 404)
      #expect(try await sam.get(url).status == 404)
      #expect(try await sam.get(one + "/download").status == 404)
    }
  }

  @Test func `a new version needs a new confirmation unless it is minor, and is named in the report`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let (one, _) = try await Self.document(
        boss, ["requiresConfirmation": true, "audience": ["role:employee"]])
      #expect(try await lea.notices() == ["confirmation_wanted 1 Read and confirm: Rules"])
      #expect(try await lea.post(one + "/confirm", ["edition": 1]).status == 200)
      let address: JSONValue = "https://example.org/a.pdf"
      _ = try await boss.post(one + "/versions", ["fileUrl": address, "isMinor": true])
      #expect(try await lea.get(one).json["isConfirmed"] == true)
      #expect(try await lea.get("/api/confirmations").json.array?.isEmpty == true)
      _ = try await boss.post(one + "/versions", ["fileUrl": address, "version": "2.0"])
      #expect(try await lea.get(one).json["isConfirmed"] == false)
      #expect(try await lea.get("/api/confirmations").json.array?.first?["resource"] == "documents")
      #expect(try await lea.post(one + "/confirm", ["edition": 1]).code == "CHANGED_MEANWHILE")
      #expect(try await lea.post(one + "/confirm", ["edition": 2]).status == 200)
      let report = try await boss.get(one + "/confirmations").json
      #expect(report["people"]?.array?.first?["version"] == "2.0")
      #expect(report["confirmed"] == 1)
    }
  }
}
