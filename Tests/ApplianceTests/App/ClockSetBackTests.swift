import HTTP
import Store
import Testing

@testable import Appliance

/// A clock that ran two hours ahead and is put right stops nothing.
@Suite struct ClockSetBackTests {
  private static let ahead: Duration = .seconds(7200)

  @Test func `a periodic job goes on, and a job that waits is taken up`() async throws {
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

  @Test func `a code of two-step sign-in is taken, and once only`() throws {
    let secret = TOTP.newSecret()
    let now: Int64 = 1_700_000_000_000
    let code = TOTP.code(secret, step: TOTP.step(at: now))
    let later = TOTP.step(at: now + 7_200_000)
    let step = try #require(TOTP.step(of: code, secret: secret, at: now, after: later))
    #expect(TOTP.step(of: code, secret: secret, at: now, after: step) == nil)
  }

  @Test func `a lease from the time ahead does not last for hours`() async throws {
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
