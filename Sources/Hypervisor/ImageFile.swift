import Glibc

/// A disk image on this host, open for reading.
struct ImageFile: ~Copyable {
  /// Size of the file in bytes.
  let size: UInt64
  private let descriptor: Int32

  /// Throws for a file that is not of the expected format (`qcow2` or `raw`), or that refers to other files.
  init(path: String, expected format: String, _ operation: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let (number, reason) = (errno, String(cString: strerror(errno)))
      throw HypervisorError(
        number == ENOENT ? .notFound : .denied, "\(path): \(reason)", operation: operation)
    }
    do {
      size = try Self.size(descriptor, path, expected: format, operation)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads the next bytes; returns 0 at the end.
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
    _ descriptor: Int32, _ path: String, expected format: String, _ operation: String
  ) throws -> UInt64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw HypervisorError(.unsupported, "\(path) is not a disk image", operation: operation)
    }
    var header = [UInt8](repeating: 0, count: DiskImage.headerSize)
    let count = pread(descriptor, &header, header.count, 0)
    let image: DiskImage
    do throws(DiskImage.Problem) {
      image = try DiskImage(
        header: Array(header.prefix(max(0, count))), fileSize: Int64(status.st_size), needsPartitions: false)
    } catch {
      throw HypervisorError(.unsupported, "\(path): \(error.rawValue)", operation: operation)
    }
    guard image.format.rawValue == format else {
      throw HypervisorError(.unsupported, "\(path) is not a \(format) image", operation: operation)
    }
    return UInt64(status.st_size)
  }
}
