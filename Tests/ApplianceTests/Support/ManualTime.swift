import Synchronization

@testable import Appliance

extension Clock {
  /// One whose time passes as it says.
  init(now: @escaping @Sendable () -> Int64) { self.init(now: now, elapsed: now) }

  /// A clock that advances only when the test sets it.
  static func manual(_ time: ManualTime) -> Clock { Clock(now: { time.now }, elapsed: { time.elapsed }) }
}

/// The time of a manual clock, moved by hand from any thread.
final class ManualTime: Sendable {
  private let times: Mutex<(now: Int64, elapsed: Int64)>

  init(_ now: Int64 = 1_700_000_000_000) { times = Mutex((now, 0)) }

  var now: Int64 { times.withLock { $0.now } }
  var elapsed: Int64 { times.withLock { $0.elapsed } }

  /// When the clock is set back, no time passes.
  func advance(by step: Duration) {
    let (seconds, attoseconds) = step.components
    let step = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    times.withLock { $0 = ($0.now + step, $0.elapsed + max(0, step)) }
  }
}
