import Testing

@testable import Appliance

@Suite struct ClockTests {
  @Test func `a manual clock advances only when told to`() {
    let time = ManualTime(5)
    let clock = Clock.manual(time)
    #expect(clock.now() == 5)
    time.advance(by: .milliseconds(1500))
    #expect(clock.now() == 1505)
  }

  @Test func `the system clock is in milliseconds`() {
    #expect(Clock.system.now() > 1_700_000_000_000)
    #expect(Clock.system.now() < 100_000_000_000_000)
  }
}
