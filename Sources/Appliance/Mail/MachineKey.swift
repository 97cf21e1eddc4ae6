import HTTP
import Store

/// The private key of a machine: sealed in the database, shown to its owner only.
enum MachineKey {
  static func purpose(_ machine: Int64) -> String { "machine-key:\(machine)" }

  /// The private key's text, or nil where the machine has none or it cannot be opened.
  static func text(_ sealed: [UInt8], machine: Int64, vault: Vault) -> String? {
    (try? vault.open(sealed, purpose: purpose(machine))).map { String(decoding: $0, as: UTF8.self) }
  }

  static func fileName(_ machineName: String) -> String { "\(machineName.lowercased()).pem" }

  /// The key of a machine as an attachment: its name and its bytes. Nil where it is not `owner`'s any more.
  static func attachment(
    ofMachine id: Int64, owner: Int64?, vault: Vault, in connection: Connection
  ) throws -> (String, [UInt8])? {
    let found = try connection.first(
      "SELECT name, sealed_key FROM machines WHERE id = ? AND user_id = ? AND sealed_key IS NOT NULL", id,
      owner
    ) { ($0.text(0), $0.blob(1)) }
    guard let (name, sealed) = found else { return nil }
    return (fileName(name), try vault.open(sealed, purpose: purpose(id)))
  }
}
