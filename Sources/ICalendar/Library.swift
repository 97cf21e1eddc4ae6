import CIcal
import Synchronization

/// Serialises the use of libical, which loads its time zones on first use and is not thread-safe.
enum Library {
  private static let lock = Mutex(false)

  static func locked<T: Sendable>(_ body: () throws -> T) rethrows -> T {
    try lock.withLock { isPrepared in
      if !isPrepared {
        // Errors in the input are returned instead of ending the process.
        icalerror_set_errors_are_fatal(0)
        isPrepared = true
      }
      return try body()
    }
  }
}

extension WallClock {
  init?(_ time: icaltimetype) {
    self.init(
      year: Int(time.year), month: Int(time.month), day: Int(time.day), hour: Int(time.hour),
      minute: Int(time.minute), second: min(59, Int(time.second)))
  }

  /// Without a time zone.
  var icalTime: icaltimetype {
    let parts = parts
    var time = icaltimetype()
    (time.year, time.month, time.day) = (Int32(parts.year), Int32(parts.month), Int32(parts.day))
    (time.hour, time.minute, time.second) = (Int32(parts.hour), Int32(parts.minute), Int32(parts.second))
    return time
  }
}
