import CSodium

/// A single-use code that replaces a lost authenticator: 79 random bits in 16 characters.
struct RecoveryCode {
  /// Number of codes generated at a time.
  static let count = 10
  // Without characters that are easily confused.
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
  private static let length = 16

  /// For example `abcd-efgh-jkmn-pqrs`.
  let text: String

  init() {
    let letters = (0..<Self.length).map { _ in
      Self.letters[Int(randombytes_uniform(UInt32(Self.letters.count)))]
    }
    text = stride(from: 0, to: Self.length, by: 4)
      .map { String(decoding: letters[$0..<$0 + 4], as: UTF8.self) }.joined(separator: "-")
  }

  /// The code's characters without separators; nil when the text cannot be a code.
  static func letters(of typed: String) -> [UInt8]? {
    let typed = typed.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x20 }
    guard typed.count == length, typed.allSatisfy(letters.contains) else { return nil }
    return Array(typed)
  }
}
