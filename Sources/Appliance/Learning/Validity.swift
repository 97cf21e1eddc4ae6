import ICalendar

/// Until when what somebody has completed is valid.
enum Validity {
  /// Months after a completion, on the same day and at the same hour in the time zone of the installation: `valid until`
  /// names a day, which must not change with summer time. Nil for ever. In milliseconds since 1970.
  static func end(of completion: Int64, months: Int64?, in zone: Zone = .host) -> Int64? {
    guard let months else { return nil }
    return zone.wallClock(at: completion).adding(months: Int(clamping: months)).map(zone.moment(of:))
  }
}
