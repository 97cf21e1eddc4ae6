import HTTP
import TestSupport
import Testing

@testable import Appliance

/// `/api/readers`: whom a row can be for.
@Suite struct ReadersTests {
  private static func labels(_ client: TestClient, _ query: String) async throws -> [String] {
    let answer = try await client.get("/api/readers" + query)
    return answer.json.array?.map { "\($0["kind"]?.string ?? "") \($0["label"]?.string ?? "")" } ?? [
      answer.text
    ]
  }

  @Test func `audiences can be listed after sign-in only, and targets are a JSON list`() async throws {
    try await TestAppliance.run { test in
      #expect(try await test.client.get("/api/readers").status == 401)
      let lea = try await test.person("lea")
      for wrong in ["user:1", "%7B%7D", ""] {
        #expect(try await lea.get("/api/readers?targets=\(wrong)").status == 400, "\(wrong)")
      }
    }
  }

  @Test func `departments, roles, categories and people are found by a part of their name`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE users SET department = 'Ateliers' WHERE username = 'lea'")
      }
      let made = try await boss.post(
        "/api/employee-categories", ["name": "Atelier bois", "color": "#10B981"])
      #expect(made.status == 201, "\(made.text)")
      #expect(
        try await Self.labels(lea, "") == [
          "department Ateliers", "role Members", "role Moderators", "role Administrators",
          "category Atelier bois",
        ], "people only with a query")
      #expect(try await Self.labels(lea, "?q=ateli") == ["department Ateliers", "category Atelier bois"])
      #expect(try await Self.labels(lea, "?q=admin") == ["role Administrators"])
      #expect(try await Self.labels(lea, "?q=boss") == ["user Boss"])
    }
  }

  @Test func `names and words that start with the text come first`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.accounts(["nadia", "ines"])
      try await test.write(
        "UPDATE users SET name = 'Inès Petit', department = 'Ressources humaines' WHERE username = 'ines'")
      try await test.write("UPDATE users SET name = 'Marinès Roy' WHERE username = 'nadia'")
      #expect(
        try await Self.labels(lea, "?q=In%C3%A8s") == [
          "user Inès Petit", "department Ressources humaines", "user Marinès Roy",
        ])
    }
  }

  @Test func `targets are named in their order, without those that do not exist`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.id("lea")
      let targets =
        "%5B%22department:Ventes%22,%22role:admin%22,%22user:\(id)%22,%22user:999%22,%22category:9%22,%22x%22%5D"
      #expect(
        try await Self.labels(lea, "?targets=\(targets)") == [
          "department Ventes", "role Administrators", "user Lea",
        ])
    }
  }
}
