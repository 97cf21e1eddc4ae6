import Glibc

/// The system clocks, read through the vDSO.
enum Clock {
  /// The monotonic clock in milliseconds, accurate to a few milliseconds.
  static var coarseMilliseconds: Int64 { read(CLOCK_MONOTONIC_COARSE) / 1_000_000 }

  static var nanoseconds: Int64 { read(CLOCK_MONOTONIC) }

  /// Seconds since 1970.
  static var wallSeconds: Int64 { read(CLOCK_REALTIME_COARSE) / 1_000_000_000 }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Duration {
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return Int64(clamping: Int(clamping: seconds) * 1000) + attoseconds / 1_000_000_000_000_000
  }
}
