import Glibc

/// What a disk image on this machine is, by its own first bytes and not by its name.
public struct DiskImage: Sendable, Equatable {
  /// `qcow2` or `raw`, as ``Host/importVolume(pool:name:fromFile:format:progress:)`` wants it.
  public let format: String
  /// Bytes of the file.
  public let fileSize: Int64
  /// Bytes that a guest sees.
  public let virtualSize: Int64
  let refersToOtherFiles: Bool

  /// Reads the header; throws `.notFound`, `.denied`, or `.unsupported` for what is no file with content.
  public init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let (number, reason) = (errno, String(cString: strerror(errno)))
      throw HypervisorError(
        number == ENOENT ? .notFound : .denied, "\(path): \(reason)", operation: "read a disk image")
    }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, path: path)
  }

  init(descriptor: Int32, path: String) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw HypervisorError(.unsupported, "\(path) is not a disk image", operation: "read a disk image")
    }
    var bytes = [UInt8](repeating: 0, count: 104)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let header = QCOW2Header(bytes.prefix(max(0, count)))
    format = header == nil ? "raw" : "qcow2"
    fileSize = Int64(status.st_size)
    virtualSize = header.map { Int64(clamping: $0.virtualSize) } ?? fileSize
    refersToOtherFiles = header?.refersToOtherFiles ?? false
  }
}

/// What the first bytes of a qcow2 image say (https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.txt).
struct QCOW2Header: Equatable {
  /// Bytes that a guest sees.
  let virtualSize: UInt64
  /// Has a backing file or keeps its data elsewhere: a door to any file of the host.
  let refersToOtherFiles: Bool

  /// Nil if this is no qcow2 image.
  init?(_ bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count >= 72, bytes.starts(with: [0x51, 0x46, 0x49, 0xFB]) else { return nil }
    func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    let version = number(4..<8)
    virtualSize = number(24..<32)
    // Version 3: bit 2 of the incompatible features is an external data file.
    let hasDataFile = version >= 3 && bytes.count >= 80 && number(72..<80) & 4 != 0
    refersToOtherFiles = number(8..<16) != 0 || hasDataFile
  }
}
