import CSodium

extension [UInt8] {
  /// The bytes as two hexadecimal digits each.
  var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Incremental BLAKE2b with 32 bytes of output.
struct Digest: ~Copyable {
  // An opaque type of libsodium, which gives its size and requires an alignment of 64 bytes.
  private let state: UnsafeMutableRawPointer

  init() {
    state = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
    crypto_generichash_init(OpaquePointer(state), nil, 0, 32)
  }

  deinit { state.deallocate() }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    crypto_generichash_update(
      OpaquePointer(state), bytes.assumingMemoryBound(to: UInt8.self).baseAddress, UInt64(bytes.count))
  }

  consuming func finished() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    crypto_generichash_final(OpaquePointer(state), &digest, digest.count)
    return digest
  }
}
