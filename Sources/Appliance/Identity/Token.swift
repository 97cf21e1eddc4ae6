import CSodium

/// A secret of 256 random bits. The client gets it as text; the database stores only its hash.
struct Token: Sendable {
  /// A token is valid for one purpose only.
  enum Purpose: String, Sendable, CaseIterable {
    case session, cookie, verifyEmail, resetPassword, setup, api, workstation, complaint, calendar
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let length = 43

  /// 43 characters of base64url.
  let text: String
  /// The stored hash, 32 bytes.
  let hash: [UInt8]

  /// Generates a new token.
  init(for purpose: Purpose) {
    var bits = [UInt8](repeating: 0, count: 33)
    randombytes_buf(&bits, 32)
    let letters = Self.letters(of: bits)
    text = String(decoding: letters, as: UTF8.self)
    hash = Self.hash(letters, purpose)
  }

  /// The cookie value derived from a session token by a one-way function; neither works in place of the
  /// other.
  ///
  /// Browsers send cookies to all ports of a host, and the ports of machines belong to other people. Nil when
  /// the text is not a token.
  static func cookie(of bearer: String) -> String? {
    guard let digest = hash(bearer, for: .cookie) else { return nil }
    return String(decoding: letters(of: digest + [0]), as: UTF8.self)
  }

  /// Encodes 32 bytes and a zero byte as 43 characters.
  private static func letters(of bits: [UInt8]) -> [UInt8] {
    var letters: [UInt8] = []
    letters.reserveCapacity(44)
    for start in stride(from: 0, to: 33, by: 3) {
      let group = UInt32(bits[start]) << 16 | UInt32(bits[start + 1]) << 8 | UInt32(bits[start + 2])
      for shift in [18, 12, 6, 0] { letters.append(alphabet[Int(group >> UInt32(shift) & 63)]) }
    }
    letters.removeLast()
    return letters
  }

  /// The stored hash of a token sent by a client; nil when it cannot be a token.
  static func hash(_ text: String, for purpose: Purpose) -> [UInt8]? {
    var text = text
    return text.withUTF8 { letters in
      guard letters.count == length, letters.allSatisfy(isLetter) else { return nil }
      return hash(letters, purpose)
    }
  }

  /// Constant-time comparison.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && sodium_memcmp(a, b, a.count) == 0
  }

  /// The purpose is part of the hashed data, so that a token cannot be used for another one.
  private static func hash(_ letters: some Sequence<UInt8>, _ purpose: Purpose) -> [UInt8] {
    let input = Array(purpose.rawValue.utf8) + [0x3A] + letters
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&hash, hash.count, input, UInt64(input.count), nil, 0)
    return hash
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}
