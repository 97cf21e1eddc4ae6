import CSecretStream

/// The key of one backup, in libsodium's guarded memory.
final class StreamKey {
  static let size = 32
  let bytes: UnsafeMutablePointer<UInt8>

  /// Argon2id of the passphrase; takes time and the memory that `cost` says.
  init(_ passphrase: Passphrase, salt: [UInt8], cost: KeyCost) throws(ArchiveError) {
    guard sodium_init() >= 0, let memory = sodium_malloc(Self.size) else { throw .noMemory }
    bytes = memory.assumingMemoryBound(to: UInt8.self)
    let status = passphrase.bytes.withUnsafeBytes { text in
      text.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return Int32(-1) }
        return crypto_pwhash(
          bytes, UInt64(Self.size), start, UInt64(text.count), salt, UInt64(clamping: cost.passes),
          cost.memory, crypto_pwhash_alg_argon2id13())
      }
    }
    guard status == 0 else { throw .noMemory }
  }

  deinit { sodium_free(bytes) }

  static func salt() -> [UInt8] {
    var salt = [UInt8](repeating: 0, count: Preamble.saltSize)
    randombytes_buf(&salt, salt.count)
    return salt
  }
}
