/// A disk image as described by its header, independent of its file name.
public struct DiskImage: Sendable, Equatable {
  /// The `format` argument of ``Host/importVolume(pool:name:fromFile:format:progress:)``.
  public enum Format: String, Sendable { case qcow2, raw }

  public enum Problem: String, Error, Sendable {
    case unreadable
    /// Neither qcow2 nor a raw disk with a partition table.
    case unknownFormat
    case unsupportedVersion
    /// It refers to another file, which the machine would read from the host.
    case hasBackingFile
    case encrypted
    case damaged
    /// Its tables refer beyond the end of the file: the copy is incomplete.
    case truncated
    /// The content does not match the file name's extension.
    case wrongFormat
  }

  public static let headerSize = 1024

  public let format: Format
  /// The size of the virtual disk in bytes.
  public let capacity: Int64

  /// Parses the header of an image whose file is `fileSize` bytes long. A raw disk must have a partition
  /// table if `needsPartitions` (https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.txt).
  public init(header: [UInt8], fileSize: Int64, needsPartitions: Bool = true) throws(Problem) {
    if header.starts(with: [0x51, 0x46, 0x49, 0xFB]) {
      format = .qcow2
      capacity = try Self.qcow2Capacity(header)
    } else {
      guard !needsPartitions || Self.hasPartitions(header, fileSize) else { throw .unknownFormat }
      format = .raw
      capacity = fileSize
    }
  }

  private static func hasPartitions(_ header: [UInt8], _ fileSize: Int64) -> Bool {
    header.count >= 520 && fileSize >= 1 << 20 && fileSize % 512 == 0 && header[510] == 0x55
      && header[511] == 0xAA
  }

  private static func qcow2Capacity(_ header: [UInt8]) throws(Problem) -> Int64 {
    guard header.count >= 104 else { throw .damaged }
    func number(_ offset: Int, _ size: Int) -> UInt64 {
      header[offset..<offset + size].reduce(0) { $0 << 8 | UInt64($1) }
    }
    let version = number(4, 4)
    guard version == 2 || version == 3 else { throw .unsupportedVersion }
    // An offset without a size, or a size without an offset, names no file but is rejected as well.
    guard number(8, 8) == 0, number(16, 4) == 0 else { throw .hasBackingFile }
    guard (9...21).contains(number(20, 4)) else { throw .damaged }
    guard number(32, 4) == 0 else { throw .encrypted }
    if version == 3 {
      let incompatible = number(72, 8)
      if incompatible & 2 != 0 { throw .damaged }
      if incompatible & 4 != 0 { throw .hasBackingFile }
      // Known and harmless features: dirty, compression type, extended L2 entries.
      if incompatible & ~0b11001 != 0 { throw .unsupportedVersion }
    }
    let capacity = number(24, 8)
    guard capacity > 0, capacity <= 1 << 50 else { throw .damaged }
    return Int64(capacity)
  }
}
