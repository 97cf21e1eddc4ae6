import CSodium
import Encoding

/// A secret of 256 random bits. The client gets it as text; the database stores only its hash.
struct Token: Sendable {
  /// A token is valid for one purpose only.
  enum Purpose: String, Sendable, CaseIterable {
    case session, cookie, verifyEmail, resetPassword, setup, api, workstation, complaint, calendar, console
  }

  private static let length = 43

  /// 43 characters of base64url.
  let text: String
  /// The stored hash, 32 bytes.
  let hash: [UInt8]

  /// Generates a new token.
  init(for purpose: Purpose) {
    var bits = [UInt8](repeating: 0, count: 32)
    randombytes_buf(&bits, bits.count)
    text = Base64.encode(bits, as: .url)
    hash = Self.hash(text.utf8, purpose)
  }

  /// The cookie value derived from a session token by a one-way function; neither works in place of the
  /// other.
  ///
  /// Browsers send cookies to all ports of a host, and the ports of machines belong to other people. Nil when
  /// the text is not a token.
  static func cookie(of bearer: String) -> String? {
    hash(bearer, for: .cookie).map { Base64.encode($0, as: .url) }
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
