import Glibc
import Synchronization

/// A source of time in milliseconds since 1970; a value, so that tests can replace it.
struct Clock: Sendable {
  var now: @Sendable () -> Int64
  /// Milliseconds since an arbitrary start, for timeouts in memory: never decreases, whatever the system time
  /// is set to, and includes time in suspend.
  var elapsed: @Sendable () -> Int64

  init(now: @escaping @Sendable () -> Int64, elapsed: @escaping @Sendable () -> Int64) {
    (self.now, self.elapsed) = (now, elapsed)
  }

  /// A clock whose elapsed time equals its time.
  init(now: @escaping @Sendable () -> Int64) { self.init(now: now, elapsed: now) }

  static let system = Clock(now: { read(CLOCK_REALTIME) }, elapsed: { read(CLOCK_BOOTTIME) })

  /// A clock that only advances when told to, for tests.
  static func manual(_ time: ManualTime) -> Clock { Clock(now: { time.now }, elapsed: { time.elapsed }) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// The time of a manual clock, set from any thread.
final class ManualTime: Sendable {
  private let times: Mutex<(now: Int64, elapsed: Int64)>

  init(_ now: Int64 = 1_700_000_000_000) { times = Mutex((now, 0)) }

  var now: Int64 { times.withLock { $0.now } }
  var elapsed: Int64 { times.withLock { $0.elapsed } }

  /// A negative step corrects the time: `elapsed` does not change.
  func advance(by step: Duration) {
    let (seconds, attoseconds) = step.components
    let step = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    times.withLock { $0 = ($0.now + step, $0.elapsed + max(0, step)) }
  }
}
