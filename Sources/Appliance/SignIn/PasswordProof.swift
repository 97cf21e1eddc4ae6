import HTTP
import Store

/// Proves by their password that it is still the person who is signed in.
struct PasswordProof: Sendable {
  let database: Database
  let passwords: Passwords
  let attempts: AttemptLimiter

  /// Checks the password of somebody who is signed in, and answers the stored hash. Throws 400
  /// `WRONG_PASSWORD`, and 429 where it was guessed too often.
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
