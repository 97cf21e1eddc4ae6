import CSodium

/// A code that stands in, once, for the authenticator that was lost: 79 random bits in 16 letters.
struct RecoveryCode {
  /// How many a person gets at a time.
  static let count = 10
  // Without the letters and digits that are taken for one another.
  private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
  private static let length = 16

  /// `abcd-efgh-jkmn-pqrs`.
  let text: String

  init() {
    let letters = (0..<Self.length).map { _ in
      Self.letters[Int(randombytes_uniform(UInt32(Self.letters.count)))]
    }
    text = stride(from: 0, to: Self.length, by: 4)
      .map { String(decoding: letters[$0..<$0 + 4], as: UTF8.self) }.joined(separator: "-")
  }

  /// The letters of what somebody typed; nil when that cannot be a code.
  static func letters(of typed: String) -> [UInt8]? {
    let typed = typed.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x20 }
    guard typed.count == length, typed.allSatisfy(letters.contains) else { return nil }
    return Array(typed)
  }
}
