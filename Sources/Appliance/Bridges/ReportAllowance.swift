import HTTP
import Synchronization

/// Rate limit of error reports per minute, per address and in total.
final class ReportAllowance: Sendable {
  static let fromOne = 30
  static let fromAll = 300
  private static let minute: Int64 = 60_000

  private struct Minute {
    var number: Int64 = 0
    var all = 0
    /// Reports by address; bounded, since at most `fromAll` are counted.
    var places: [String: Int] = [:]
  }

  private let minute = Mutex(Minute())
  private let clock: Clock

  init(clock: Clock) {
    self.clock = clock
  }

  /// Counts one report; throws 429 with `Retry-After` beyond the limit.
  func take(_ place: String) throws(Failure) {
    let now = clock.elapsed()
    let isTaken = minute.withLock { minute in
      if minute.number != now / Self.minute { minute = Minute(number: now / Self.minute) }
      guard minute.all < Self.fromAll, minute.places[place, default: 0] < Self.fromOne else { return false }
      minute.all += 1
      minute.places[place, default: 0] += 1
      return true
    }
    guard isTaken else { throw Self.tooMany(seconds: Int(60 - now % Self.minute / 1000)) }
  }

  private static func tooMany(seconds: Int) -> Failure {
    Failure(
      429, "TOO_MANY_REPORTS",
      Sentence(
        fr: "Trop de rapports d’erreur. Réessayez dans \(seconds) s.",
        en: "Too many error reports. Try again in \(seconds) s."),
      headers: [("Retry-After", String(seconds))])
  }
}
