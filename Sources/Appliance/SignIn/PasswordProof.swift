import HTTP
import Store

/// Confirms by password that the signed-in person is still present.
struct PasswordProof: Sendable {
  let database: Database
  let passwords: Passwords
  let attempts: AttemptLimiter

  /// Verifies the password of a signed-in person; returns the stored hash. Throws 400 `WRONG_PASSWORD`, and
  /// 429 after too many failures.
  func prove(
    _ password: String, of account: Account, _ request: Request
  ) async throws -> String {
    let stored = try await database.read { connection in
      try connection.first(
        "SELECT password_hash FROM users WHERE id = ?", account.id, map: { $0.optionalText(0) })
    }
    let attempts = SignInAttempts(
      attempts, scope: "own-password", login: account.username, user: account.id,
      address: request.peerAddress)
    return try await attempts.hold(failingOn: { $0.code == Failure.wrongPassword.code }) {
      guard let hash = stored ?? nil, try await passwords.isRight(password, for: hash, lane: request.place)
      else {
        throw Failure.wrongPassword
      }
      return hash
    }
  }
}
