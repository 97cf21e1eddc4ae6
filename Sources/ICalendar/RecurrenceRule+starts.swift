import CIcal

extension RecurrenceRule {
  /// Limit of the steps of one computation, skipped days included, so that no rule occupies a thread for long.
  private static let mostSteps = 20_000

  /// The starts within `range`, in milliseconds since 1970 and in order; at most `most`. All have the same
  /// local time in `zone`, also across daylight-saving changes.
  public func starts(first: Int64, in zone: Zone, within range: Range<Int64>, most: Int = 1000) -> [Int64] {
    Library.locked { unlockedStarts(first, zone, range, most) }
  }

  private func unlockedStarts(_ first: Int64, _ zone: Zone, _ range: Range<Int64>, _ most: Int) -> [Int64] {
    let last = min(range.upperBound - 1, lastMoment(in: zone) ?? .max)
    let earliest = max(first, range.lowerBound)
    guard most > 0, last >= earliest else { return [] }
    let begin = beginning(zone.unlockedWallClock(at: first), near: zone.unlockedWallClock(at: earliest))
    var starts: [Int64] = []
    walk(from: begin) { clock in
      let start = zone.unlockedMoment(of: clock)
      guard start <= last else { return false }
      if start >= earliest { starts.append(start) }
      return starts.count < most
    }
    return starts
  }

  /// A start no later than `target` from which the rule yields the same times as from `first`. It skips whole
  /// periods of daily and weekly rules at once.
  private func beginning(_ first: WallClock, near target: WallClock) -> WallClock {
    guard count == nil, frequency == .daily || frequency == .weekly else { return first }
    let step = Int64(interval) * (frequency == .daily ? 1 : 7) * WallClock.day
    // Two days less, for daylight-saving changes in between.
    let distance = target.seconds - first.seconds - 2 * WallClock.day
    return distance > 0 ? WallClock(seconds: first.seconds + distance / step * step) : first
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
