import Store

/// Whether admins may have machines: as configured, else as chosen in the setup form.
enum AdminMachines {
  private static let name = "admin-machines"

  static func areAllowed(_ configuration: Configuration, in connection: Connection) throws -> Bool {
    if let configured = configuration.adminMachines { return configured }
    return try connection.scalar("SELECT 1 FROM settings WHERE name = ?", name) != nil
  }

  /// Stores the setup form's choice.
  static func allow(in tx: Transaction) throws {
    try tx.execute("INSERT INTO settings VALUES (?, x'01') ON CONFLICT DO NOTHING", name)
  }
}
