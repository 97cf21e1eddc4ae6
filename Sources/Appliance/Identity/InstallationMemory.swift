import Store

/// Facts stored at previous starts, to detect changes of the environment.
struct InstallationMemory: Sendable {
  private static let check = "vault-check"

  let database: Database
  let vault: Vault
  let log: Log

  /// The hypervisor of the existing machines; nil when there are none or it was never stored.
  static func hypervisor(in connection: Connection) throws -> String? {
    try connection.first(
      "SELECT value FROM settings WHERE name = 'hypervisor' AND EXISTS (SELECT 1 FROM machines)",
      map: { String(decoding: $0.blob(0), as: UTF8.self) })
  }

  /// The network of the existing machines; nil when our own network was never created.
  static func network(in connection: Connection) throws -> IPv4Subnet? {
    try connection.first(
      "SELECT value FROM settings WHERE name = 'network'",
      map: { String(decoding: $0.blob(0), as: UTF8.self) }
    ).flatMap { IPv4Subnet(host: $0) }
  }

  /// Stores the network once it has been created.
  static func note(network: IPv4Subnet, in database: Database) async throws {
    if try await database.read({ try Self.network(in: $0) }) == network { return }
    try await database.write { tx in
      try tx.execute(
        "INSERT INTO settings VALUES ('network', ?1) ON CONFLICT DO UPDATE SET value = ?1",
        Array(network.description.utf8))
    }
  }

  /// Stores the hypervisor, and logs when the key differs from the one that encrypted the secrets.
  func note(hypervisor: String) async throws {
    let sealed = vault.seal(Array(Self.check.utf8), purpose: Self.check)
    let known = try await database.write { tx -> [UInt8]? in
      try tx.execute(
        "INSERT INTO settings VALUES ('hypervisor', ?1) ON CONFLICT DO UPDATE SET value = ?1 WHERE value != ?1",
        Array(hypervisor.utf8))
      let known = try tx.first("SELECT value FROM settings WHERE name = ?", Self.check, map: { $0.blob(0) })
      if known == nil { try tx.execute("INSERT INTO settings VALUES (?, ?)", Self.check, sealed) }
      return known
    }
    if let known, !isOurs(known) {
      log.error("vault") { line in
        line.field(
          "problem",
          "obox.key does not match this database: machine private keys and unsent mail cannot be decrypted. Restore the right obox.key and restart"
        )
      }
    }
  }

  /// Whether the key opens the secrets of a database: always, while it has none.
  static func opens(_ vault: Vault, in connection: Connection) throws -> Bool {
    let known = try connection.first(
      "SELECT value FROM settings WHERE name = ?", check, map: { $0.blob(0) })
    return known.map { (try? vault.open($0, purpose: check)) != nil } ?? true
  }

  private func isOurs(_ sealed: [UInt8]) -> Bool {
    (try? vault.open(sealed, purpose: Self.check)) != nil
  }
}
