import HTTP
import Testing

@testable import Appliance

/// Uploads attached to a row.
@Suite(.timeLimit(.minutes(30))) struct ResourceFileTests {
  @Test func `another person's or a missing file is refused, naming the field`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let url = try await test.upload(FileSamples.pdf, as: lea)
      for address in [url, "/api/uploads/nothing"] {
        let answer = try await boss.post("/api/contents", ["title": "Plan", "fileUrl": .string(address)])
        #expect(answer.status == 400)
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == "fileUrl")
        #expect(answer.json["errors"]?.array?.first?["code"]?.string == "FILE_NOT_FOUND")
      }
      #expect(try await test.count("SELECT count(*) FROM resource_files") == 0)
    }
  }

  @Test func `exactly those who may read the row may read its file`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let url = try await test.upload(FileSamples.pdf, as: boss)
      let made = try await boss.post(
        "/api/resources", ["title": "Plan", "url": .string(url), "requiredRole": "moderator"])
      let one = "/api/resources/\(made.json["id"]?.string ?? "")"
      #expect(made.status == 201)
      #expect(try await test.client.get(url).status == 401)
      #expect(try await lea.get(url).status == 404)
      _ = try await boss.send("PATCH", one, ["requiredRole": "employee"])
      #expect(try await lea.get(url).status == 200)
      #expect(try await test.client.get(url).status == 401)
      #expect(try await boss.delete(url).code == "FILE_IN_USE")
      _ = try await boss.send("PATCH", one, ["url": ""])
      #expect(try await lea.get(url).status == 404)
      #expect(try await boss.delete(url).status == 200)
    }
  }
}
