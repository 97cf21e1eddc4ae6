import HTTP
import Testing

@testable import Appliance

@Suite struct ChatRetentionTests {
  private static let day: Int64 = 24 * 3600 * 1000

  /// Runs the job once, and waits until it has finished.
  private static func tidy(_ test: TestAppliance) async throws {
    let job = try await test.appliance.database.write { [jobs = test.appliance.jobs] tx in
      try jobs.enqueue(ChatRetention.kind, priority: .high, in: tx).id
    }
    let hasEnded = try await test.changes.wait {
      let found = try await test.appliance.database.read { try Job.find(job, in: $0) }
      if found?.status == .failed { throw TestClient.Broken(reason: found?.errorCode ?? "failed") }
      return found?.status == .succeeded
    }
    guard hasEnded else { throw TestClient.Broken(reason: "the job never ended") }
  }

  @Test func `notifications of expired messages are withdrawn`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let channel = try await test.channel(.private, "brief", of: people.map(\.id))
      try await people[0].say("@sam one", in: channel)
      let last = try await people[0].say("@sam two", in: channel)
      try await test.change(channel, "UPDATE channels SET retention_days = 1 WHERE id = ?")
      try await test.appliance.database.write { tx in
        try tx.execute(
          "UPDATE chat_messages SET created_at = created_at - ? WHERE id < ?", 2 * Self.day, last)
      }
      try await Self.tidy(test)
      #expect(try await test.number("SELECT count FROM notifications") == 1)
      let call = "/* test */ SELECT details ->> 'message' = '\(last)' FROM notifications"
      #expect(try await test.number(call) == 1)
    }
  }

  @Test func `expired messages and their index entries are deleted; pinned ones stay`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let brief = try await test.made("private", "brief", by: lea)
      let kept = try await test.made("private", "kept", by: lea)
      var ids: [String: [Int64]] = [:]
      for channel in [brief, kept] {
        ids[channel] = try await test.wrote(1100, in: channel, by: "lea") { "egret \($0)" }
      }
      let old = try #require(ids[brief])
      let pinned = old[700]
      #expect(try await lea.put("/api/chat/messages/\(pinned)", ["pinned": true]).status == 200)
      #expect(try await lea.delete("/api/chat/messages/\(old[3])").status == 200)
      let age = 8 * Self.day
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE chat_messages SET created_at = created_at - ? WHERE id < ?", age, old[1090])
        try tx.execute(
          "UPDATE chat_messages SET created_at = created_at - ? WHERE channel_id = ?", age, Int64(kept))
      }
      // By now all messages are indexed.
      try await test.index()
      let path = "/api/chat/channels/\(brief)"
      #expect(try await lea.send("PATCH", path, ["retentionDays": 7]).json["retentionDays"]?.int == 7)
      try await Self.tidy(test)
      let left = try await lea.get(path + "/messages?limit=500").ids
      #expect(left == (Array(old[1090...].reversed()) + [pinned]).map(String.init))
      #expect(try await lea.get("/api/chat/channels/\(kept)/messages?limit=500").ids.count == 500)
      let hits = try await lea.get("/api/chat/search?q=egret&channel=\(brief)&limit=500").json.array
      #expect(hits?.count == 11)
      try await test.checkIndex()
    }
  }

  @Test func `messages of a deleted channel are deleted in batches, with their index entries`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      _ = try await test.wrote(1300, in: channel, by: "lea") { "ibis \($0)" }
      let other = try await test.said("ibis elsewhere", in: "1", by: lea)
      try await test.index()
      #expect(try await lea.delete("/api/chat/channels/\(channel)").status == 200)
      #expect(try await lea.get("/api/chat/channels/\(channel)/messages").status == 404)
      try await Self.tidy(test)
      let left = try await test.appliance.database.read { connection in
        try connection.query("SELECT id FROM chat_messages", map: { $0.int64(0) })
      }
      #expect(left == [other])
      #expect(try await test.appliance.database.read { try $0.scalar("SELECT 1 FROM chat_discarded") } == nil)
      try await test.checkIndex()
    }
  }

  @Test func `a private channel without members is deleted, one without an admin gets one`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let empty = try await test.made("private", "empty", by: lea)
      let orphan = try await test.made("private", "orphan", by: lea, with: ["sam"])
      try await test.said("last words", in: empty, by: lea)
      try await test.appliance.database.write { tx in
        try tx.execute("DELETE FROM users WHERE username = 'lea'")
      }
      try await Self.tidy(test)
      #expect(try await test.channel(orphan, of: sam)["role"]?.string == "admin")
      let left = try await test.appliance.database.read { connection in
        try connection.scalar("SELECT count(*) FROM channels WHERE id = ?", Int64(empty))
      }
      #expect(left == 0)
    }
  }
}
