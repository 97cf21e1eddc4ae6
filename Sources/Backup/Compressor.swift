import CZstd

/// Compresses a stream with Zstandard, in a few megabytes of memory.
final class Compressor {
  private static let level: Int32 = 3

  private let context: OpaquePointer
  private var room = [UInt8](repeating: 0, count: 128 << 10)

  init() throws(ArchiveError) {
    guard let made = ZSTD_createCCtx() else { throw .noMemory }
    context = made
    ZSTD_CCtx_setParameter(made, ZSTD_c_compressionLevel, Self.level)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Passes what the bytes become to `sink`; `isLast` ends the stream.
  func add(_ bytes: [UInt8], isLast: Bool = false, to sink: Sealer) throws(ArchiveError) {
    var place = 0
    var left = 0
    repeat {
      let count = step(bytes, &place, isLast ? ZSTD_e_end : ZSTD_e_continue, &left)
      if ZSTD_isError(left) != 0 { throw .noMemory }
      try sink.add(room[..<count])
    } while isLast ? left > 0 : place < bytes.count
  }

  /// Compresses from `place` on; returns how many bytes of the room are filled.
  private func step(
    _ bytes: [UInt8], _ place: inout Int, _ end: ZSTD_EndDirective, _ left: inout Int
  ) -> Int {
    bytes.withUnsafeBytes { given in
      room.withUnsafeMutableBytes { buffer in
        var input = ZSTD_inBuffer(src: given.baseAddress, size: given.count, pos: place)
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        left = ZSTD_compressStream2(context, &output, &input, end)
        place = input.pos
        return output.pos
      }
    }
  }
}
