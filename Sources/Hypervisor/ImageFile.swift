import Glibc

/// A disk image on this machine, open for reading.
struct ImageFile: ~Copyable {
  /// Bytes of the file.
  let size: UInt64
  private let descriptor: Int32

  /// Refuses what is not a file of the expected format (`qcow2` or `raw`) that stands by itself.
  init(path: String, expected format: String, _ operation: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let (number, reason) = (errno, String(cString: strerror(errno)))
      throw HypervisorError(
        number == ENOENT ? .notFound : .denied, "\(path): \(reason)", operation: operation)
    }
    do {
      size = try Self.size(of: descriptor, path, expected: format, operation)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The next bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, _ operation: String) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw HypervisorError(.other(errno), String(cString: strerror(errno)), operation: operation)
      }
    }
  }

  private static func size(
    of descriptor: Int32, _ path: String, expected format: String, _ operation: String
  ) throws -> UInt64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw HypervisorError(.unsupported, "\(path) is not a disk image", operation: operation)
    }
    var header = [UInt8](repeating: 0, count: 104)
    let count = pread(descriptor, &header, header.count, 0)
    let image = QCOW2Header(header.prefix(max(0, count)))
    guard ["qcow2", "raw"].contains(format), (image != nil) == (format == "qcow2") else {
      throw HypervisorError(.unsupported, "\(path) is not a \(format) image", operation: operation)
    }
    guard image?.refersToOtherFiles != true else {
      throw HypervisorError(.unsupported, "\(path) refers to another file", operation: operation)
    }
    return UInt64(clamping: status.st_size)
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
