import HTTP
import Testing

@testable import Appliance

/// Pages of long messages are limited in bytes, and paging still reaches every message.
@Suite struct HeavyPageTests {
  private static let long = String(repeating: "\u{1F600}", count: 8000)

  @Test(arguments: ["messages", "pins"])
  func `pages of long messages are shorter, and paging reaches all messages`(_ list: String)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let ids = try await test.wrote(120, in: channel, by: "lea") { _ in Self.long }
      try await test.appliance.database.write { tx in
        _ = try tx.execute("UPDATE chat_messages SET pinned_at = 1")
      }
      var seen: [String] = []
      var next: String? = String(Int64.max)
      while let before = next {
        let page = try await lea.get("/api/chat/channels/\(channel)/\(list)?limit=500&before=\(before)")
        #expect(page.ids.count <= 50)
        #expect(page.text.utf8.count < 3 << 20)
        seen += page.ids
        next = page.headers["x-next-before"]
      }
      #expect(seen == ids.reversed().map(String.init))
    }
  }

  @Test func `a page after a message starts directly after it, however long the messages`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let ids = try await test.wrote(120, in: channel, by: "lea") { _ in Self.long }
      let path = "/api/chat/channels/\(channel)/messages"
      let page = try await lea.get(path + "?limit=500&after=\(ids[9])")
      #expect(page.ids == ids[10..<60].reversed().map(String.init))
    }
  }
}
