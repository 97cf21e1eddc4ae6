import HTTP
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct AuditFloodTests {
  private struct Line: Equatable {
    let action: String
    let count: Int64
    let details: String
    let isMixed: Bool
  }

  private func lines(_ test: TestAppliance) async throws -> [Line] {
    try await test.appliance.database.read { connection in
      try connection.query("SELECT action, count, details, mixed FROM audit ORDER BY id") {
        Line(action: $0.text(0), count: $0.int64(1), details: $0.text(2), isMixed: $0.bool(3))
      }
    }
  }

  private func record(
    _ action: Audit.Action, _ test: TestAppliance, by actor: Account?, details: String = "",
    from address: String = "",
    outcome: Audit.Outcome = .ok
  ) async throws {
    try await test.appliance.database.write { tx in
      try Audit.record(
        action, actor: actor, on: .none, from: address, outcome: outcome, details: details, in: tx)
    }
  }

  private func account(_ name: String, _ test: TestAppliance) async throws -> Account {
    try await test.accounts([name])
    let id = try await test.id(name)
    return try #require(try await test.appliance.database.read { try Account.find(id, in: $0) })
  }

  @Test func `identical actions in a row share one audit entry with a count and a last time`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await account("lea", test)
      try await record(.channelChanged, test, by: lea, details: "topic")
      let first = test.appliance.clock.now()
      time.advance(by: .seconds(5))
      for _ in 0..<499 { try await record(.channelChanged, test, by: lea, details: "topic") }
      #expect(
        try await lines(test) == [
          Line(action: "channel_changed", count: 500, details: "topic", isMixed: false)
        ])
      let (at, last) = try #require(
        try await test.appliance.database.read { connection in
          try connection.first("SELECT at, last_at FROM audit") { ($0.int64(0), $0.int64(1)) }
        })
      #expect(at == first && last == first + 5000)
      // Another entry in between, then some time: each gives a new entry.
      try await record(.signOut, test, by: lea)
      try await record(.channelChanged, test, by: lea, details: "topic")
      time.advance(by: .seconds(601))
      try await record(.channelChanged, test, by: lea, details: "topic")
      #expect(try await lines(test).map(\.count) == [500, 1, 1, 1])
    }
  }

  @Test func `many different changes in a short time are combined in a mixed entry`()
    async throws
  {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await account("lea", test)
      for number in 0..<2000 { try await record(.channelChanged, test, by: lea, details: "\(number)") }
      let kept = try await lines(test)
      #expect(kept.count == AuditLine.linesPerActor)
      #expect(kept.reduce(0) { $0 + $1.count } == 2000)
      #expect(kept.last?.isMixed == true && kept.dropLast().allSatisfy { !$0.isMixed })
      time.advance(by: .seconds(601))
      try await record(.channelChanged, test, by: lea, details: "later")
      #expect(
        try await lines(test).last
          == Line(action: "channel_changed", count: 1, details: "later", isMixed: false))
    }
  }

  @Test func `each action on another person has its own audit entry`() async throws {
    try await TestAppliance.run { test in
      let lea = try await account("lea", test)
      for number in 0..<100 { try await record(.roleChanged, test, by: lea, details: "\(number)") }
      #expect(try await lines(test).count == 100)
    }
  }

  @Test func `many refusals are counted without filling the disk`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      func refuse(_ count: Int, from address: String) async throws {
        for number in 0..<count {
          try await record(
            .signInRefused, test, by: nil, details: "\(number)", from: address, outcome: .refused)
        }
      }
      try await refuse(200, from: "192.0.2.7")
      #expect(try await lines(test).count == AuditLine.refusalsPerAddress)
      #expect(try await lines(test).reduce(0) { $0 + $1.count } == 200)
      try await refuse(1, from: "192.0.2.8")
      #expect(try await lines(test).count == AuditLine.refusalsPerAddress + 1)
      for number in 0..<300 { try await refuse(4, from: "198.51.100.\(number)") }
      let full = try await lines(test).count
      #expect(full <= AuditLine.refusalsPerDay + 2)
      time.advance(by: .seconds(61))
      try await refuse(50, from: "192.0.2.9")
      #expect(try await lines(test).count == full + 1)
      time.advance(by: .seconds(24 * 3600))
      try await refuse(3, from: "192.0.2.9")
      #expect(try await lines(test).count == full + 4)
      #expect(try await lines(test).reduce(0) { $0 + $1.count } == 201 + 1200 + 53)
    }
  }

  @Test func `the list and the CSV file contain the counts`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await account("lea", test)
      for _ in 0..<3 { try await record(.channelChanged, test, by: lea, details: "topic") }
      let line = try #require(try await boss.get("/api/admin/audit?action=channel_changed").json.array?.first)
      #expect(line["count"]?.int == 3 && line["mixed"]?.bool == false)
      #expect(line["lastAt"]?.string != nil)
      let table = try await boss.get("/api/admin/audit.csv?action=channel_changed").text
      #expect(table.contains("\"count\",\"lastAt\",\"mixed\"") && table.contains("\"topic\",\"3\",\""))
    }
  }

  @Test func `names and details are truncated by bytes`() async throws {
    try await TestAppliance.run { test in
      let lea = try await account("lea", test)
      let fat = "a" + String(repeating: "\u{301}", count: 10_000)
      try await record(.channelChanged, test, by: lea, details: fat)
      let kept = try await lines(test).last?.details
      #expect(kept?.utf8.count == 499 && kept?.unicodeScalars.count == 250)
      #expect("é".prefix(utf8: 1) == "" && "aé".prefix(utf8: 3) == "aé" && "a😀b".prefix(utf8: 4) == "a")
    }
  }
}
