import HTTP
import Testing

@testable import Appliance

/// The mail about what is new in what a person follows.
@Suite(.timeLimit(.minutes(30))) struct ForumMailsTests {
  private static let address = "lea@example.org"

  private struct Lab {
    let forum: Forum
    let time: ManualTime

    func mails() async throws -> [String] {
      try await forum.test.runJob("forum.mails")
      return try await forum.test.mails(to: address)
    }

    func choose(_ period: String) async throws {
      let answer = try await forum.lea.put("/api/forum/mails", ["period": .string(period)])
      #expect(answer.json["period"]?.string == period)
    }
  }

  private static func run(_ body: (Lab) async throws -> Void) async throws {
    let time = ManualTime()
    try await Forum.run(clock: .manual(time)) { forum in
      try await forum.test.appliance.database.write { tx in try tx.execute("UPDATE users SET is_verified = 1")
      }
      _ = try await forum.lea.post("/api/forum/categories/\(forum.category)/follow")
      try await body(Lab(forum: forum, time: time))
    }
  }

  @Test func `nobody gets a mail without asking for it, or when nothing is new`() async throws {
    try await Self.run { lab in
      let lea = lab.forum.lea
      #expect(try await lea.get("/api/forum/mails").json["period"] == "off")
      #expect(try await lea.put("/api/forum/mails", ["period": "hourly"]).status == 400)
      _ = try await lab.forum.topic("Before", by: lab.forum.sam)
      lab.time.advance(by: .seconds(90_000))
      #expect(try await lab.mails() == [])
      try await lab.choose("daily")
      // Not before a day has passed, and not about what was there before or is one's own.
      _ = try await lab.forum.topic("Mine", by: lea)
      #expect(try await lab.mails() == [])
      lab.time.advance(by: .seconds(86_401))
      #expect(try await lab.mails() == [])
    }
  }

  @Test func `a clock that was set back keeps no mail away for longer than a period`() async throws {
    try await Self.run { lab in
      try await lab.choose("weekly")
      try await lab.forum.test.appliance.database.write { tx in
        try tx.execute("UPDATE forum_mails SET due_at = due_at + 1000 * 86400000")
      }
      _ = try await lab.forum.topic("Fresh", by: lab.forum.sam)
      #expect(try await lab.mails().count == 1)
      _ = try await lab.forum.topic("Fresher", by: lab.forum.sam)
      #expect(try await lab.mails().count == 1)
    }
  }

  @Test func `a mail names what is new once, and waits for its next day`() async throws {
    try await Self.run { lab in
      let forum = lab.forum
      let mine = try await forum.topic("Question", by: forum.lea)
      try await lab.choose("daily")
      _ = try await forum.topic("Fresh", by: forum.sam)
      for text in ["one", "two"] { _ = try await forum.reply(text, to: mine, by: forum.sam) }
      #expect(try await lab.mails() == [])
      lab.time.advance(by: .seconds(86_401))
      let mails = try await lab.mails()
      #expect(mails.count == 1)
      let text = try #require(mails.first)
      #expect(text.contains("Fresh") && text.contains("Question") && text.contains("2 n"))
      #expect(try await lab.mails().count == 1)
      _ = try await forum.reply("three", to: mine, by: forum.sam)
      lab.time.advance(by: .seconds(80_000))
      #expect(try await lab.mails().count == 1)
      lab.time.advance(by: .seconds(7_000))
      #expect(try await lab.mails().count == 2)
      try await lab.choose("off")
      _ = try await forum.reply("four", to: mine, by: forum.sam)
      lab.time.advance(by: .seconds(90_000))
      #expect(try await lab.mails().count == 2)
    }
  }

  @Test func `only what may be read when the mail is sent is in it, and not what was read`() async throws {
    try await Self.run { lab in
      let forum = lab.forum
      try await lab.choose("weekly")
      let hidden = try await forum.boss.post("/api/forum/categories", ["name": "Board"]).json["id"]?.string
      _ = try await forum.lea.post("/api/forum/categories/\(hidden ?? "")/follow")
      _ = try await forum.topic("Secret", by: forum.sam, in: hidden)
      let read = try await forum.topic("Seen", by: forum.sam)
      _ = try await forum.lea.post("/api/forum/topics/\(read)/read")
      _ = try await forum.boss.send(
        "PATCH", "/api/forum/categories/\(hidden ?? "")", ["permissions": ["role:admin"]])
      lab.time.advance(by: .seconds(86_401))
      #expect(try await lab.mails() == [])
      lab.time.advance(by: .seconds(6 * 86_400))
      #expect(try await lab.mails() == [])
      _ = try await forum.topic("Open", by: forum.sam)
      lab.time.advance(by: .seconds(7 * 86_400))
      let text = try #require(try await lab.mails().first)
      #expect(text.contains("Open") && !text.contains("Secret") && !text.contains("Seen"))
    }
  }

  @Test func `who is switched off gets none, what is new waits for them, and each mail says how to end them`()
    async throws
  {
    try await Self.run { lab in
      try await lab.choose("daily")
      _ = try await lab.forum.topic("Fresh", by: lab.forum.sam)
      for state in ["is_active", "is_approved", "is_verified"] {
        try await lab.forum.test.write("UPDATE users SET \(state) = 0 WHERE username = 'lea'")
        lab.time.advance(by: .seconds(86_401))
        #expect(try await lab.mails() == [], "\(state)")
        try await lab.forum.test.write("UPDATE users SET \(state) = 1 WHERE username = 'lea'")
      }
      lab.time.advance(by: .seconds(86_401))
      let mails = try await lab.mails()
      #expect(mails.count == 1 && mails[0].contains("Fresh"))
      #expect(mails.first?.contains("/notifications/preferences") == true, "\(mails)")
    }
  }
}
