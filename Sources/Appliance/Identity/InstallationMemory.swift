import Store

/// What an installation remembers of its last starts, to notice when its surroundings have changed.
struct InstallationMemory: Sendable {
  private static let check = "vault-check"

  let database: Database
  let vault: Vault
  let log: Log

  /// The hypervisor that the machines are on; nil where there are no machines, or it was never noted.
  static func hypervisor(in connection: Connection) throws -> String? {
    try connection.first(
      "SELECT value FROM settings WHERE name = 'hypervisor' AND EXISTS (SELECT 1 FROM machines)",
      map: { String(decoding: $0.blob(0), as: UTF8.self) })
  }

  /// The network that the machines are on; nil where none of our own was made yet.
  static func network(in connection: Connection) throws -> IPv4Subnet? {
    try connection.first(
      "SELECT value FROM settings WHERE name = 'network'",
      map: { String(decoding: $0.blob(0), as: UTF8.self) }
    ).flatMap { IPv4Subnet(host: $0) }
  }

  /// Remembers the network once it has been made.
  static func note(network: IPv4Subnet, in database: Database) async throws {
    if try await database.read({ try Self.network(in: $0) }) == network { return }
    try await database.write { tx in
      try tx.execute(
        "INSERT INTO settings VALUES ('network', ?1) ON CONFLICT DO UPDATE SET value = ?1",
        Array(network.description.utf8))
    }
  }

  /// Notes the hypervisor, and says so when the key is not the one that the secrets were sealed with.
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

  private func isOurs(_ sealed: [UInt8]) -> Bool {
    (try? vault.open(sealed, purpose: Self.check)) != nil
  }
}
