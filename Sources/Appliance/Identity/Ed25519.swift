import CSodium

/// A new key pair for signatures; the secret key is 64 bytes, its second half the public key.
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
