import Glibc

/// A source of time in milliseconds since 1970; a value, so that tests can replace it.
struct Clock: Sendable {
  var now: @Sendable () -> Int64
  /// Milliseconds since an arbitrary start, for timeouts in memory: never decreases, whatever the system time
  /// is set to, and includes time in suspend.
  var elapsed: @Sendable () -> Int64

  init(now: @escaping @Sendable () -> Int64, elapsed: @escaping @Sendable () -> Int64) {
    (self.now, self.elapsed) = (now, elapsed)
  }

  static let system = Clock(now: { read(CLOCK_REALTIME) }, elapsed: { read(CLOCK_BOOTTIME) })

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
