import HTTP
import Synchronization

/// Slows down whoever keeps failing: free attempts first, then a wait that doubles with each failure.
///
/// In memory and bounded; a wait never exceeds `longestWait`, so nobody is locked out for ever.
final class AttemptLimiter: Sendable {
  private struct Entry {
    var failures: Int
    var blockedUntil: Int64
    var lastAt: Int64
  }

  /// Milliseconds.
  static let longestWait: Int64 = 5 * 60 * 1000
  /// Failures are forgotten after this long without another one, in milliseconds.
  static let memory: Int64 = 30 * 60 * 1000
  static let mostEntries = 20_000

  private let entries = Mutex<[String: Entry]>([:])
  private let clock: Clock

  init(clock: Clock) {
    self.clock = clock
  }

  /// Throws 429 with `Retry-After` while `key` has to wait.
  func check(_ key: String) throws(Failure) {
    let now = clock.now()
    let wait = entries.withLock { entries in max(0, (entries[key]?.blockedUntil ?? 0) - now) }
    guard wait > 0 else { return }
    let seconds = Int((wait + 999) / 1000)
    throw Failure(
      429, "TOO_MANY_ATTEMPTS",
      Sentence(
        fr: "Trop d’essais. Réessayez dans \(seconds) s.",
        en: "Too many attempts. Try again in \(seconds) s."),
      headers: [("Retry-After", String(seconds))])
  }

  /// Throws 429 as `check` does, else counts an attempt that has yet to succeed: both in one, so that many
  /// at once do not all pass before the first has failed.
  func begin(_ key: String, free: Int) throws(Failure) {
    try check(key)
    fail(key, free: free)
  }

  /// Takes one counted attempt back, and leaves those that failed.
  func forgive(_ key: String) {
    entries.withLock { entries in
      guard var entry = entries[key] else { return }
      entry.failures -= 1
      entry.blockedUntil = 0
      entries[key] = entry.failures > 0 ? entry : nil
    }
  }

  /// Counts a failure; after `free` of them each one doubles the wait.
  func fail(_ key: String, free: Int) {
    let now = clock.now()
    entries.withLock { entries in
      if entries.count >= Self.mostEntries { Self.prune(&entries, now: now) }
      var entry = entries[key] ?? Entry(failures: 0, blockedUntil: 0, lastAt: now)
      if now - entry.lastAt > Self.memory { entry.failures = 0 }
      entry.failures = min(entry.failures + 1, 1000)
      entry.lastAt = now
      if entry.failures > free {
        let wait = Int64(1000) << Int64(min(entry.failures - free, 12))
        entry.blockedUntil = now + min(wait, Self.longestWait)
      }
      entries[key] = entry
    }
  }

  func succeed(_ key: String) {
    entries.withLock { $0[key] = nil }
  }

  private static func prune(_ entries: inout [String: Entry], now: Int64) {
    entries = entries.filter { now - $0.value.lastAt < memory }
    if entries.count >= mostEntries { entries.removeAll() }
  }
}
