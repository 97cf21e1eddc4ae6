import HTTP
import Store
import Testing

@testable import Appliance

/// Correcting a clock that was two hours ahead must not stop anything.
@Suite struct ClockSetBackTests {
  private static let ahead: Duration = .seconds(7200)

  @Test func `periodic jobs continue, and waiting jobs become due`() async throws {
    let bench = try JobBench()
    bench.time.advance(by: Self.ahead)
    let runner = bench.runner([ScriptedKind(), ScriptedKind(name: "test.periodic", period: 300_000)])
    try await runner.start()
    let isPlanned = try await bench.changes.wait {
      try await bench.database.read { try $0.scalar("SELECT count(*) FROM jobs") } == 1
    }
    #expect(isPlanned)
    let stranded = try await bench.database.write { tx -> Int64 in
      try tx.execute(
        "INSERT INTO jobs (kind, arguments, priority, run_at, created_at) VALUES (?, '{}', 500, ?, ?)",
        "test.scripted", tx.now + 600_000, tx.now)
      return tx.lastInsertedID
    }
    bench.time.advance(by: .zero - Self.ahead)
    bench.queue.wake()
    #expect(try await bench.job(stranded).status == .succeeded)
    let planned = try await bench.database.read {
      try $0.scalar("SELECT count(*) FROM jobs WHERE kind = 'test.periodic'")
    }
    #expect(planned == 2)
    await runner.stop()
    try await bench.close()
  }

  @Test func `a code of two-step sign-in is accepted, once`() throws {
    let secret = TOTP.newSecret()
    let now: Int64 = 1_700_000_000_000
    let code = TOTP.code(secret, step: TOTP.step(at: now))
    let later = TOTP.step(at: now + 7_200_000)
    let step = try #require(TOTP.step(of: code, secret: secret, at: now, after: later))
    #expect(TOTP.step(of: code, secret: secret, at: now, after: step) == nil)
  }

  @Test func `waiting for the next attempt takes as long as announced`() throws {
    let time = ManualTime()
    let limiter = AttemptLimiter(clock: .manual(time))
    for _ in 0..<2 { limiter.fail("x", free: 0) }
    time.advance(by: .zero - Self.ahead)
    let refusal = #expect(throws: Failure.self) { try limiter.check("x") }
    #expect(refusal?.headers.first { $0.name == "Retry-After" }?.value == "4")
    time.advance(by: .seconds(4))
    try limiter.check("x")
    // Failures are forgotten after half an hour, not by a change of the clock.
    limiter.fail("x", free: 0)
    #expect(throws: Failure.self) { try limiter.check("x") }
  }

  @Test func `error reports are accepted again after a minute`() throws {
    let time = ManualTime()
    let allowance = ReportAllowance(clock: .manual(time))
    for _ in 0..<ReportAllowance.fromOne { try allowance.take("here") }
    time.advance(by: .zero - Self.ahead)
    #expect(throws: Failure.self) { try allowance.take("here") }
    time.advance(by: .seconds(60))
    try allowance.take("here")
  }

  @Test func `slow mode does not block a channel for hours, and still applies`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("public", by: lea)
      let path = "/api/chat/channels/\(channel)"
      #expect(try await lea.send("PATCH", path, ["slowSeconds": 600]).status == 200)
      time.advance(by: Self.ahead)
      try await test.said("ahead", in: channel, by: sam)
      time.advance(by: .zero - Self.ahead)
      try await test.said("right again", in: channel, by: sam)
      #expect(try await sam.post(path + "/messages", ["text": "at once"]).code == "SLOW_MODE")
      time.advance(by: .seconds(601))
      try await test.said("later", in: channel, by: sam)
    }
  }

  @Test func `a lease with a time in the future does not last for hours`() async throws {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      try await test.accounts(["lea"])
      time.advance(by: Self.ahead)
      _ = try await test.welcome("lea", at: "desk")
      time.advance(by: .zero - Self.ahead)
      #expect(try await test.signIn("lea", at: "elsewhere").status == 200)
    }
  }
}
