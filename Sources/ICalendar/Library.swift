import CIcal
import Synchronization

/// libical, used by one thread at a time: its table of time zones is filled as they are asked for.
enum Library {
  private static let lock = Mutex(false)

  static func locked<T: Sendable>(_ body: () throws -> T) rethrows -> T {
    try lock.withLock { isPrepared in
      if !isPrepared {
        // What is wrong with an input is answered, and ends no program.
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
