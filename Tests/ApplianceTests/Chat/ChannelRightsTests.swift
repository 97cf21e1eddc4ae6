import HTTP
import Testing

@testable import Appliance

/// Permissions by kind of channel: each operation is tried on a separate channel by five people.
@Suite struct ChannelRightsTests {
  struct Verb: Sendable, CustomTestStringConvertible {
    let method: String
    /// `CHANNEL`, `MAX` (another member) and `NEW` (a member of no channel) are replaced by ids.
    let path: String
    let body: JSONValue?
    /// The statuses for a stranger, a member, the channel's admin, and a moderator and an admin who are no
    /// members.
    let isPublic: [Int]
    let isPrivate: [Int]
    let isDirect: [Int]

    init(
      _ method: String, _ path: String, _ body: JSONValue? = nil, public isPublic: [Int],
      private isPrivate: [Int], direct isDirect: [Int]
    ) {
      (self.method, self.path, self.body) = (method, path, body)
      (self.isPublic, self.isPrivate, self.isDirect) = (isPublic, isPrivate, isDirect)
    }

    var testDescription: String { "\(method) \(path) \(body.map { "\($0)" } ?? "")" }
  }

  private static let hidden = 404

  static let verbs = [
    Verb(
      "PATCH", "CHANNEL", ["topic": "x"], public: [403, 403, 200, 200, 200],
      private: [404, 403, 200, 404, 404], direct: [404, 409, 409, 404, 404]),
    Verb(
      "PATCH", "CHANNEL", ["archived": true], public: [403, 403, 200, 200, 200],
      private: [404, 403, 200, 404, 404], direct: [404, 409, 409, 404, 404]),
    Verb(
      "DELETE", "CHANNEL", public: [403, 403, 200, 200, 200], private: [404, 403, 200, 404, 404],
      direct: [404, 409, 409, 404, 404]),
    Verb(
      "GET", "CHANNEL", public: [200, 200, 200, 200, 200], private: [404, 200, 200, 404, 404],
      direct: [404, 200, 200, 404, 404]),
    Verb(
      "GET", "CHANNEL/members", public: [200, 200, 200, 200, 200], private: [404, 200, 200, 404, 404],
      direct: [404, 200, 200, 404, 404]),
    Verb(
      "POST", "CHANNEL/members", [:], public: [201, 200, 200, 201, 201], private: [404, 200, 200, 404, 404],
      direct: [404, 409, 409, 404, 404]),
    Verb(
      "POST", "CHANNEL/members", ["userId": "NEW"], public: [403, 201, 201, 201, 201],
      private: [404, 403, 201, 404, 404], direct: [404, 409, 409, 404, 404]),
    Verb(
      "PATCH", "CHANNEL/members/MAX", ["role": "admin"], public: [403, 403, 200, 200, 200],
      private: [404, 403, 200, 404, 404], direct: [404, 409, 409, 404, 404]),
    Verb(
      "DELETE", "CHANNEL/members/MAX", public: [403, 403, 200, 200, 200], private: [404, 403, 200, 404, 404],
      direct: [404, 409, 409, 404, 404]),
    Verb(
      "PATCH", "CHANNEL/preferences", ["muted": true], public: [403, 200, 200, 403, 403],
      private: [404, 200, 200, 404, 404], direct: [404, 200, 200, 404, 404]),
    Verb(
      "GET", "CHANNEL/messages", public: [200, 200, 200, 200, 200], private: [404, 200, 200, 404, 404],
      direct: [404, 200, 200, 404, 404]),
    Verb(
      "POST", "CHANNEL/messages", ["text": "hello"], public: [201, 201, 201, 201, 201],
      private: [404, 201, 201, 404, 404], direct: [404, 201, 201, 404, 404]),
    Verb(
      "GET", "CHANNEL/pins", public: [200, 200, 200, 200, 200], private: [404, 200, 200, 404, 404],
      direct: [404, 200, 200, 404, 404]),
    Verb(
      "POST", "CHANNEL/read", ["id": "0"], public: [200, 200, 200, 200, 200],
      private: [404, 200, 200, 404, 404], direct: [404, 200, 200, 404, 404]),
    Verb(
      "GET", "CHANNEL/export", public: [403, 403, 200, 200, 200], private: [404, 403, 200, 404, 404],
      direct: [404, 409, 409, 404, 404]),
  ]

  @Test func `each operation answers each person according to the kind of channel`() async throws {
    try await TestAppliance.run { test in
      var people: [TestClient] = []
      for name in ["stranger", "member", "keeper"] { people.append(try await test.person(name)) }
      people.append(try await test.person("moderator", role: .moderator))
      people.append(try await test.person("boss", role: .admin))
      try await test.accounts(["max", "new"])
      let new = try await test.id("new")
      for verb in Self.verbs {
        for (kind, expected) in [
          ("public", verb.isPublic), ("private", verb.isPrivate), ("direct", verb.isDirect),
        ] {
          for (index, person) in people.enumerated() {
            let isDirect = kind == "direct"
            let channel = try await test.made(
              kind,
              "\(verb.method) \(Self.verbs.firstIndex { $0.path == verb.path && $0.body == verb.body } ?? 0) \(index)",
              by: people[2], with: isDirect ? ["member"] : ["member", "max"])
            let other = try await test.id(isDirect ? "keeper" : "max")
            let path = verb.path.split(separator: "/").map { part in
              part == "CHANNEL" ? channel : part == "MAX" ? String(other) : String(part)
            }.joined(separator: "/")
            var body = verb.body
            if body?["userId"] != nil { body = ["userId": .string(String(new))] }
            let answer = try await person.send(verb.method, "/api/chat/channels/\(path)", body)
            #expect(
              answer.status == expected[index],
              "\(kind) \(verb.testDescription) by \(index): \(answer.text.prefix(200))")
            if expected[index] == 404 { #expect(answer.code == "CHANNEL_NOT_FOUND") }
          }
        }
      }
    }
  }

  @Test func `nobody can leave, rename, archive, delete or join the general channel`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let path = "/api/chat/channels/general"
      let me = try await test.id("boss")
      for (method, path, body) in [
        ("PATCH", path, ["archived": true] as JSONValue?), ("PATCH", path, ["name": "all"]),
        ("DELETE", path, nil), ("DELETE", path + "/members/\(me)", nil), ("POST", path + "/members", [:]),
      ] {
        let answer = try await boss.send(method, path, body)
        #expect(answer.status == 409, "\(method) \(path)")
        #expect(answer.code == "GENERAL_CHANNEL", "\(method) \(path)")
      }
      let lea = try await test.person("lea")
      #expect(try await lea.send("PATCH", path, ["topic": "x"]).code == "NOT_CHANNEL_ADMIN")
      #expect(try await boss.send("PATCH", path, ["topic": "Hello"]).json["topic"]?.string == "Hello")
    }
  }

  @Test func `denied attempts are audited, without the names of private channels`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let boss = try await test.person("boss", role: .admin)
      let plans = try await test.made("public", by: lea, with: ["sam"])
      let secret = try await test.made("private", "hush", by: lea, with: ["sam"])
      #expect(try await sam.delete("/api/chat/channels/\(plans)").code == "NOT_CHANNEL_ADMIN")
      #expect(try await lea.delete("/api/chat/channels/\(plans)").status == 200)
      #expect(try await lea.delete("/api/chat/channels/\(secret)").status == 200)
      let actions = try await test.audited().filter { $0.hasPrefix("channel") }
      #expect(
        actions == [
          "channel_created", "channel_created", "channel_deleted refused", "channel_deleted",
          "channel_deleted",
        ])
      let log = try await boss.get("/api/admin/audit?limit=500").text
      #expect(log.contains("plans"))
      #expect(!log.contains("hush"))
    }
  }
}
