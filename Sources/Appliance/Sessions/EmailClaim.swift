import Store

/// Unverified addresses, claimed until the mailed link is opened.
///
/// Several accounts may claim the same address. The first to verify it gets it, and the other claims end.
enum EmailClaim {
  /// The newest account whose first sign-in is by the link mailed to this address.
  static func newest(_ email: String, in connection: Connection) throws -> Account? {
    try connection.first(
      """
      SELECT \(Account.columns) FROM users WHERE pending_email = ? AND is_verified = 0 ORDER BY id DESC LIMIT 1
      """, email, map: Account.init)
  }

  /// Ends the other claims on an address that `owner` has verified. Accounts in use continue without it;
  /// accounts that nobody could sign in to yet, having nothing but this claim, are deleted.
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
