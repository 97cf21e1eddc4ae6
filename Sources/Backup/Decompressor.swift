import CZstd

/// Reads the stream that `Compressor` wrote.
final class Decompressor {
  private let source: Unsealer
  private let context: OpaquePointer
  private var input: [UInt8] = []
  private var place = 0
  private var hasEnded = false

  init(_ source: Unsealer) throws(ArchiveError) {
    guard let made = ZSTD_createDCtx() else { throw .noMemory }
    context = made
    self.source = source
  }

  deinit { ZSTD_freeDCtx(context) }

  /// The next `count` bytes; fewer only at the end of the stream.
  func read(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count, !hasEnded {
      let isFed = try feed()
      let made = try step(&bytes, from: filled)
      if made == 0, !isFed, !hasEnded { throw .altered(source.path) }
      filled += made
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Reads to the end, at which nothing may be left over.
  func finish() throws(ArchiveError) {
    while !hasEnded { _ = try read(Sealer.frame) }
    while let more = try source.next() {
      guard more.isEmpty else { throw .altered(source.path) }
    }
  }

  /// Whether there is input to decompress.
  private func feed() throws(ArchiveError) -> Bool {
    while place == input.count {
      guard let next = try source.next() else { return false }
      (input, place) = (next, 0)
    }
    return true
  }

  private func step(_ bytes: inout [UInt8], from start: Int) throws(ArchiveError) -> Int {
    var from = ZSTD_inBuffer(src: nil, size: input.count, pos: place)
    var left = 0
    let end = bytes.withUnsafeMutableBytes { buffer in
      input.withUnsafeBytes { given in
        from.src = given.baseAddress
        var to = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: start)
        left = ZSTD_decompressStream(context, &to, &from)
        return to.pos
      }
    }
    guard ZSTD_isError(left) == 0 else { throw .altered(source.path) }
    place = from.pos
    hasEnded = left == 0
    return end - start
  }
}
