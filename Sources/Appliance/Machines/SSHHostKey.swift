import Encoding
import Hypervisor
import Store

/// The key that identifies a machine to SSH clients. It is generated here and passed to the machine in its
/// seed, so that people know it before they first connect; until then the private key is stored encrypted.
enum SSHHostKey {
  static let type = "ssh-ed25519"

  static func purpose(_ machine: Int64) -> String { "machine-host-key:\(machine)" }

  /// As shown by `ssh-keygen -l`; nil when `line` is not a key.
  static func fingerprint(of line: String) -> String? {
    let parts = line.split(separator: " ")
    guard parts.count >= 2, let blob = Base64.decode(parts[1]) else { return nil }
    return "SHA256:" + Base64.encode(SHA256.hash(blob), as: .unpadded)
  }

  /// The line for a client's `known_hosts`.
  static func knownHosts(host: String, port: Int, key: String) -> String {
    port == 22 ? "\(host) \(key)" : "[\(host)]:\(port) \(key)"
  }
}

extension MachineOperations {
  /// The machine's host key, generated once. Nil when the machine has received it and our copy is deleted.
  func hostKey(of machine: Machine) async throws -> HostKey? {
    let (vault, purpose) = (vault, SSHHostKey.purpose(machine.id))
    if let line = machine.hostKey {
      return try machine.sealedHostKey.map {
        HostKey(
          privateFile: String(decoding: try vault.open($0, purpose: purpose), as: UTF8.self), publicLine: line
        )
      }
    }
    let pair = SSHKeyPair.generate(comment: "")
    let sealed = vault.seal(Array(pair.privateFile.utf8), purpose: purpose)
    let fingerprint = SSHHostKey.fingerprint(of: pair.publicLine)
    try await database.write { tx in
      try tx.execute(
        "UPDATE machines SET host_key = ?, host_fingerprint = ?, sealed_host_key = ? WHERE id = ?",
        pair.publicLine, fingerprint, sealed, machine.id)
    }
    return HostKey(privateFile: pair.privateFile, publicLine: pair.publicLine)
  }
}
