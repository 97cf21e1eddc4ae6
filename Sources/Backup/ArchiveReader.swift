import Glibc

/// Reads a backup file by file, in their order. What it gives out is as it was written; an altered or incomplete file ends in
/// an error, at the latest when `next` would return nil.
///
/// Used by one thread, which it blocks.
public final class ArchiveReader {
  public struct Entry: Sendable, Equatable {
    public let name: String
    /// In bytes.
    public let size: Int64
  }

  public let header: ArchiveHeader
  private let path: String
  private let stream: Decompressor
  /// Bytes of the current entry that are not read, and of its padding.
  private var left: Int64 = 0
  private var padding = 0
  private var hasEnded = false

  /// Takes half a second for the key.
  public init(_ path: String, passphrase: Passphrase) throws(ArchiveError) {
    let unsealer = try Unsealer(InputFile(path), passphrase)
    self.path = path
    header = unsealer.header
    stream = try Decompressor(unsealer)
  }

  /// The next entry, past the rest of the current one; nil at the end.
  public func next() throws(ArchiveError) -> Entry? {
    if hasEnded { return nil }
    while left > 0 { _ = try read() }
    _ = try exactly(padding)
    padding = 0
    let block = try exactly(TarHeader.block)
    if block.allSatisfy({ $0 == 0 }) {
      try stream.finish()
      hasEnded = true
      return nil
    }
    guard let header = TarHeader(block) else { throw .altered(path) }
    left = header.size
    padding = TarHeader.padding(header.size)
    return Entry(name: header.name, size: header.size)
  }

  /// A further piece of the current entry; empty at its end.
  public func read() throws(ArchiveError) -> [UInt8] {
    let bytes = try exactly(Int(min(left, 256 << 10)))
    left -= Int64(bytes.count)
    return bytes
  }

  /// The whole of the current entry, if it has at most `limit` bytes.
  public func content(limit: Int) throws(ArchiveError) -> [UInt8] {
    guard left <= Int64(limit) else { throw .altered(path) }
    var bytes: [UInt8] = []
    while left > 0 { bytes += try read() }
    return bytes
  }

  /// Writes the current entry to the new file `target`, mode 0600, which is on disk when this returns. `goesOn` is called
  /// before each piece with its share; when it returns false, `interrupted` is thrown.
  public func extract(to target: String, goesOn: (Double) -> Bool) throws(ArchiveError) {
    let file = try OutputFile(target)
    let size = left
    while left > 0 {
      guard goesOn(1 - Double(left) / Double(size)) else { throw .interrupted }
      try file.write(try read())
    }
    try file.synchronize()
  }

  private func exactly(_ count: Int) throws(ArchiveError) -> [UInt8] {
    let bytes = try stream.read(count)
    guard bytes.count == count else { throw .altered(path) }
    return bytes
  }
}
