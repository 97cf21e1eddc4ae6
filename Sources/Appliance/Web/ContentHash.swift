import CSodium

/// Content hashes for file names and for the content security policy.
enum ContentHash {
  /// 80 bits of SHA-256, for use in a file name.
  static func name(of bytes: [UInt8]) -> String {
    digest(bytes).prefix(10).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  /// `sha256-…` in the format of a content security policy.
  static func sha256(_ text: some Sequence<UInt8>) -> String {
    let hash = digest(Array(text))
    var letters = [CChar](repeating: 0, count: 64)
    sodium_bin2base64(&letters, letters.count, hash, hash.count, sodium_base64_VARIANT_ORIGINAL)
    return "sha256-"
      + String(decoding: letters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
    return hash
  }
}
