import HTTP
import Store
import Testing

@testable import Appliance

/// Search in people, channels and the audit log, and unique names, ignore case and accents.
@Suite(.timeLimit(.minutes(30))) struct SearchFoldingTests {
  @Test func `people are found ignoring case and accents, in every script`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let root = try await test.person("root1", role: .admin)
      try await test.appliance.database.write { tx in
        for (username, name) in [
          ("eleo", "Éléonore Ångström"), ("olga", "Ольга Ёлкина"), ("li", "李小龍"), ("nikos", "Νίκος Σίσυφος"),
        ] {
          try tx.execute(
            "INSERT INTO users (username, name, created_at, updated_at) VALUES (?, ?, 1, 1)", username, name)
        }
      }
      func found(_ who: TestClient, _ path: String, _ text: String) async throws -> [String] {
        let answer = try await who.get(path + TestClient.encoded(text)).json
        return (answer["users"] ?? answer).array?.compactMap { $0["username"]?.string ?? $0["name"]?.string }
          ?? []
      }
      for text in ["Éléonore", "élÉonore", "eleonore", "Ångström", "ANGSTROM", "E\u{301}le\u{301}"] {
        #expect(try await found(lea, "/api/users?q=", text) == ["eleo"], "\(text)")
        #expect(try await found(root, "/api/admin/users?q=", text).count == 1, "\(text)")
      }
      #expect(try await found(lea, "/api/users?q=", "елк") == ["olga"])
      #expect(try await found(lea, "/api/users?q=", "小") == ["li"])
      #expect(try await found(lea, "/api/users?q=", "ΣΙΣΥΦΟΣ") == ["nikos"])
      #expect(try await found(lea, "/api/users?q=", "100%") == [])
      #expect(try await found(lea, "/api/users?q=", "_") == [])
    }
  }

  @Test func `people are found by their department and their job title`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("sam")
      try await test.appliance.database.write { tx in
        try tx.execute(
          "UPDATE users SET department = 'Réseaux', position = 'Technicien' WHERE username = 'sam'")
      }
      for text in ["reseaux", "technicien"] {
        let found = try await lea.get("/api/users?q=\(text)").json.array ?? []
        #expect(found.map { $0["username"]?.string } == ["sam"], "\(text)")
      }
    }
  }

  @Test func `names of public channels and categories are unique ignoring case and accents`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let root = try await test.person("root1", role: .admin)
      func create(_ who: TestClient, _ name: String) async throws -> TestClient.Answer {
        try await who.send("POST", "/api/chat/channels", ["type": "public", "name": .string(name)])
      }
      let first = try await create(lea, "Équipe")
      let id = first.json["id"]?.string ?? ""
      #expect(first.status == 201)
      for name in ["équipe", "E\u{301}quipe", "EQUIPE", "Équipe\u{200B}", "General", "génÉral"] {
        #expect(try await create(sam, name).code == "NAME_TAKEN", "\(name)")
      }
      #expect(try await create(sam, "\u{200B}\u{2800}").status == 400)
      #expect(
        try await lea.get("/api/chat/channels/" + TestClient.encoded("equipe")).json["id"]?.string == id)
      let plus = try await create(sam, "+\(id)")
      #expect(plus.status == 201)
      let named = try await sam.get("/api/chat/channels/" + TestClient.encoded("+\(id)"))
      #expect(named.json["id"] == plus.json["id"])
      let found = try await sam.get("/api/chat/channels?browse=1&q=" + TestClient.encoded("ÉQUI"))
      #expect(found.json.array?.count == 1)
      #expect(try await root.send("POST", "/api/employee-categories", ["name": "Été"]).status == 201)
      #expect(try await root.send("POST", "/api/employee-categories", ["name": "ete"]).code == "NAME_TAKEN")
      let log = try await root.get("/api/admin/audit?q=" + TestClient.encoded("ÉQUIPE"))
      #expect(log.json.array?.isEmpty == false)
      await #expect(throws: StoreError.self) {
        try await test.appliance.database.write { tx in
          try tx.execute(
            "INSERT INTO channels (kind, name, created_at, updated_at) VALUES ('public', 'ÉQUIPE', 1, 1)")
        }
      }
    }
  }
}

extension TestClient {
  /// Percent-encoded for a path or query.
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.utf8.count == 1 ? "0" + digits : digits)
    }.joined()
  }
}
