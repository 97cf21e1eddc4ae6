import CCrypt
import CSodium

/// Password hashes of predecessor systems: bcrypt, as `$2a$`, `$2b$` or `$2y$`.
enum OldPassword {
  /// Hashes with a higher cost are not verified: 2^14 rounds already take a second.
  private static let mostRounds = 14

  /// Whether a stored hash is a bcrypt hash.
  static func isHash(_ hash: String) -> Bool {
    let bytes = Array(hash.utf8)
    guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(where: hash.hasPrefix), bytes[6] == 0x24,
      let rounds = Int(String(decoding: bytes[4..<6], as: UTF8.self))
    else { return false }
    return (4...mostRounds).contains(rounds)
  }

  /// Whether the password matches the hash. Blocks for the time of the hash's rounds; call it on the hasher's
  /// thread.
  static func verify(_ password: UnsafePointer<CChar>, hash: String) -> Bool {
    guard isHash(hash) else { return false }
    let size = MemoryLayout<crypt_data>.size
    let data = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: MemoryLayout<crypt_data>.alignment)
    data.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    defer {
      sodium_memzero(data, size)
      data.deallocate()
    }
    guard let made = crypt_rn(password, hash, data, Int32(size)) else { return false }
    return Token.areEqual(Array(String(cString: made).utf8), Array(hash.utf8))
  }
}
