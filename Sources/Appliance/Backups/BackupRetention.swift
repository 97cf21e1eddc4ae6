import Glibc

/// Which backups are kept: the newest of each of the last days, weeks and months that have one, and all of the last 24 hours
/// before the newest, so that nobody loses one that they have just asked for.
enum BackupRetention {
  private static let day: Int64 = 24 * 3600 * 1000

  /// Those of the list, newest first, that are none of these. The newest is always kept.
  static func superfluous(
    _ items: [BackupFolder.Item], _ kept: Configuration.Backups.Kept
  ) -> [BackupFolder.Item] {
    let newest = items.first?.createdAt ?? 0
    var names = Set(items.filter { $0.createdAt > newest - day }.map(\.name))
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
