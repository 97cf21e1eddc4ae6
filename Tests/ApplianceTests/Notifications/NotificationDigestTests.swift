import HTTP
import Testing

@testable import Appliance

/// The mail with the unread notifications of a person who is away.
@Suite(.timeLimit(.minutes(30))) struct NotificationDigestTests {
  private static let address = "lea@example.org"

  private struct Lab {
    let test: TestAppliance
    let time: ManualTime
    let lea: Int64
    let client: TestClient

    func digest() async throws -> [String] {
      try await test.runJob("notifications.digest")
      return try await test.mails(to: address)
    }
  }

  private static func run(_ body: (Lab) async throws -> Void) async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let client = try await test.person("lea")
      try await test.appliance.database.write { tx in try tx.execute("UPDATE users SET is_verified = 1") }
      try await body(Lab(test: test, time: time, lea: test.id("lea"), client: client))
    }
  }

  @Test func `nothing is mailed within ten minutes, or when read or unwanted`()
    async throws
  {
    try await Self.run { lab in
      try await lab.test.notify([lab.lea], .mention())
      lab.time.advance(by: .seconds(599))
      #expect(try await lab.digest().isEmpty)
      #expect(try await lab.client.post("/api/notifications/read-all").status == 200)
      let unwanted = Notice(kind: .channelInvitation, subject: "channel:2", link: "/chat/2")
      try await lab.test.notify([lab.lea], unwanted)
      lab.time.advance(by: .seconds(700))
      #expect(try await lab.digest().isEmpty)
    }
  }

  @Test func `nothing is mailed to people online or without a verified address`() async throws {
    try await Self.run { lab in
      let socket = try await TestWebSocket.signedIn(lab.client)
      try await lab.test.notify([lab.lea], .mention())
      lab.time.advance(by: .seconds(700))
      #expect(try await lab.digest().isEmpty)
      try await lab.test.appliance.database.write { tx in try tx.execute("UPDATE users SET is_verified = 0") }
      socket.close()
      await eventually { !lab.test.appliance.hub.isPresent(lab.lea) }
      #expect(try await lab.digest().isEmpty)
    }
  }

  @Test func `many notifications are one mail, and later ones wait for an hour`() async throws {
    try await Self.run { lab in
      for number in 1...3 { try await lab.test.notify([lab.lea], .mention("secret \(number)")) }
      for channel in 1...22 { try await lab.test.notify([lab.lea], .direct(Int64(100 + channel))) }
      lab.time.advance(by: .seconds(601))
      let mails = try await lab.digest()
      #expect(mails.count == 1)
      let text = try #require(mails.first)
      #expect(text.contains("- Someone sent you a message\n  http") && text.contains("/chat/122\n"))
      #expect(text.components(separatedBy: "\n- ").count - 1 == 20)
      #expect(text.contains("And 3 more."))
      #expect(!text.contains("secret"))
      let subjects = try await lab.test.appliance.database.read { connection in
        try connection.query("SELECT subject FROM outbox WHERE recipient = ?", Self.address) { $0.text(0) }
      }
      #expect(subjects == ["3 mentions, 22 direct messages"])

      try await lab.test.notify([lab.lea], .mention("again"))
      lab.time.advance(by: .seconds(700))
      #expect(try await lab.digest().count == 1)
      lab.time.advance(by: .seconds(3000))
      #expect(try await lab.digest().count == 2)
      // Of four unread notifications, three were mailed before.
      #expect(
        try await lab.test.number(
          "/* test */ SELECT count(*) FROM outbox WHERE recipient = '\(Self.address)' AND subject = '1 mention'"
        ) == 1)
      // A mailed notification stays unread.
      #expect(try await lab.client.get("/api/notifications").headers["x-unread-count"] == "23")
    }
  }

  @Test func `a reminder is mailed with its time, a failure with its reason, a message without its text`()
    async throws
  {
    try await Self.run { lab in
      let wish: JSONValue = [
        "kinds": [["kind": "event_reminder", "email": true], ["kind": "machine_failed", "email": true]]
      ]
      #expect(try await lab.client.put("/api/notifications/preferences", wish).status == 200)
      let starts = ["name": "Review", "when": "2026-03-01T09:05"]
      try await lab.test.notify(
        [lab.lea], Notice(kind: .eventReminder, subject: "event:1", link: "/calendar/1", details: starts))
      try await lab.test.notify(
        [lab.lea],
        Notice(
          kind: .machineFailed, subject: "machine:1", link: "/machines/1",
          details: ["name": "web", "task": "resize", "code": "NO_SPACE"]))
      try await lab.test.notify([lab.lea], .mention("secret"))
      lab.time.advance(by: .seconds(601))
      let text = try #require(try await lab.digest().first)
      #expect(text.contains("- Reminder: Review\n  Starts on 1 March 2026 at 09:05.\n  http"))
      #expect(text.contains("could not be resized\n  \(Refusals.sentence("NO_SPACE").en)\n  http"))
      #expect(text.contains("- Someone mentioned you in #lab\n  http"))
      let stop = text.split(separator: "Choose or stop these emails:\n").last ?? ""
      #expect(stop.hasPrefix("http") && stop.contains("/notifications/preferences\n"), "\(text)")
      let words = NoticeWords(.eventReminder, details: starts)
      #expect(words.message.fr == "Commence le 1er mars 2026 à 09:05.")
      let wrong = NoticeWords(.eventReminder, details: ["when": "2026-13-01T09:05"])
      #expect(wrong.message.fr == "Consultez le calendrier.")
    }
  }

  @Test func `a stream of messages does not postpone the mail indefinitely`() async throws {
    try await Self.run { lab in
      for _ in 1...4 {
        try await lab.test.notify([lab.lea], .direct())
        lab.time.advance(by: .seconds(200))
      }
      #expect(try await lab.digest().count == 1)
    }
  }

  @Test func `notifications by mail only are done once they are mailed`() async throws {
    try await Self.run { lab in
      let wish: JSONValue = ["kinds": [["kind": "reply", "page": false, "email": true]]]
      #expect(try await lab.client.put("/api/notifications/preferences", wish).status == 200)
      try await lab.test.notify([lab.lea], Notice(kind: .reply, subject: "channel:1", link: "/chat/1"))
      lab.time.advance(by: .seconds(601))
      #expect(try await lab.digest().count == 1)
      #expect(try await lab.test.number("SELECT count(*) FROM notifications WHERE read_at IS NULL") == 0)
    }
  }

  @Test func `after a restart the daemon does not send the mail twice`() async throws {
    try await Self.run { lab in
      try await lab.test.notify([lab.lea], .mention())
      lab.time.advance(by: .seconds(601))
      #expect(try await lab.digest().count == 1)
      // As after a kill between the commit and recording that the job is done.
      try await lab.test.appliance.database.write { tx in
        try tx.execute(
          "UPDATE jobs SET status = 'running', finished_at = NULL WHERE kind = 'notifications.digest'")
      }
      let again = try await lab.test.restarted(clock: .manual(lab.time))
      lab.time.advance(by: .seconds(7200))
      try await again.runJob("notifications.digest")
      #expect(try await again.mails(to: Self.address).count == 1)
      await again.appliance.stop()
    }
  }
}
