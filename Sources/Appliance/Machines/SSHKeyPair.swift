import Encoding

/// An ed25519 key pair in the forms that OpenSSH reads and writes.
struct SSHKeyPair: Sendable {
  /// One line, `ssh-ed25519 AAAA… comment`.
  let publicLine: String
  /// An unencrypted `OPENSSH PRIVATE KEY` file, ending with a newline.
  let privateFile: String

  /// Generates a pair; invalid characters are removed from the comment.
  static func generate(comment: String) -> SSHKeyPair {
    var key = Ed25519()
    defer { key.secretKey.erase() }
    return SSHKeyPair(key, comment: SSHPublicKey.clean(comment))
  }

  /// The format is OpenSSH's PROTOCOL.key.
  private init(_ key: borrowing Ed25519, comment: String) {
    var blob = SSHWire()
    blob.string("ssh-ed25519")
    blob.string(key.publicKey)

    var secret = SSHWire()
    let check = UInt32.random(in: .min ... .max)
    secret.number(check)
    secret.number(check)
    secret.string("ssh-ed25519")
    secret.string(key.publicKey)
    secret.string(key.secretKey)
    secret.string(comment)
    for padding in 1...8 where secret.bytes.count % 8 != 0 { secret.bytes.append(UInt8(padding)) }
    defer { secret.bytes.erase() }

    var file = SSHWire()
    file.bytes = Array("openssh-key-v1\0".utf8)
    file.string("none")
    file.string("none")
    file.string("")
    file.number(1)
    file.string(blob.bytes)
    file.string(secret.bytes)
    defer { file.bytes.erase() }

    let line = "ssh-ed25519 " + Base64.encode(blob.bytes)
    publicLine = comment.isEmpty ? line : "\(line) \(comment)"
    var text = Base64.encode(file.bytes)[...]
    var lines = ["-----BEGIN OPENSSH PRIVATE KEY-----"]
    while !text.isEmpty {
      lines.append(String(text.prefix(70)))
      text = text.dropFirst(70)
    }
    lines.append("-----END OPENSSH PRIVATE KEY-----\n")
    privateFile = lines.joined(separator: "\n")
  }
}

/// SSH's binary encoding (RFC 4251, section 5).
struct SSHWire {
  var bytes: [UInt8] = []

  mutating func number(_ number: UInt32) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }

  mutating func string(_ value: some Collection<UInt8>) {
    number(UInt32(value.count))
    bytes += value
  }

  mutating func string(_ value: String) { string(Array(value.utf8)) }
}
