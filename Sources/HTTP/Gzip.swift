import CZlib

/// Gzip compression of whole byte blocks.
public enum Gzip {
  /// Nil when zlib fails or the result is not smaller.
  public static func compress(_ bytes: [UInt8]) -> [UInt8]? { compress(SharedBytes(bytes)) }

  /// Nil when zlib fails or the result is not smaller.
  static func compress(_ bytes: SharedBytes) -> [UInt8]? {
    var stream = z_stream()
    // A window of 15 bits, plus 16 for a gzip header instead of a zlib one.
    let opened = deflateInit2_(
      &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)
    )
    guard opened == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    let compressed = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      bytes.withBytes { input in
        stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(clamping: bound)
        count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
      }
    }
    return compressed.isEmpty || compressed.count >= bytes.count ? nil : compressed
  }
}
