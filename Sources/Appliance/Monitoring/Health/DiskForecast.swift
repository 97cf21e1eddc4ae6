/// When a disk will be full if it goes on filling as in the last day.
///
/// The history has whole percents, so that a single step says nothing: it needs half a day, and two percent more at its
/// end than at its beginning.
struct DiskForecast: Sendable, Equatable {
  struct Point: Sendable {
    /// In milliseconds since 1970.
    let at: Int64
    /// Percent of the disk in use.
    let used: Double
  }

  /// In milliseconds.
  private static let shortest: Int64 = 12 * 3600 * 1000
  private static let day = 24.0 * 3600 * 1000
  private static let leastGrowth = 2.0
  /// Further ahead a forecast means nothing.
  private static let farthest = 60.0

  /// Days until the disk is full.
  let days: Double

  /// `points` are in the order of time. Nil when there are too few, or when the disk does not fill within two months.
  init?(_ points: [Point]) {
    guard let first = points.first, let last = points.last, last.at - first.at >= Self.shortest,
      let slope = Self.slope(points)
    else { return nil }
    let quarter = max(1, points.count / 8)
    let growth = Self.mean(points.suffix(quarter)) - Self.mean(points.prefix(quarter))
    guard growth >= Self.leastGrowth, slope > 0 else { return nil }
    let days = max(0, 100 - last.used) / (slope * Self.day)
    guard days <= Self.farthest else { return nil }
    self.days = days
  }

  private static func mean(_ points: some Collection<Point>) -> Double {
    points.reduce(0) { $0 + $1.used } / Double(max(1, points.count))
  }

  /// Percent per millisecond by least squares; nil when all points are of one moment.
  private static func slope(_ points: [Point]) -> Double? {
    let origin = points.first?.at ?? 0
    let times = points.map { Double($0.at - origin) }
    let center = times.reduce(0, +) / Double(times.count)
    let level = mean(points)
    var (products, squares) = (0.0, 0.0)
    for (time, point) in zip(times, points) {
      products += (time - center) * (point.used - level)
      squares += (time - center) * (time - center)
    }
    return squares > 0 ? products / squares : nil
  }
}
