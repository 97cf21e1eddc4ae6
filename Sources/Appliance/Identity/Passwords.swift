import HTTP
import Synchronization

/// Hashes and verifies passwords at the current cost; turns the hasher's errors into HTTP errors.
final class Passwords: Sendable {
  /// Whether the cost was configured, so that it is not adapted to the host.
  let isCostGiven: Bool
  private let current: Mutex<PasswordHasher>

  /// Without a configured cost, starts with the minimum until it is adapted to the host.
  init(cost: PasswordCost?) {
    isCostGiven = cost != nil
    current = Mutex(PasswordHasher(cost: cost ?? .least))
  }

  var hasher: PasswordHasher { current.withLock { $0 } }

  /// Sets the cost for new hashes.
  func setCost(_ cost: PasswordCost) { current.withLock { $0 = $0.with(cost) } }

  func stop() { hasher.stop() }

  /// Returns the hash to store. Calls in a `lane` wait only behind others in the same lane. Throws 503 when
  /// too many are waiting.
  func hashed(_ password: String, lane: String = "") async throws(Failure) -> String {
    do throws(PasswordHasher.Problem) {
      return try await hasher.hash(password, lane: lane)
    } catch {
      throw Self.busy
    }
  }

  /// Whether the password matches the hash; takes as long when `hash` is nil. Throws 503 when too many are
  /// waiting.
  func isRight(_ password: String, for hash: String?, lane: String) async throws(Failure) -> Bool {
    try await match(password, for: hash, lane: lane) != .wrong
  }

  /// As `isRight`, and tells whether the hash was made of the normalized password.
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
