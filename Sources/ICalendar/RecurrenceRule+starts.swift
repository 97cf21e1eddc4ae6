import CIcal

extension RecurrenceRule {
  /// Limit of the steps of one computation, skipped days included, so that no rule occupies a thread for long.
  private static let mostSteps = 20_000

  /// The starts within `range`, in milliseconds since 1970 and in order; at most `most`. All have the same
  /// local time in `zone`, also across daylight-saving changes. For a rule with COUNT, `last` is its last start if that
  /// is known (`lastStart`): otherwise every start before the range is computed.
  public func starts(
    first: Int64, in zone: Zone, within range: Range<Int64>, most: Int = 1000, last: Int64? = nil
  ) -> [Int64] {
    Library.locked { unlockedStarts(first, zone, range, most, last) }
  }

  /// The last start before a moment; nil if there is none, or the rule has no end.
  public func lastStart(first: Int64, in zone: Zone, before limit: Int64) -> Int64? {
    Library.locked {
      if count != nil {
        return unlockedStarts(first, zone, first..<max(first, limit), Self.mostCount, nil).last
      }
      guard let until = lastMoment(in: zone) else { return nil }
      let end = min(limit, until == .max ? until : until + 1)
      // Rules are daily at most and come true within few years.
      for years: Int64 in [1, 10, 100, 400] {
        let start = max(first, end - years * 366 * WallClock.day * 1000)
        guard start < end else { return nil }
        if let last = unlockedStarts(first, zone, start..<end, Self.mostSteps, nil).last { return last }
      }
      return nil
    }
  }

  private func unlockedStarts(
    _ first: Int64, _ zone: Zone, _ range: Range<Int64>, _ most: Int, _ known: Int64?
  ) -> [Int64] {
    let last = min(range.upperBound - 1, lastMoment(in: zone) ?? .max, known ?? .max)
    let earliest = max(first, range.lowerBound)
    guard most > 0, last >= earliest else { return [] }
    let isCounted = count != nil && known == nil
    let clock = zone.unlockedWallClock(at: first)
    let begin = isCounted ? clock : beginning(clock, near: zone.unlockedWallClock(at: earliest))
    var left = isCounted ? count ?? 0 : .max
    var starts: [Int64] = []
    walk(from: begin) { clock in
      let start = zone.unlockedMoment(of: clock)
      guard start <= last, left > 0 else { return false }
      left -= 1
      if start >= earliest { starts.append(start) }
      return starts.count < most
    }
    return starts
  }

  /// A start no later than `target` from which the rule, without its COUNT, yields the same times as from `first`. It
  /// skips whole periods at once.
  private func beginning(_ first: WallClock, near target: WallClock) -> WallClock {
    switch frequency {
    case .daily, .weekly:
      let step = Int64(interval) * (frequency == .daily ? 1 : 7) * WallClock.day
      // Two days less, for daylight-saving changes in between.
      let distance = target.seconds - first.seconds - 2 * WallClock.day
      return distance > 0 ? WallClock(seconds: first.seconds + distance / step * step) : first
    case .monthly, .yearly:
      let step = interval * (frequency == .monthly ? 1 : 12)
      let (from, to) = (first.parts, target.parts)
      // A period less, and further ones while the month does not have that day.
      var periods = ((to.year - from.year) * 12 + to.month - from.month) / step - 1
      while periods > 0 {
        let month = from.year * 12 + from.month - 1 + periods * step
        let clock = WallClock(
          year: month / 12, month: month % 12 + 1, day: from.day, hour: from.hour, minute: from.minute,
          second: from.second)
        if let clock { return clock }
        periods -= 1
      }
      return first
    }
  }

  /// Passes the local times that the rule yields to `body`, in order, until it returns false.
  private func walk(from first: WallClock, _ body: (WallClock) -> Bool) {
    guard let iterator = icalrecur_iterator_new(icalrecurrencetype_from_string(endless), first.icalTime)
    else {
      return
    }
    defer { icalrecur_iterator_free(iterator) }
    for _ in 0..<Self.mostSteps {
      guard let clock = WallClock(icalrecur_iterator_next(iterator)), body(clock) else { return }
    }
  }
}
