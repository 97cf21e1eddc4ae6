import Store

/// Addresses that people say are theirs, until the link that was mailed there is opened.
///
/// Any number may claim the same one. Whoever proves it first has it, and the other claims are over.
enum EmailClaim {
  /// The newest account that signs in for the first time by opening the link of this address.
  static func newest(_ email: String, in connection: Connection) throws -> Account? {
    try connection.first(
      """
      SELECT \(Account.columns) FROM users WHERE pending_email = ? AND is_verified = 0 ORDER BY id DESC LIMIT 1
      """, email, map: Account.init)
  }

  /// Ends the other claims to an address that `owner` has proven. Accounts that are in use go on without it;
  /// those that nobody could sign in to yet, as they had nothing but this claim, go away.
  static func settle(_ email: String, owner: Int64, _ sessions: Sessions, in tx: Transaction) throws {
    let others = try tx.query(
      "SELECT id, is_verified FROM users WHERE pending_email = ? AND id <> ?", email, owner,
      map: { (id: $0.int64(0), isInUse: $0.bool(1)) })
    for other in others {
      try tx.execute("DELETE FROM tokens WHERE user_id = ? AND purpose = 'verify-email'", other.id)
      let hasAddress =
        try tx.scalar("SELECT 1 FROM users WHERE id = ? AND email IS NOT NULL", other.id) != nil
      if other.isInUse || hasAddress {
        try tx.execute("UPDATE users SET pending_email = NULL WHERE id = ?", other.id)
      } else {
        try tx.execute("DELETE FROM users WHERE id = ?", other.id)
      }
      try sessions.refresh(other.id, in: tx)
    }
  }
}
