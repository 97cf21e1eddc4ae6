extension Migration {
  /// The IP address assigned to a machine on the internal network, for as long as the machine exists.
  static let guestAddresses = Migration(
    35, "guest addresses",
    sql: """
      ALTER TABLE machines ADD COLUMN reserved_ip TEXT;
      CREATE UNIQUE INDEX machines_reserved_ip ON machines (reserved_ip) WHERE reserved_ip IS NOT NULL;
      """)
}
