/// The number of a certificate, by which anyone may verify it: 100 random bits as 20 characters of Crockford's base 32,
/// which has no letters that look like digits.
struct CertificateCode: Sendable, Equatable {
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  private static let length = 20
  private static let group = 4

  /// As it is stored and printed: `7K3M-Q9TX-0VWB-42HN-ZR8C`.
  let text: String

  init() {
    var random = SystemRandomNumberGenerator()
    self.init(letters: (0..<Self.length).map { _ in Self.letters[Int.random(in: 0..<32, using: &random)] })
  }

  /// Reads what somebody typed: in any case, with or without dashes and spaces, and with O for 0 and I or L for 1. Nil when
  /// it cannot be a code.
  init?(typed: String) {
    guard typed.utf8.count <= 100 else { return nil }
    let letters = typed.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
      .map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        default: byte
        }
      }
    guard letters.count == Self.length, letters.allSatisfy(Self.letters.contains) else { return nil }
    self.init(letters: letters)
  }

  private init(letters: [UInt8]) {
    text = stride(from: 0, to: letters.count, by: Self.group)
      .map { String(decoding: letters[$0..<min($0 + Self.group, letters.count)], as: UTF8.self) }
      .joined(separator: "-")
  }
}
