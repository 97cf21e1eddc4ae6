import HTTP
import Testing

@testable import Appliance

/// Confirmations of having read an announcement, their report and its reminders.
@Suite(.timeLimit(.minutes(30))) struct ReadConfirmationTests {
  private static func announce(_ boss: TestClient, _ fields: [String: JSONValue] = [:]) async throws -> String
  {
    let body = fields.merging([
      "title": "Rules", "content": "x", "requiresConfirmation": true, "isPublic": false,
    ]) { own, _ in own }
    let made = try await boss.post("/api/announcements", .object(body))
    return "/api/announcements/\(made.json["id"]?.string ?? "")"
  }

  @Test func `a row without confirmation, a missing one and a changed one cannot be confirmed`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let one = try await Self.announce(boss)
      #expect(try await test.client.post(one + "/confirm").status == 401)
      #expect(try await lea.get(one + "/confirmations").status == 403)
      #expect(try await lea.get(one + "/confirmations.csv").status == 403)
      #expect(try await lea.post(one + "/remind").status == 403)
      #expect(try await lea.post(one + "/ask-again").status == 403)
      #expect(try await lea.post(one + "/confirm", ["edition": 7]).code == "CHANGED_MEANWHILE")
      let plain = try await Self.announce(boss, ["requiresConfirmation": false])
      #expect(try await lea.post(plain + "/confirm").code == "NOT_ASKED")
      let hidden = try await Self.announce(boss, ["audience": ["role:admin"]])
      #expect(try await lea.post(hidden + "/confirm").status == 404)
      #expect(try await test.count("SELECT count(*) FROM read_confirmations") == 0)
    }
  }

  @Test func `a confirmation counts once for each person, and ends the notification`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let one = try await Self.announce(boss)
      #expect(try await lea.get("/api/confirmations").json.array?.map { $0["title"]?.string } == ["Rules"])
      #expect(try await lea.unread() == "1")
      for _ in 1...2 { #expect(try await lea.post(one + "/confirm", ["edition": 1]).status == 200) }
      #expect(try await lea.get(one).json["isConfirmed"] == true)
      #expect(try await lea.get("/api/announcements").json.array?.first?["isConfirmed"] == true)
      #expect(try await sam.get(one).json["isConfirmed"] == false)
      #expect(try await boss.get(one).json["confirmedCount"] == 1)
      #expect(try await lea.unread() == "0")
      #expect(try await lea.get("/api/confirmations").json.array?.isEmpty == true)
    }
  }

  @Test func `only the audience is asked to confirm, and can`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let made = try await boss.post(
        "/api/announcements",
        [
          "title": "Lire", "content": "x", "requiresConfirmation": true,
          "audience": [.string("user:\(test.id("lea"))")],
        ])
      let one = "/api/announcements/\(made.json["id"]?.string ?? "")"
      #expect(try await boss.get(one).json["isConfirmationAsked"] == false)
      let refused = try await boss.post(one + "/confirm")
      #expect(refused.status == 403 && refused.code == "NOT_IN_AUDIENCE")
      #expect(try await lea.get(one).json["isConfirmationAsked"] == true)
      #expect(try await lea.post(one + "/confirm").status == 200)
      #expect(try await boss.get(one).json["confirmedCount"]?.int == 1)
    }
  }

  @Test func `opening a row marks its notification as read, unless a confirmation is wanted`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let asked = try await Self.announce(boss)
      let plain = try await Self.announce(boss, ["requiresConfirmation": false])
      #expect(try await test.client.post(plain + "/seen").status == 401)
      #expect(try await lea.unread() == "2")
      for one in [asked, plain] { #expect(try await lea.post(one + "/seen").status == 200) }
      #expect(try await lea.unread() == "1")
      #expect(try await lea.post("/api/announcements/999/seen").status == 404)
    }
  }

  @Test func `the report lists who has confirmed, and a reminder reaches only the others`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let one = try await Self.announce(boss, ["audience": ["role:employee"]])
      _ = try await lea.post(one + "/confirm")
      let report = try await boss.get(one + "/confirmations").json
      #expect(report["total"] == 2)
      #expect(report["confirmed"] == 1)
      let waiting = try await boss.get(one + "/confirmations?state=waiting").json["people"]?.array
      #expect(waiting?.map { $0["username"]?.string } == ["sam"])
      let confirmed = try await boss.get(one + "/confirmations?state=confirmed").json["people"]?.array
      #expect(confirmed?.first?["username"] == "lea")
      #expect(confirmed?.first?["confirmedAt"]?.string != nil)
      #expect(try await boss.get(one + "/confirmations?state=none").status == 400)
      let page = try await boss.get(one + "/confirmations?limit=1")
      #expect(page.headers["x-next-before"] == page.json["people"]?.array?.first?["id"]?.string)
      let csv = try await boss.get(one + "/confirmations.csv")
      #expect(csv.headers["content-type"] == "text/csv; charset=utf-8")
      #expect(csv.text.contains("\"Rules\",\"\",\"Lea\",\"lea\""))
      let pdf = try await boss.get(one + "/confirmations.pdf")
      #expect(pdf.headers["content-type"] == "application/pdf")
      if case .text(let text) = try await FileText.read(pdf.body, "application/pdf") {
        #expect(text.contains("Rules") && text.contains("Sam") && text.contains("Lea"))
      }
      #expect(try await lea.get(one + "/confirmations.pdf").status == 403)
      _ = try await sam.post("/api/notifications/read-all")
      #expect(try await boss.post(one + "/remind").json["count"] == 1)
      #expect(try await sam.unread() == "1")
      #expect(try await lea.unread() == "0")
    }
  }

  @Test func `a new edition needs a new confirmation, and the earlier one is kept`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let one = try await Self.announce(boss)
      _ = try await lea.post(one + "/confirm")
      #expect(try await boss.post(one + "/ask-again").status == 200)
      #expect(try await lea.get(one).json["isConfirmed"] == false)
      #expect(try await lea.get(one).json["edition"] == 2)
      #expect(try await lea.unread() == "1")
      #expect(try await lea.post(one + "/confirm", ["edition": 1]).code == "CHANGED_MEANWHILE")
      #expect(try await lea.post(one + "/confirm", ["edition": 2]).status == 200)
      #expect(try await test.count("SELECT count(*) FROM read_confirmations") == 2)
    }
  }
}
