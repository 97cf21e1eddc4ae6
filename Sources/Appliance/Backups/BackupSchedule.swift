import Glibc

/// When backups and verifications are made by themselves.
enum BackupSchedule {
  /// After an attempt that failed: six hours, in milliseconds.
  static let pause: Int64 = 6 * 3600 * 1000
  /// Between two verifications: a week less an hour, so that the hour of the day stays.
  static let week: Int64 = (7 * 24 - 1) * 3600 * 1000

  /// The last time at which a backup was due, on the host's clock.
  static func slot(before now: Int64, hour: Int) -> Int64 {
    var seconds = time_t(now / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (Int32(hour), 0, 0, -1)
    var slot = parts
    if Int64(mktime(&slot)) * 1000 > now {
      slot = parts
      slot.tm_mday -= 1
    }
    return Int64(mktime(&slot)) * 1000
  }

  /// Whether a backup is to be made now: none was made since the last slot, and none has failed lately.
  static func isDue(at now: Int64, hour: Int, _ last: BackupRuns.Run?) -> Bool {
    guard let last else { return true }
    // A clock that was set back must not stop the backups.
    let isSilent = last.at > now || now - last.at >= (last.errorCode == nil ? 0 : pause)
    return isSilent && (last.succeededAt ?? 0) < slot(before: now, hour: hour)
  }

  /// Whether the newest backup is to be verified now.
  static func isVerificationDue(at now: Int64, _ last: BackupRuns.Run?) -> Bool {
    guard let last else { return true }
    let isSilent = last.at > now || now - last.at >= (last.errorCode == nil ? 0 : pause)
    return isSilent && ((last.succeededAt ?? 0) > now || now - (last.succeededAt ?? 0) >= week)
  }
}
