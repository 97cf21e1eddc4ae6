extension Migration {
  /// Unverified e-mail addresses move to `pending_email`, which several accounts may share; `email` is unique
  /// and holds verified addresses only.
  ///
  /// Moved are accounts whose registration awaits confirmation, and those registered by username whose
  /// address was never verified: the audit log has their registration, but no confirmation, no password set
  /// by a link and no change by an administrator. Accounts older than the audit log (it keeps a year) are
  /// left alone: an address in use for that long is probably right, and moving it would lock people out.
  /// People whose address was moved sign in by username as before, and by address again after opening the
  /// link of a new mail.
  static let emailClaims = Migration(
    16, "e-mail claims",
    sql: """
      CREATE INDEX users_by_pending_email ON users (pending_email) WHERE pending_email IS NOT NULL;

      UPDATE users SET pending_email = coalesce(pending_email, email), email = NULL
      WHERE email IS NOT NULL AND (
        is_verified = 0
        OR EXISTS (
          SELECT 1 FROM audit WHERE actor_id = users.id AND action = 'register' AND outcome = 'ok')
        AND NOT EXISTS (
          SELECT 1 FROM audit
          WHERE actor_id = users.id AND action IN ('verify_email', 'password_reset') AND outcome = 'ok')
        AND NOT EXISTS (
          SELECT 1 FROM audit WHERE action = 'user_changed' AND outcome = 'ok' AND subject_type = 'user'
            AND subject_id = users.id AND actor_id <> users.id));

      DELETE FROM tokens WHERE purpose = 'reset-password'
        AND user_id IN (SELECT id FROM users WHERE email IS NULL);
      """)
}
