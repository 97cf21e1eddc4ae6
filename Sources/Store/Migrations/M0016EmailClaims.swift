extension Migration {
  /// Addresses that nobody has proven are claims: they wait in `pending_email`, which many may have, and leave `email`,
  /// which is one account's, to their owner.
  ///
  /// Accounts whose registration waits for its link are moved, and so are those that registered by a username and
  /// were taken at their word: where the audit log has their registration and neither their proof, nor a password
  /// by link, nor a change by an administrator. Where it does not say (it keeps a year), they are left as they are:
  /// a claim that was in use for so long is more likely true, and taking it away would lock people out. Who was
  /// moved signs in by username as before, and by the address again after opening the link of a new mail.
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
