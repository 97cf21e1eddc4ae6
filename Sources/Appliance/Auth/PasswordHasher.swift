import CSodium

/// What hashing one password costs.
struct PasswordCost: Sendable, Equatable {
  /// Passes over the memory.
  let passes: Int
  /// In bytes.
  let memory: Int

  /// The least that is accepted, and what is used until the host was measured.
  static let least = PasswordCost(passes: 2, memory: 19 << 20)
}

/// Hashes and checks passwords by Argon2id, one at a time on a thread of its own, so that neither
/// memory nor the rest of the program suffers however many people sign in.
final class PasswordHasher: Sendable {
  enum Problem: Error, Sendable {
    /// Too many are waiting, or the program is stopping.
    case overloaded
    case noMemory
    case tooLong
  }

  let cost: PasswordCost
  private let thread: WorkerThread

  init(cost: PasswordCost = .least, waiting: Int = 256) {
    self.cost = cost
    thread = WorkerThread(name: "passwords", waiting: waiting)
  }

  /// The same queue and thread with another cost.
  func with(_ cost: PasswordCost) -> PasswordHasher { PasswordHasher(cost: cost, thread: thread) }

  private init(cost: PasswordCost, thread: WorkerThread) {
    self.cost = cost
    self.thread = thread
  }

  /// The text to be stored, with salt and cost in it.
  func hash(_ password: String) async throws(Problem) -> String {
    guard password.utf8.count <= Password.longestInBytes else { throw .tooLong }
    return try await perform { [cost] in try Self.hash(password, cost) }
  }

  /// Whether `hash` was made from this password, by us or by bcrypt.
  func verify(_ password: String, hash: String) async throws(Problem) -> Bool {
    guard password.utf8.count <= Password.longestInBytes else {
      try await verifyNothing(password)
      return false
    }
    return try await perform {
      Self.withBytes(of: password) { bytes, count in
        OldPassword.isHash(hash)
          ? !password.utf8.contains(0) && OldPassword.verify(bytes, hash: hash)
          : crypto_pwhash_str_verify(hash, bytes, count) == 0
      }
    }
  }

  /// Takes as long as `verify`, so that nobody learns by the clock whether an account exists.
  func verifyNothing(_ password: String) async throws(Problem) {
    let shown = password.utf8.count <= Password.longestInBytes ? password : ""
    _ = try await perform { [cost] in try Self.hash(shown, cost) }
  }

  /// Whether it was made with another cost than the present one, or is not a hash of ours.
  func needsRehash(_ hash: String) -> Bool {
    crypto_pwhash_str_needs_rehash(hash, UInt64(cost.passes), cost.memory) != 0
  }

  /// Measures this host and gives the cost that takes about `target`, within 19 to 64 MiB.
  func calibrate(target: Duration = .milliseconds(100)) async throws(Problem) -> PasswordCost {
    try await perform {
      for memory in [64 << 20, 46 << 20, 32 << 20] {
        let one = try Self.time(PasswordCost(passes: 1, memory: memory))
        let two = try Self.time(PasswordCost(passes: 2, memory: memory))
        if two > target { continue }
        // The first pass also fetches the memory, so the second tells what one more costs.
        let further = max(two - one, .milliseconds(1))
        return PasswordCost(passes: 2 + min(8, Int((target - two) / further)), memory: memory)
      }
      return .least
    }
  }

  /// Refuses what waits; for the end of the program.
  func stop() { thread.stop() }

  private func perform<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws(Problem) -> T {
    do {
      return try await thread.perform(work)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .overloaded
    }
  }

  private static func hash(_ password: String, _ cost: PasswordCost) throws(Problem) -> String {
    var text = [CChar](repeating: 0, count: 128)
    let status = withBytes(of: password) {
      crypto_pwhash_str(&text, $0, $1, UInt64(cost.passes), cost.memory)
    }
    guard status == 0 else { throw .noMemory }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func time(_ cost: PasswordCost) throws(Problem) -> Duration {
    let start = ContinuousClock.now
    _ = try hash("", cost)
    return ContinuousClock.now - start
  }

  private static func withBytes<R>(of password: String, _ body: (UnsafePointer<CChar>, UInt64) -> R) -> R {
    var bytes = password.utf8.map(CChar.init(bitPattern:))
    let count = bytes.count
    bytes.append(0)
    defer { sodium_memzero(&bytes, bytes.count) }
    return body(bytes, UInt64(count))
  }
}
