import Store

/// Whether admins create machines of their own: as the configuration says, or else as the set-up form chose.
enum AdminMachines {
  private static let name = "admin-machines"

  static func areAllowed(_ configuration: Configuration, in connection: Connection) throws -> Bool {
    if let configured = configuration.adminMachines { return configured }
    return try connection.scalar("SELECT 1 FROM settings WHERE name = ?", name) != nil
  }

  /// Keeps what the set-up form chose.
  static func allow(in tx: Transaction) throws {
    try tx.execute("INSERT INTO settings VALUES (?, x'01') ON CONFLICT DO NOTHING", name)
  }
}
