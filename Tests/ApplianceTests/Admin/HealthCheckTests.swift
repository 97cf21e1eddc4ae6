import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// Checks by themselves, without an installation.
@Suite struct HealthCheckTests {
  private struct Broken: Error {}

  private static let fine = HealthFinding.ok(Sentence(fr: "Bien.", en: "Fine."))

  private func check(
    _ name: String, _ look: @escaping @Sendable () async throws -> HealthFinding
  ) -> HealthCheck {
    HealthCheck(name, Sentence(fr: name, en: name), look: look)
  }

  @Test func `a check that fails is to be looked at, and the others are made`() async {
    let health = Health([check("one") { throw Broken() }, check("two") { Self.fine }])
    let results = await health.results()
    #expect(results.map(\.finding.state) == [.attention, .ok])
    #expect(results[0].finding.detail == "Broken()")
    #expect(HealthSummary(results) == HealthSummary([results[0]]))
  }

  @Test func `a check that hangs does not keep the others waiting, and is not begun again`() async {
    let begun = Mutex(0)
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let health = Health(
      [
        check("hangs") {
          begun.withLock { $0 += 1 }
          for await _ in gate {}
          return Self.fine
        }, check("two") { Self.fine },
      ],
      pause: { check in
        // Only the one that hangs has taken too long.
        if check.name != "hangs" { try await Task.sleep(for: .seconds(3600)) }
      })
    for _ in 0..<2 {
      let states = await health.results().map(\.finding.state)
      #expect(states == [.attention, .ok])
    }
    #expect(begun.withLock { $0 } == 1)
    opener.finish()
  }

  @Test func `the summary says the worst and counts`() {
    let finding = { (state: HealthCheck.State) in
      HealthResult(
        check: self.check("one") { Self.fine },
        finding: HealthFinding(state, Sentence(fr: "Voilà.", en: "So."), command: "mend it"))
    }
    #expect(HealthSummary([]).state == .ok && HealthSummary([]).sentence == "all is well")
    let summary = HealthSummary([finding(.ok), finding(.broken), finding(.attention), finding(.attention)])
    #expect(summary.state == .broken && summary.state.level == 2)
    #expect(summary.sentence == "1 broken, 2 to look at")
    #expect([finding(.broken)].lines() == ["[broken] one: So.", "    run: mend it"])
    #expect([finding(.broken)].lines(isPrivate: true) == ["[broken] one: So."])
  }

  // MARK: forecast

  private func day(_ used: (Double) -> Double, hours: Double = 24) -> [DiskForecast.Point] {
    stride(from: 0.0, through: hours, by: 1).map {
      DiskForecast.Point(at: Int64($0 * 3_600_000), used: used($0))
    }
  }

  @Test func `a history that is short, flat, falling or of one step gives no forecast`() {
    #expect(DiskForecast([]) == nil)
    #expect(DiskForecast(day({ 50 + $0 }, hours: 11)) == nil)
    #expect(DiskForecast(day { _ in 50 }) == nil)
    #expect(DiskForecast(day { 50 - $0 }) == nil)
    #expect(DiskForecast(day { $0 < 12 ? 50 : 51 }) == nil)
    #expect(DiskForecast(Array(repeating: DiskForecast.Point(at: 1, used: 50), count: 99)) == nil)
  }

  @Test func `a disk that fills steadily is full when the line reaches its end`() throws {
    let forecast = try #require(DiskForecast(day { 50 + $0 / 2.4 }))
    #expect(abs(forecast.days - 4) < 0.1)
    let full = try #require(DiskForecast(day { min(100, 90 + $0) }))
    #expect(full.days == 0)
  }

  // MARK: certificate

  @Test(
    arguments: [
      (15 * 86_400, 15 * 86_400, .ok, nil),
      (13 * 86_400, 13 * 86_400, .attention, nil), (-1, -1, .broken, nil), (0, 0, .broken, nil),
      (-1, 90 * 86_400, .broken, "systemctl reload obox"),
      (13 * 86_400, 90 * 86_400, .attention, "systemctl reload obox"),
    ] as [(Int64, Int64, HealthCheck.State, String?)])
  func `a certificate is told two weeks before its end`(
    ends: Int64, stored: Int64, state: HealthCheck.State, command: String?
  ) {
    let now: Int64 = 1_800_000_000
    let found = HealthCheck.certificate(ends: now + ends, stored: now + stored, now: now * 1000)
    #expect(found.state == state && found.command == command)
    #expect((found.advice == nil) == (state == .ok))
  }

  @Test func `times far away are no crash`() {
    for ends in [Int64.min / 2000, 0, Int64.max / 2000] {
      _ = HealthCheck.certificate(ends: ends, stored: ends, now: 1_800_000_000_000)
    }
  }
}
