import HTTP
import Testing

@testable import Appliance

@Suite struct MailboxTests {
  /// An SMTP server that does not exist, so that mails stay in the queue.
  private static let smtp = [
    "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "9", "EMAIL_SECURE": "none", "EMAIL_FROM": "obox@example.org",
  ]

  private static func registered(_ test: TestAppliance) async throws -> String {
    let answer = try await test.client.post(
      "/api/auth/register",
      ["name": "Noa", "email": "noa@example.org", "password": .string(TestAppliance.password)])
    #expect(answer.status == 201)
    let boss = try await test.person("boss", role: .admin)
    let mails = try await boss.get("/api/mailbox?all=1").json.array ?? []
    let id = try #require(mails.first { $0["to"]?.string == "noa@example.org" }?["id"]?.string)
    return try await boss.get("/api/mailbox/\(id)").text
  }

  @Test func `when mail is sent, an admin cannot read others' links`() async throws {
    try await TestAppliance.run(settings: Self.smtp) { test in
      let text = try await Self.registered(test)
      #expect(text.contains("noa@example.org"))
      #expect(!text.contains("token="))
    }
  }

  @Test func `when mail is kept locally, an admin can read the links`() async throws {
    try await TestAppliance.run { test in
      let text = try await Self.registered(test)
      #expect(text.contains("token="))
    }
  }

  @Test func `a private key is shown to the machine's owner, not to admins`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let sam = try await test.person("sam")
      let machine = try await test.machine(of: lea)
      let mail = try #require(try await lea.get("/api/mailbox").json.array?.first?["id"]?.string)
      let key = try await lea.get("/api/mailbox/\(mail)/attachments/0")
      #expect(key.text.hasPrefix("-----BEGIN OPENSSH PRIVATE KEY-----"))
      #expect(try await boss.get("/api/mailbox/\(mail)/attachments/0").status == 403)
      #expect(try await sam.get("/api/mailbox/\(mail)").status == 404)
      #expect(try await sam.get("/api/mailbox/\(mail)/attachments/0").status == 404)
      for index in ["2", "-1", "99999999999999999999", "x"] {
        #expect(try await lea.get("/api/mailbox/\(mail)/attachments/\(index)").status == 404)
      }
      try await test.appliance.database.write { tx in
        try tx.execute(
          "UPDATE machines SET user_id = (SELECT id FROM users WHERE username = 'sam') WHERE id = ?", machine)
      }
      let former = try await lea.get("/api/mailbox/\(mail)/attachments/0")
      #expect(!former.text.contains("BEGIN OPENSSH"))
    }
  }
}
