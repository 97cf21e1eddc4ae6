import Glibc

/// Writes a backup: files in a tar archive, compressed, encrypted, in a file that has its name only when it is complete.
///
/// Used by one thread, which it blocks.
public final class ArchiveWriter {
  public static let suffix = ".partial"

  private let path: String
  private let file: OutputFile
  private let sealer: Sealer
  private let compressor: Compressor
  private let time: Int64
  private var isFinished = false

  /// Creates the file under a temporary name. Takes half a second for the key.
  public init(
    _ path: String, _ header: ArchiveHeader, passphrase: Passphrase, cost: KeyCost = .standard
  ) throws(ArchiveError) {
    guard access(path, F_OK) != 0 else { throw .exists(path) }
    self.path = path
    time = header.createdAt / 1000
    compressor = try Compressor()
    file = try OutputFile(path + Self.suffix)
    do throws(ArchiveError) {
      sealer = try Sealer(file, header, passphrase, cost)
    } catch {
      unlink(path + Self.suffix)
      throw error
    }
  }

  deinit { if !isFinished { unlink(path + Self.suffix) } }

  /// Adds a file with this content; the name has at most 100 bytes.
  public func add(_ name: String, _ bytes: [UInt8]) throws(ArchiveError) {
    try put(TarHeader(name: name, size: Int64(bytes.count)).bytes(time: time))
    try put(bytes)
    try put([UInt8](repeating: 0, count: TarHeader.padding(Int64(bytes.count))))
  }

  /// Adds a copy of the file `source`, which must not change meanwhile. `goesOn` is called before each piece with the share
  /// that is written; when it returns false, `interrupted` is thrown.
  public func add(_ name: String, copyOf source: String, goesOn: (Double) -> Bool) throws(ArchiveError) {
    let input = try InputFile(source)
    try put(TarHeader(name: name, size: input.size).bytes(time: time))
    var left = input.size
    while left > 0 {
      guard goesOn(1 - Double(left) / Double(input.size)) else { throw .interrupted }
      let bytes = try input.read(Int(min(left, 256 << 10)))
      guard !bytes.isEmpty else { throw .system(source, code: EIO) }
      try put(bytes)
      left -= Int64(bytes.count)
    }
    try put([UInt8](repeating: 0, count: TarHeader.padding(input.size)))
  }

  /// Ends the archive and gives it its name once it is on disk. Returns its size in bytes.
  public func finish() throws(ArchiveError) -> Int64 {
    try put([UInt8](repeating: 0, count: 2 * TarHeader.block), isLast: true)
    try sealer.finish()
    try file.synchronize()
    guard rename(path + Self.suffix, path) == 0 else { throw ArchiveError(errno: errno, path) }
    isFinished = true
    synchronize(folder: folder(of: path))
    return file.size
  }

  private func put(_ bytes: [UInt8], isLast: Bool = false) throws(ArchiveError) {
    try compressor.add(bytes, isLast: isLast, to: sealer)
  }
}
