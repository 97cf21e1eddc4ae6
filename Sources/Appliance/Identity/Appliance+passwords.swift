import HTTP

/// Passwords as the features use them: what the hasher cannot do becomes a refusal.
extension Appliance {
  /// The text to be stored. `lane` is for whom it is done: each waits behind its own only. Throws 503 while too many wait.
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

  /// The same, and whether the hash is of the form that is kept.
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
