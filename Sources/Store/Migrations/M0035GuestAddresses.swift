extension Migration {
  /// The address that a machine keeps on our own network for as long as it is there.
  static let guestAddresses = Migration(
    35, "guest addresses",
    sql: """
      ALTER TABLE machines ADD COLUMN reserved_ip TEXT;
      CREATE UNIQUE INDEX machines_reserved_ip ON machines (reserved_ip) WHERE reserved_ip IS NOT NULL;
      """)
}
