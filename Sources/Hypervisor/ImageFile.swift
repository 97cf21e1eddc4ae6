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
      let image = try DiskImage(descriptor: descriptor, path: path)
      guard image.format == format else {
        throw HypervisorError(.unsupported, "\(path) is not a \(format) image", operation: operation)
      }
      guard !image.refersToOtherFiles else {
        throw HypervisorError(.unsupported, "\(path) refers to another file", operation: operation)
      }
      size = UInt64(clamping: image.fileSize)
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
}
