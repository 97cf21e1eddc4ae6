import CSodium
import Glibc
import Threads

/// The cost parameters of Argon2id.
struct PasswordCost: Sendable, Equatable {
  /// Number of passes over the memory.
  let passes: Int
  /// In bytes.
  let memory: Int

  /// The minimum, which is used until the host was measured.
  static let least = PasswordCost(passes: 2, memory: 19 << 20)
}

/// Hashes and verifies passwords with Argon2id. A few threads of its own limit memory and processor use
/// however many people sign in; lanes (one per client) are served in turn.
///
/// Passwords are normalized to NFC.
final class PasswordHasher: Sendable {
  enum Problem: Error, Sendable {
    /// Too many are waiting, or the hasher was stopped.
    case overloaded
    case noMemory
    case tooLong
  }

  let cost: PasswordCost
  private let queue: WorkQueue

  /// The result of verifying a password.
  enum Match: Sendable, Equatable {
    case wrong, right
    /// Matches the password as typed, without NFC: a hash of an earlier version, to be replaced.
    case rightAsTyped
  }

  /// All cores but one, and at least one.
  static let threadsOfHost = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1)

  init(cost: PasswordCost = .least, threads: Int = threadsOfHost, waiting: Int = 512) {
    self.cost = cost
    queue = WorkQueue("passwords", threads: threads, waiting: waiting)
  }

  /// The same queue and threads with another cost.
  func with(_ cost: PasswordCost) -> PasswordHasher { PasswordHasher(cost: cost, queue: queue) }

  private init(cost: PasswordCost, queue: WorkQueue) {
    self.cost = cost
    self.queue = queue
  }

  /// The text to be stored, with salt and cost in it.
  func hash(_ password: String, lane: String = "") async throws(Problem) -> String {
    guard Password.isShortEnough(password) else { throw .tooLong }
    return try await perform(lane) { [cost] in try Self.hash(password.composed, cost) }
  }

  /// Whether `hash` was made from this password, by us or by bcrypt, and whether it is of the form that is kept.
  func match(_ password: String, hash: String, lane: String = "") async throws(Problem) -> Match {
    guard Password.isShortEnough(password) else {
      try await verifyNothing(password, lane: lane)
      return .wrong
    }
    return try await perform(lane) {
      let composed = password.composed
      if Self.verify(composed, hash) { return .right }
      // Depends only on the typed password, so the additional time reveals nothing about the account.
      guard !composed.utf8.elementsEqual(password.utf8) else { return .wrong }
      return Self.verify(password, hash) ? .rightAsTyped : .wrong
    }
  }

  private static func verify(_ password: String, _ hash: String) -> Bool {
    withBytes(of: password) { bytes, count in
      OldPassword.isHash(hash)
        ? !password.utf8.contains(0) && OldPassword.verify(bytes, hash: hash)
        : crypto_pwhash_str_verify(hash, bytes, count) == 0
    }
  }

  /// Takes as long as `verify`, so that timing does not reveal whether an account exists.
  func verifyNothing(_ password: String, lane: String = "") async throws(Problem) {
    let shown = Password.isShortEnough(password) ? password : ""
    _ = try await perform(lane) { [cost] in try Self.hash(shown.composed, cost) }
  }

  /// Whether it was created with another cost, or is not an Argon2id hash.
  func needsRehash(_ hash: String) -> Bool {
    crypto_pwhash_str_needs_rehash(hash, UInt64(cost.passes), cost.memory) != 0
  }

  /// Measures this host; returns the cost that takes about `target`, with 19 to 64 MiB of memory.
  func calibrate(target: Duration = .milliseconds(50)) async throws(Problem) -> PasswordCost {
    try await perform("") {
      for memory in [64 << 20, 46 << 20, 32 << 20] {
        let one = try Self.time(PasswordCost(passes: 1, memory: memory))
        let two = try Self.time(PasswordCost(passes: 2, memory: memory))
        if two > target { continue }
        // The first pass also maps the memory; the difference is the cost of one more pass.
        let further = max(two - one, .milliseconds(1))
        return PasswordCost(passes: 2 + min(8, Int((target - two) / further)), memory: memory)
      }
      return .least
    }
  }

  /// Refuses waiting work; for the end of the program.
  func stop() { queue.stop() }

  private func perform<T: Sendable>(
    _ lane: String, _ work: @escaping @Sendable () throws -> T
  ) async throws(Problem) -> T {
    do {
      return try await queue.perform(lane: lane, work)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .overloaded
    }
  }

  static func hash(_ password: String, _ cost: PasswordCost) throws(Problem) -> String {
    var text = [CChar](repeating: 0, count: 128)
    let status = withBytes(of: password) {
      crypto_pwhash_str(&text, $0, $1, UInt64(cost.passes), cost.memory)
    }
    guard status == 0 else { throw .noMemory }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func time(_ cost: PasswordCost) throws(Problem) -> Duration {
    var best: Duration?
    // The better of two runs, because something else may have been running.
    for _ in 0..<2 {
      let start = ContinuousClock.now
      _ = try hash("", cost)
      let taken = ContinuousClock.now - start
      best = min(best ?? taken, taken)
    }
    return best ?? .zero
  }

  private static func withBytes<R>(of password: String, _ body: (UnsafePointer<CChar>, UInt64) -> R) -> R {
    var bytes = password.utf8.map(CChar.init(bitPattern:))
    let count = bytes.count
    bytes.append(0)
    defer { sodium_memzero(&bytes, bytes.count) }
    return body(bytes, UInt64(count))
  }
}

extension PasswordHasher.Problem: Passing {
  var isPassing: Bool { true }
}
