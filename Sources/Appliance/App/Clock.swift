import Glibc
import Synchronization

/// Tells the time, in milliseconds since 1970; a value so that tests can bring their own.
struct Clock: Sendable {
  var now: @Sendable () -> Int64

  static let system = Clock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// A clock that stands still until its time is moved.
  static func manual(_ time: ManualTime) -> Clock { Clock { time.now } }
}

/// The time of a manual clock, moved by hand from any thread.
final class ManualTime: Sendable {
  private let milliseconds: Mutex<Int64>

  init(_ now: Int64 = 1_700_000_000_000) { milliseconds = Mutex(now) }

  var now: Int64 { milliseconds.withLock { $0 } }

  func advance(by step: Duration) {
    let (seconds, attoseconds) = step.components
    milliseconds.withLock { $0 += seconds * 1000 + attoseconds / 1_000_000_000_000_000 }
  }
}
