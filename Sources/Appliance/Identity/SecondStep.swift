import HTTP
import Store

/// A person's two-step sign-in, as stored in the database.
struct SecondStep {
  let vault: Vault
  let user: Int64

  struct Stored {
    let sealedSecret: [UInt8]
    let isConfirmed: Bool
    let lastStep: Int64
  }

  func stored(in connection: Connection) throws -> Stored? {
    try connection.first("SELECT sealed_secret, confirmed_at, last_step FROM totp WHERE user_id = ?", user) {
      Stored(sealedSecret: $0.blob(0), isConfirmed: !$0.isNull(1), lastStep: $0.int64(2))
    }
  }

  func recoveryCodesLeft(in connection: Connection) throws -> Int {
    let count = try connection.scalar(
      "SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL", user)
    return Int(count ?? 0)
  }

  /// Creates a new unconfirmed secret, replacing an earlier unconfirmed one, and returns it.
  func prepare(in tx: Transaction) throws -> [UInt8] {
    let secret = TOTP.newSecret()
    try tx.execute(
      """
      INSERT INTO totp (user_id, sealed_secret) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0
      WHERE confirmed_at IS NULL
      """, user, vault.seal(secret, purpose: purpose))
    return secret
  }

  /// Consumes a code of the authenticator. Throws 401 `TOTP_INVALID` when it is wrong or was used before.
  func accept(_ code: String, _ stored: Stored, in tx: Transaction) throws {
    let digits = code.filter { !$0.isWhitespace }
    let secret = try vault.open(stored.sealedSecret, purpose: purpose)
    guard let step = TOTP.step(of: digits, secret: secret, at: tx.now, after: stored.lastStep) else {
      throw Failure.totpInvalid
    }
    try tx.execute("UPDATE totp SET last_step = ? WHERE user_id = ?", step, user)
  }

  /// Consumes a code of the authenticator or a recovery code.
  func acceptAny(_ code: String, _ stored: Stored, in tx: Transaction) throws {
    guard let letters = RecoveryCode.letters(of: code) else { return try accept(code, stored, in: tx) }
    let used = try tx.execute(
      "UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL",
      tx.now, user, fingerprint(letters))
    guard used == 1 else { throw Failure.totpInvalid }
  }

  /// Replaces all recovery codes and returns the new ones.
  func newRecoveryCodes(in tx: Transaction) throws -> [String] {
    try tx.execute("DELETE FROM recovery_codes WHERE user_id = ?", user)
    return try (0..<RecoveryCode.count).map { _ in
      let code = RecoveryCode()
      try tx.execute(
        "INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)",
        user, fingerprint(RecoveryCode.letters(of: code.text) ?? []))
      return code.text
    }
  }

  func remove(in tx: Transaction) throws {
    try tx.execute("DELETE FROM totp WHERE user_id = ?", user)
    try tx.execute("DELETE FROM recovery_codes WHERE user_id = ?", user)
  }

  // Binds the encryption to the person, so that a row copied to another person is useless.
  private var purpose: String { "totp:\(user)" }

  private func fingerprint(_ letters: [UInt8]) -> [UInt8] {
    vault.fingerprint(letters, purpose: "recovery:\(user)")
  }
}
