import HTTP
import Testing

@testable import Appliance

private let path = "/api/notifications"

/// Preferences for notifications.
@Suite(.timeLimit(.minutes(30))) struct NotificationPreferencesTests {
  private static func only(_ kind: String, _ ways: [String: JSONValue]) -> JSONValue {
    ["kinds": [.object(ways.merging(["kind": .string(kind)]) { first, _ in first })]]
  }

  private static func find(_ kind: String, _ answer: TestClient.Answer) -> JSONValue? {
    answer.json["kinds"]?.array?.first { $0["kind"]?.string == kind }
  }

  @Test(
    arguments: [
      ([:], "NOT_A_LIST"), (["kinds": ["kind": "mention"]], "NOT_A_LIST"),
      (["kinds": [["page": true]]], "UNKNOWN_KIND"), (["kinds": ["mention"]], "UNKNOWN_KIND"),
      (["kinds": [["kind": "weather", "page": true]]], "UNKNOWN_KIND"),
      (["kinds": [["kind": "mention", "page": 1]]], "NOT_A_BOOLEAN"),
      (
        ["kinds": [["kind": "mention", "page": false], ["kind": "mention", "email": "no"]]], "NOT_A_BOOLEAN"
      ),
    ] as [(JSONValue, String)])
  func `invalid preferences change nothing`(body: JSONValue, code: String) async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let answer = try await lea.put(path + "/preferences", body)
      #expect(answer.status == 400)
      #expect(answer.json["errors"]?[0]?["code"]?.string == code)
      #expect(try await test.number("SELECT count(*) FROM notification_preferences") == 0)
    }
  }

  @Test func `by default all is shown on the page, and personal events are mailed`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let found = try await lea.get(path + "/preferences")
      let byMail = found.json["kinds"]?.array?.filter { $0["email"]?.bool == true }
      #expect(
        byMail?.compactMap { $0["kind"]?.string } == [
          "mention", "direct_message", "machine_paused", "important_announcement", "confirmation_wanted",
          "document_approval", "document_review", "event_invitation", "event_changed", "training_mandatory",
          "training_changed", "course_mandatory", "course_reminder", "certificate", "internal_message",
          "request_assigned", "request_changed", "request_commented", "request_overdue", "forum_mention",
          "forum_decision",
        ])
      let inBrowser = found.json["kinds"]?.array?.filter { $0["browser"]?.bool == true }
      #expect(
        inBrowser?.compactMap { $0["kind"]?.string }
          == [
            "mention", "direct_message", "machine_ready", "machine_failed", "machine_paused",
            "machine_watched", "important_announcement", "confirmation_wanted", "document_approval",
            "event_invitation",
            "event_changed", "event_reminder", "training_mandatory", "training_changed", "training_reminder",
            "course_mandatory", "course_reminder", "certificate",
            "internal_message", "request_assigned", "request_overdue", "forum_mention",
          ])
      #expect(found.json["kinds"]?.array?.allSatisfy { $0["page"]?.bool == true } == true)
      #expect(Self.find("approval_wanted", found) == nil)
      try await test.delegate(.manageUsers, to: "lea")
      #expect(Self.find("approval_wanted", try await lea.get(path + "/preferences")) != nil)
    }
  }

  @Test func `a choice is stored and changes only what it names`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let changed = try await lea.put(
        path + "/preferences",
        ["kinds": [["kind": "mention", "browser": false], ["kind": "reply", "email": true]]])
      for answer in [changed, try await lea.get(path + "/preferences")] {
        #expect(Self.find("mention", answer)?["browser"]?.bool == false)
        #expect(Self.find("mention", answer)?["email"]?.bool == true)
        #expect(Self.find("reply", answer)?["email"]?.bool == true)
        #expect(Self.find("reply", answer)?["page"]?.bool == true)
      }
      let socket = try await TestWebSocket.signedIn(lea)
      try await test.notify([test.id("lea")], .mention())
      #expect(try await socket.next("NOTIFICATION")["browser"]?.bool == false)
    }
  }

  @Test func `unwanted kinds are not stored, and mail-only kinds are not shown`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let to = [try await test.id("lea")]
      let nothing = Self.only("mention", ["page": false, "email": false])
      #expect(try await lea.put(path + "/preferences", nothing).status == 200)
      try await test.notify(to, .mention())
      #expect(try await test.number("SELECT count(*) FROM notifications") == 0)

      let mail = Self.only("mention", ["page": false, "email": true])
      #expect(try await lea.put(path + "/preferences", mail).status == 200)
      let socket = try await TestWebSocket.signedIn(lea)
      try await test.notify(to, .mention())
      try await test.notify(to, .direct())
      let told = try await socket.next("NOTIFICATION")
      #expect(told["kind"]?.string == "direct_message")
      #expect(told["unread"]?.int == 1)
      #expect(try await lea.get(path).json.array?.count == 1)
      let hidden = try #require(try await test.number("SELECT id FROM notifications WHERE on_page = 0"))
      #expect(try await lea.patch("\(path)/\(hidden)/read", [:]).status == 404)
      #expect(try await lea.delete("\(path)/\(hidden)").status == 404)
    }
  }

  @Test func `a kind disabled for the page removes its unread notifications`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let to = [try await test.id("lea")]
      let socket = try await TestWebSocket.signedIn(lea)
      try await test.notify(to, .mention())
      try await test.notify(to, .direct())
      let off = Self.only("mention", ["page": false])
      #expect(try await lea.put(path + "/preferences", off).status == 200)
      #expect(try await socket.next("NOTIFICATIONS")["unread"]?.int == 1)
      // It still waits for its mail, until mail is disabled, too.
      #expect(try await test.number("SELECT count(*) FROM notifications WHERE mail_due_at > 0") == 2)
      let noMail = Self.only("mention", ["email": false])
      #expect(try await lea.put(path + "/preferences", noMail).status == 200)
      #expect(try await test.number("SELECT count(*) FROM notifications WHERE mail_due_at > 0") == 1)
      #expect(try await test.number("SELECT count(*) FROM notifications WHERE read_at IS NULL") == 1)
    }
  }
}
