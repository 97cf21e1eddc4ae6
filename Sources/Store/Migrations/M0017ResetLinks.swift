extension Migration {
  /// Password links remember the address they were mailed to, and become invalid when the account's address
  /// changes.
  static let resetLinks = Migration(
    17, "reset links",
    sql: """
      CREATE TRIGGER reset_links_die_with_the_address AFTER UPDATE OF email ON users
      WHEN old.email IS NOT new.email
      BEGIN
        DELETE FROM tokens WHERE user_id = new.id AND purpose = 'reset-password';
      END;
      """)
}
