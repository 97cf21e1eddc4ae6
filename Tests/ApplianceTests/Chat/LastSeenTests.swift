import HTTP
import Testing

@testable import Appliance

/// When members of a channel were last seen.
@Suite(.timeLimit(.minutes(30))) struct LastSeenTests {
  @Test func `the time is shown for members and peers, not for new or deactivated people`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("sam")
      _ = try await test.accounts(["never"])
      let channel = try await test.made("private", by: lea, with: ["sam", "never"])
      let direct = try await test.made("direct", by: lea, with: ["sam"])
      func seen() async throws -> [String: Bool] {
        let members = try await lea.get("/api/chat/channels/\(channel)/members").json.array ?? []
        return Dictionary(
          uniqueKeysWithValues: members.map { member in
            (member["username"]?.string ?? "", member["lastSeen"]?.string != nil)
          })
      }
      #expect(try await seen() == ["lea": true, "sam": true, "never": false])
      #expect(try await test.channel(direct, of: lea)["with"]?["lastSeen"]?.string != nil)
      let list = try await lea.get("/api/chat/channels").json.array ?? []
      #expect(list.contains { $0["with"]?["lastSeen"]?.string != nil })

      try await test.write("UPDATE users SET is_active = 0 WHERE username = 'sam'")
      #expect(try await seen() == ["lea": true, "sam": false, "never": false])
      #expect(try await test.channel(direct, of: lea)["with"]?["lastSeen"]?.isNull == true)
    }
  }
}
