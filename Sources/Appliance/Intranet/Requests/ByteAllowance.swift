import HTTP
import Synchronization

/// Limits the bytes of the files that a person may attach to anonymous requests, which count in no quota. In
/// memory only, so that nothing stored tells who submitted one.
final class ByteAllowance: Sendable {
  /// In bytes.
  static let most: Int64 = 50 << 20
  /// In milliseconds, from the first file on.
  static let period: Int64 = 3600 * 1000
  private static let mostEntries = 10_000

  private let taken = Mutex<[Int64: (since: Int64, bytes: Int64)]>([:])
  private let clock: Clock

  init(clock: Clock) {
    self.clock = clock
  }

  /// Throws 413 for more than can ever be taken, 429 with `Retry-After` beyond what is left.
  func take(_ bytes: Int64, by person: Int64) throws(Failure) {
    let now = clock.elapsed()
    guard bytes <= Self.most else { throw Self.refusal(413) }
    let wait: Int64 = taken.withLock { taken in
      if taken.count >= Self.mostEntries, taken[person] == nil {
        taken = taken.filter { now - $0.value.since < Self.period }
        if taken.count >= Self.mostEntries { taken.removeAll() }
      }
      var entry = taken[person] ?? (since: now, bytes: 0)
      if now - entry.since >= Self.period { entry = (since: now, bytes: 0) }
      guard entry.bytes + bytes <= Self.most else { return entry.since + Self.period - now }
      entry.bytes += bytes
      taken[person] = entry
      return 0
    }
    guard wait > 0 else { return }
    var refusal = Self.refusal(429)
    refusal.headers = [("Retry-After", String((wait + 999) / 1000))]
    throw refusal
  }

  private static func refusal(_ status: Int) -> Failure {
    let sentence = Sentence(
      fr: "Fichiers de demandes anonymes : \(most >> 20) Mo par heure au maximum.",
      en: "Files of anonymous requests: at most \(most >> 20) MB per hour.")
    let code = "TOO_MANY_BYTES"
    return Failure(status, code, sentence, errors: [FieldError("files", code, sentence)])
  }
}
