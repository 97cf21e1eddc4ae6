import HTTP
import Synchronization

/// Counts requests by method and status class, and their durations.
final class RequestCounters: Sendable {
  /// Upper bounds of the histogram's buckets in microseconds.
  static let bounds = [1_000, 5_000, 25_000, 100_000, 500_000, 2_500_000]
  static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"]
  /// Statuses outside 1xx to 5xx count as the nearest class.
  static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]

  struct Counts: Sendable {
    /// One counter per method and class, ordered by `methods`, then `classes`.
    fileprivate(set) var byKind = [Int](repeating: 0, count: methods.count * classes.count)
    /// One counter per bucket, and one for longer durations.
    fileprivate(set) var byDuration = [Int](repeating: 0, count: bounds.count + 1)
    fileprivate(set) var total = 0
    fileprivate(set) var microseconds = 0
  }

  private let counts = Mutex(Counts())

  var current: Counts { counts.withLock { $0 } }

  func count(_ record: AccessRecord) {
    let method = Self.methods.firstIndex(of: record.method) ?? Self.methods.count - 1
    let kind = method * Self.classes.count + min(max(record.status / 100, 1), 5) - 1
    let duration = Self.bounds.firstIndex { record.microseconds <= $0 } ?? Self.bounds.count
    counts.withLock { counts in
      counts.byKind[kind] &+= 1
      counts.byDuration[duration] &+= 1
      counts.total &+= 1
      counts.microseconds &+= max(0, record.microseconds)
    }
  }
}
