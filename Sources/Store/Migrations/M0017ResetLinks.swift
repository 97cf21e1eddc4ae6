extension Migration {
  /// Links to choose a password were mailed to an address, and die when the account has another.
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
