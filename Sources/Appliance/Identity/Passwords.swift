import HTTP
import Synchronization

/// Hashes and checks passwords at the cost in use; what the hasher cannot do becomes a refusal.
final class Passwords: Sendable {
  /// Whether the cost was given, and is not to be fitted to the host.
  let isCostGiven: Bool
  private let current: Mutex<PasswordHasher>

  /// Without a cost it starts with the least, until it is fitted to the host.
  init(cost: PasswordCost?) {
    isCostGiven = cost != nil
    current = Mutex(PasswordHasher(cost: cost ?? .least))
  }

  var hasher: PasswordHasher { current.withLock { $0 } }

  /// Uses another cost for the passwords hashed from here on.
  func setCost(_ cost: PasswordCost) { current.withLock { $0 = $0.with(cost) } }

  func stop() { hasher.stop() }

  /// The text to be stored. Calls of one `lane` wait behind each other only. Throws 503 while too many wait.
  func hashed(_ password: String, lane: String = "") async throws(Failure) -> String {
    do throws(PasswordHasher.Problem) {
      return try await hasher.hash(password, lane: lane)
    } catch {
      throw Self.busy
    }
  }

  /// Whether a stored hash was made from this password; takes as long where there is no hash. Throws 503 while
  /// too many wait.
  func isRight(_ password: String, for hash: String?, lane: String) async throws(Failure) -> Bool {
    try await match(password, for: hash, lane: lane) != .wrong
  }

  /// The same, and whether the hash was made of the password in its normal form.
  func match(
    _ password: String, for hash: String?, lane: String
  ) async throws(Failure) -> PasswordHasher.Match {
    do throws(PasswordHasher.Problem) {
      if let hash { return try await hasher.match(password, hash: hash, lane: lane) }
      try await hasher.verifyNothing(password, lane: lane)
      return .wrong
    } catch {
      throw Self.busy
    }
  }

  private static let busy = Failure(
    503, "BUSY",
    Sentence(
      fr: "Trop de connexions en cours. Réessayez dans quelques secondes.",
      en: "Too many people are signing in. Try again in a few seconds."), headers: [("Retry-After", "3")])
}
