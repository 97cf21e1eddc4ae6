import HTTP
import Store

/// The private key of a machine: stored encrypted, shown to its owner only.
enum MachineKey {
  static func purpose(_ machine: Int64) -> String { "machine-key:\(machine)" }

  /// The private key's text; nil when there is none or it cannot be decrypted.
  static func text(_ sealed: [UInt8], machine: Int64, vault: Vault) -> String? {
    (try? vault.open(sealed, purpose: purpose(machine))).map { String(decoding: $0, as: UTF8.self) }
  }

  static func fileName(_ machineName: String) -> String { "\(machineName.lowercased()).pem" }

  /// The machine's key as a mail attachment: file name and bytes. Nil when the machine is no longer
  /// `owner`'s.
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
