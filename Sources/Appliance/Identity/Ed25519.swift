import CSodium

/// A new key pair for signatures. The secret key has 64 bytes, the second half of which is the public key.
struct Ed25519 {
  let publicKey: [UInt8]
  var secretKey: [UInt8]

  init() {
    var publicKey = [UInt8](repeating: 0, count: 32)
    var secretKey = [UInt8](repeating: 0, count: 64)
    crypto_sign_keypair(&publicKey, &secretKey)
    self.publicKey = publicKey
    self.secretKey = secretKey
  }
}

extension [UInt8] {
  /// Overwrites a secret that is no longer needed.
  mutating func erase() { sodium_memzero(&self, count) }
}
