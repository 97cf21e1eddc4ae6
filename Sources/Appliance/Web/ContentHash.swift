import Encoding

/// Content hashes for file names and for the content security policy.
enum ContentHash {
  /// 80 bits of SHA-256, as a part of a file's name.
  static func name(of bytes: [UInt8]) -> String { Array(SHA256.hash(bytes).prefix(10)).hexadecimal }

  /// `sha256-…` in the format of a content security policy.
  static func sha256(_ text: some Sequence<UInt8>) -> String {
    "sha256-" + Base64.encode(SHA256.hash(Array(text)))
  }
}
