import Glibc

/// Which backups are kept: the newest of each of the last days, weeks and months that have one.
enum BackupRetention {
  private static let day: Int64 = 24 * 3600 * 1000

  /// Those of the list, newest first, that are none of these. The newest is always kept.
  static func superfluous(
    _ items: [BackupFolder.Item], _ kept: Configuration.Backups.Kept
  ) -> [BackupFolder.Item] {
    var names = Set(items.prefix(1).map(\.name))
    for (count, period) in [(kept.days, days), (kept.weeks, weeks), (kept.months, months)] {
      var seen: Set<Int64> = []
      for item in items where seen.count < count && seen.insert(period(item.createdAt)).inserted {
        names.insert(item.name)
      }
    }
    return items.filter { !names.contains($0.name) }
  }

  private static func days(_ time: Int64) -> Int64 { time / day }

  /// Weeks begin on Monday, and 1 January 1970 was a Thursday.
  private static func weeks(_ time: Int64) -> Int64 { (time / day + 3) / 7 }

  private static func months(_ time: Int64) -> Int64 {
    var seconds = time_t(time / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return Int64(parts.tm_year) * 12 + Int64(parts.tm_mon)
  }
}
