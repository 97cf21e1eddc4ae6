import HTTP
import Synchronization

/// Rate limit for failed attempts: some are free, then each failure doubles the waiting time.
///
/// In memory and bounded; the wait never exceeds `longestWait`, so nobody is locked out permanently.
final class AttemptLimiter: Sendable {
  /// A key under which attempts are counted, with its limits.
  struct Key: Sendable, Hashable {
    let text: String
    /// Number of failures without a wait.
    let free: Int
    /// Maximum number of concurrent attempts, so that a burst cannot get ahead of the counting.
    let atOnce: Int

    init(text: String, free: Int, atOnce: Int) {
      self.text = AttemptLimiter.short(text)
      self.free = free
      self.atOnce = atOnce
    }
  }

  private struct Entry {
    var failures = 0
    var underWay = 0
    var blockedUntil: Int64 = 0
    var lastAt: Int64
  }

  /// In milliseconds.
  static let longestWait: Int64 = 5 * 60 * 1000
  /// Time after the last failure when failures are forgotten, in milliseconds.
  static let memory: Int64 = 30 * 60 * 1000
  static let mostEntries = 20_000
  /// In bytes. Longer keys are replaced by their hash, since their length is chosen by the client.
  static let longestKey = 128

  private let entries = Mutex<[String: Entry]>([:])
  private let clock: Clock

  init(clock: Clock) {
    self.clock = clock
  }

  /// Throws 429 with `Retry-After` while the key must wait.
  func check(_ key: String) throws(Failure) {
    let now = clock.elapsed()
    let key = Self.short(key)
    let wait = entries.withLock { entries in max(0, (entries[key]?.blockedUntil ?? 0) - now) }
    if wait > 0 { throw Self.refusal(wait) }
  }

  /// Counts a failure; after `free` failures each one doubles the wait.
  func fail(_ key: String, free: Int) {
    let now = clock.elapsed()
    entries.withLock { Self.fail(Self.short(key), free: free, now: now, &$0) }
  }

  func succeed(_ key: String) {
    let key = Self.short(key)
    entries.withLock { entries in
      if entries[key]?.underWay ?? 0 > 0 {
        entries[key]?.failures = 0
        entries[key]?.blockedUntil = 0
      } else {
        entries[key] = nil
      }
    }
  }

  /// Forgets the failures of an account in every scope and from everywhere. `names` are what people type to sign in, in
  /// lower case, and the account's id after a `#`.
  func forgive(_ names: [String]) {
    entries.withLock { entries in
      for key in entries.keys.filter({ Self.isAbout($0, names) }) {
        entries[key]?.failures = 0
        entries[key]?.blockedUntil = 0
      }
    }
  }

  /// Whether a key is `scope:name`, `scope:name:network` or `scope:#id@workstation`.
  private static func isAbout(_ key: String, _ names: [String]) -> Bool {
    guard let colon = key.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let rest = String(key[key.utf8.index(after: colon)...])
    return names.contains { name in
      rest == name || rest.hasBytes(prefix: name + ":")
        || name.hasBytes(prefix: "#") && rest.hasBytes(prefix: name + "@")
    }
  }

  /// Starts an attempt; throws 429 while one of its keys must wait. Every started attempt must `end`.
  func begin(_ keys: [Key]) throws(Failure) {
    let now = clock.elapsed()
    let wait: Int64 = entries.withLock { entries in
      var wait: Int64 = 0
      for key in keys {
        guard let entry = entries[key.text] else { continue }
        wait = max(wait, entry.blockedUntil - now)
        if entry.underWay >= key.atOnce { wait = max(wait, 1000) }
      }
      guard wait <= 0 else { return wait }
      for key in keys { entries[key.text, default: Entry(lastAt: now)].underWay += 1 }
      return 0
    }
    if wait > 0 { throw Self.refusal(wait) }
  }

  /// Ends an attempt; if it failed, counts a failure for each key.
  func end(_ keys: [Key], failed: Bool) {
    let now = clock.elapsed()
    entries.withLock { entries in
      for key in keys {
        if let underWay = entries[key.text]?.underWay { entries[key.text]?.underWay = max(0, underWay - 1) }
        if failed {
          Self.fail(key.text, free: key.free, now: now, &entries)
        } else if let entry = entries[key.text], entry.underWay == 0, entry.failures == 0 {
          entries[key.text] = nil
        }
      }
    }
  }

  /// The key as stored.
  fileprivate static func short(_ key: String) -> String {
    guard key.utf8.count > longestKey else { return key }
    var digest = Digest()
    Array(key.utf8).withUnsafeBytes { digest.update($0) }
    return "#" + digest.finished().hexadecimal
  }

  /// The stored keys, for tests.
  var keys: [String] { entries.withLock { Array($0.keys) } }

  private static func fail(_ key: String, free: Int, now: Int64, _ entries: inout [String: Entry]) {
    if entries.count >= mostEntries, entries[key] == nil { prune(&entries, now: now) }
    var entry = entries[key] ?? Entry(lastAt: now)
    if now - entry.lastAt > memory { entry.failures = 0 }
    entry.failures = min(entry.failures + 1, 1000)
    entry.lastAt = now
    if entry.failures > free {
      let wait = Int64(1000) << Int64(min(entry.failures - free, 12))
      entry.blockedUntil = now + min(wait, longestWait)
    }
    entries[key] = entry
  }

  /// Removes old entries and, if that is not enough, those without a wait.
  private static func prune(_ entries: inout [String: Entry], now: Int64) {
    entries = entries.filter { $0.value.underWay > 0 || now - $0.value.lastAt < memory }
    guard entries.count >= mostEntries else { return }
    entries = entries.filter { $0.value.underWay > 0 || $0.value.blockedUntil > now }
    guard entries.count >= mostEntries else { return }
    entries = entries.filter { $0.value.underWay > 0 }
  }

  private static func refusal(_ wait: Int64) -> Failure {
    let seconds = Int((wait + 999) / 1000)
    return Failure(
      429, "TOO_MANY_ATTEMPTS",
      Sentence(
        fr: "Trop de tentatives. Réessayez dans \(seconds) s.",
        en: "Too many attempts. Try again in \(seconds) s."),
      headers: [("Retry-After", String(seconds))])
  }
}
