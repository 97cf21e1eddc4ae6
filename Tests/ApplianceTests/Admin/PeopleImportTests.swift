import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct PeopleImportTests {
  private static let path = "/api/admin/users/import"

  @Test func `only those who manage users import, and a table without people is refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let table: JSONValue = ["csv": "nom;email\nInès;ines@example.org"]
      #expect(try await test.client.post(Self.path, table).status == 401)
      #expect(try await lea.post(Self.path, table).status == 403)
      for csv in ["", "nom;email", "ville;code\nParis;75", "nom;email\n\"Inès;ines@example.org"] {
        let answer = try await boss.post(Self.path, ["csv": .string(csv), "apply": true])
        #expect(answer.status == 400, "\(csv)")
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == "csv")
      }
      #expect(try await test.count("SELECT count(*) FROM users") == 2)
    }
  }

  @Test func `a preview shows the result for each row and changes nothing`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      _ = try await test.person("lea")
      let csv = """
        \u{FEFF}Prénom;Nom;E-mail;Classe
        Inès;Petit;ines@example.org;"Terminale; B"
        Paul;Blanc;pas une adresse;B
        Inès;Petit;INES@example.org;B

        Léa;Dubois;lea@example.org;B
        """
      let answer = try await boss.post(Self.path, ["csv": .string(csv)])
      #expect(answer.status == 200)
      let rows = answer.json["rows"]?.array ?? []
      #expect(rows.map { $0["outcome"]?.string } == ["create", "error", "error", "exists"])
      #expect(rows.map { $0["line"]?.int64 } == [2, 3, 4, 6])
      #expect(rows.first?["name"]?.string == "Inès Petit")
      #expect(rows.first?["department"]?.string == "Terminale; B")
      #expect(rows[1]["message"]?.string?.isEmpty == false)
      #expect(try await test.count("SELECT count(*) FROM users") == 2)
      #expect(try await test.count("SELECT count(*) FROM outbox") == 0)
    }
  }

  @Test func `a class is created and invited at once, and repeating the import creates nobody`() async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let people = (1...30).map { "Élève \($0),eleve\($0)@example.org,Terminale" }
      let table: JSONValue = [
        "csv": .string("name,email,class\n" + people.joined(separator: "\n")), "apply": true,
      ]
      let first = try await boss.post(Self.path, table)
      #expect(first.status == 201 && first.json["create"]?.int64 == 30)
      #expect(try await test.count("SELECT count(*) FROM users WHERE department = 'Terminale'") == 30)
      #expect(try await test.count("SELECT count(*) FROM outbox") == 30)
      let second = try await boss.post(Self.path, table)
      #expect(second.json["create"]?.int64 == 0 && second.json["exists"]?.int64 == 30)
      #expect(try await test.count("SELECT count(*) FROM outbox") == 30)
      let export = try await boss.get("/api/admin/users/export")
      #expect(export.text.contains("\"eleve7@example.org\""))
    }
  }

  @Test func `people without an address get the password of the table`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let csv = "identifiant\tmot de passe\tnom\nines\t\(TestAppliance.password)\tInès\npaul\tcourt\tPaul"
      let answer = try await boss.post(Self.path, ["csv": .string(csv), "apply": true])
      #expect(answer.json["create"]?.int64 == 1 && answer.json["error"]?.int64 == 1)
      let signedIn = try await test.client.post(
        "/api/auth/login", ["username": "ines", "password": .string(TestAppliance.password)])
      #expect(signedIn.status == 200)
    }
  }

  @Test func `a contact card contains only the directory's fields, one per line`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.write(
        "UPDATE users SET name = 'Léa; Dubois', position = 'Chef, R&D' WHERE username = 'lea'")
      let id = try await test.count("SELECT id FROM users WHERE username = 'lea'")
      #expect(try await test.client.get("/api/users/\(id)/vcard").status == 401)
      #expect(try await lea.get("/api/users/999/vcard").status == 404)
      _ = try await lea.send("PUT", "/api/profile", ["name": "Léa; Dubois"])
      let card = try await lea.get("/api/users/\(id)/vcard")
      #expect(card.headers["content-type"] == "text/vcard; charset=utf-8")
      #expect(card.text.contains("FN:Léa\\; Dubois\r\n"))
      #expect(card.text.contains("TITLE:Chef\\, R&D\r\n"))
    }
  }

  @Test func `a username in the table is not given to a person in an earlier row`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let csv = "email,username\nmarie@example.org,\nother@example.org,marie"
      let answer = try await boss.post(Self.path, ["csv": .string(csv), "apply": true])
      #expect(answer.status == 201 && answer.json["create"]?.int64 == 2)
      #expect(
        try await test.count("SELECT count(*) FROM users WHERE username = 'marie' AND email LIKE 'other%'")
          == 1)
    }
  }
}
