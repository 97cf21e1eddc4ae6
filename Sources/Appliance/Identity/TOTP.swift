import CCrypto
import CSodium

/// Time-based one-time passwords: RFC 6238 with SHA-1, six digits and steps of 30 seconds.
enum TOTP {
  static let stepSeconds: Int64 = 30
  /// Number of steps that a code may be early or late.
  static let drift: Int64 = 1

  /// 160 random bits, as RFC 4226 recommends.
  static func newSecret() -> [UInt8] {
    var secret = [UInt8](repeating: 0, count: 20)
    randombytes_buf(&secret, secret.count)
    return secret
  }

  /// The time step that contains a time in milliseconds since 1970.
  static func step(at milliseconds: Int64) -> Int64 { max(0, milliseconds) / 1000 / stepSeconds }

  /// The six digits of a step.
  static func code(_ secret: [UInt8], step: Int64) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    HMAC(EVP_sha1(), secret, Int32(clamping: secret.count), counter, counter.count, &digest, &count)
    let offset = Int(digest[19] & 15)
    let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The step of a code, if it is near the current one and after `last`; nil for a wrong or used code.
  static func step(of code: String, secret: [UInt8], at milliseconds: Int64, after last: Int64) -> Int64? {
    let present = step(at: milliseconds)
    // A last step in the future dates from before the clock was set back.
    let last = last > present + drift ? 0 : last
    var found: Int64?
    for step in present - drift...present + drift
    where Token.areEqual(Array(code.utf8), Array(Self.code(secret, step: step).utf8)) && step > last {
      found = step
    }
    return found
  }

  /// The URI for the authenticator's QR code.
  static func uri(_ secret: [UInt8], username: String) -> String {
    "otpauth://totp/OBox:\(username)?secret=\(Base32.encode(secret))&issuer=OBox&algorithm=SHA1&digits=6"
      + "&period=\(stepSeconds)"
  }
}

/// Base32 without padding (RFC 4648, section 6).
enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(letters[Int(bits >> UInt32(count) & 31)])
      }
      bits &= (1 << UInt32(count)) - 1
    }
    if count > 0 { text.append(letters[Int(bits << UInt32(5 - count) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
