import Encoding

/// A person's own public key, checked and written anew, so that only what was understood reaches a
/// machine's `authorized_keys`.
struct SSHPublicKey: Sendable, Equatable {
  enum Problem: String, Error, Sendable {
    case empty, severalLines, tooLong
    /// Options before the key, a private key, or a form other than `type base64 comment`.
    case unknownForm
    case unsupportedType
    case damaged
    /// RSA with less than 2048 bits.
    case tooWeak
  }

  private static let longestLine = 16_384

  /// `type base64 comment`, without a line break.
  let line: String
  let type: String

  /// Parses a line of a `.pub` file; a trailing line break is allowed.
  init(_ text: String) throws(Problem) {
    guard text.utf8.count <= Self.longestLine else { throw .tooLong }
    let trimmed = text[...].trimmed
    if trimmed.isEmpty { throw .empty }
    guard !trimmed.contains(where: \.isNewline) else {
      throw trimmed.hasBytes(prefix: "-----BEGIN") ? .unknownForm : .severalLines
    }
    let parts = trimmed.unicodeScalars.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
      .map { Substring($0) }
    guard parts.count >= 2 else { throw .unknownForm }
    type = String(parts[0])
    guard type.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x2C && $0 != 0x3D }) else {
      throw .unknownForm
    }
    guard let blob = Base64.decode(parts[1]) else {
      throw Self.isSupported(type) ? .damaged : .unknownForm
    }
    try Self.check(blob, type)
    let comment = parts.count == 3 ? Self.clean(String(parts[2])) : ""
    line = "\(type) \(parts[1])" + (comment.isEmpty ? "" : " \(comment)")
  }

  /// At most 100 characters: letters, digits and some punctuation.
  static func clean(_ comment: String) -> String {
    let kept = comment.unicodeScalars.filter { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "@.-_+: ".unicodeScalars.contains(scalar))
    }
    return String(String(String.UnicodeScalarView(kept.prefix(100)))[...].trimmed)
  }

  private static func isSupported(_ type: String) -> Bool {
    [
      "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
      "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ].contains(type)
  }

  /// Checks that the encoded key has the same type and that type's structure (RFC 4253, 5656, 8709 and
  /// OpenSSH's PROTOCOL.u2f).
  private static func check(_ blob: [UInt8], _ type: String) throws(Problem) {
    guard isSupported(type) else { throw .unsupportedType }
    var reader = SSHReader(blob)
    guard reader.string().map({ $0.elementsEqual(type.utf8) }) == true else { throw .damaged }
    switch type {
    case "ssh-rsa":
      guard let exponent = reader.positiveNumber(), let modulus = reader.positiveNumber() else {
        throw .damaged
      }
      guard exponent.last.map({ $0 & 1 == 1 }) == true, exponent.count > 1 || exponent.first != 1,
        exponent.count <= 8, modulus.last.map({ $0 & 1 == 1 }) == true
      else { throw .damaged }
      let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
      if bits < 2048 { throw .tooWeak }
      if bits > 16_384 { throw .damaged }
    case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
      guard reader.string()?.count == 32 else { throw .damaged }
    default:
      guard let curve = reader.string(), let point = reader.string(),
        let size = ["nistp256": 65, "nistp384": 97, "nistp521": 133][String(decoding: curve, as: UTF8.self)],
        type.contains("-\(String(decoding: curve, as: UTF8.self))"), point.count == size, point.first == 4
      else { throw .damaged }
    }
    if type.hasPrefix("sk-") {
      guard let application = reader.string(), !application.isEmpty else { throw .damaged }
    }
    guard reader.isAtEnd else { throw .damaged }
  }
}

/// Parses SSH's binary encoding.
private struct SSHReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func string() -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let length = Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    guard rest.count - 4 >= length else { return nil }
    defer { rest = rest.dropFirst(4 + length) }
    return rest.dropFirst(4).prefix(length)
  }

  /// A positive `mpint` without its sign byte; nil when it is not in the shortest form.
  mutating func positiveNumber() -> ArraySlice<UInt8>? {
    guard let bytes = string(), let first = bytes.first, first < 0x80 else { return nil }
    if first != 0 { return bytes }
    guard let next = bytes.dropFirst().first, next >= 0x80 else { return nil }
    return bytes.dropFirst()
  }
}
