import CLibvirt
import Glibc

extension Host {
  private static let pieceSize = 256 * 1024

  /// Copies a local disk image into a pool of the host; does nothing when the volume exists and is complete.
  ///
  /// `progress` is called with 0 to 1, about a hundred times, on another thread. After a failed or cancelled
  /// upload ``volumeExists(pool:name:)`` returns false. Throws `.unsupported` on the test driver, and for a
  /// qcow2 file that refers to other files.
  public func importVolume(
    pool: String, name: String, fromFile path: String, format: String,
    progress: @escaping @Sendable (Double) -> Void
  ) async throws {
    let operation = "import \(path) as \(name)"
    if isTestDriver {
      throw HypervisorError(.unsupported, "not available on this host", operation: operation)
    }
    let cancellation = Cancellation()
    try await withTaskCancellationHandler {
      try await names.hold("volume \(pool)/\(name)") {
        try await self.performLong(operation) { connection in
          try cancellation.check()
          let image = try ImageFile(path: path, expected: format, operation)
          let pool = try connection.existingPool(pool, operation)
          let marker = name + Self.unfinishedSuffix
          if try pool.volume(marker, operation) == nil {
            if try pool.volume(name, operation) != nil { return progress(1) }
            _ = try pool.create(VolumeDefinition(name: marker, capacity: 0).xml(), operation)
          }
          do {
            try pool.delete(name, operation)
            try self.upload(image, to: pool, as: name, connection, cancellation, progress, operation)
            try pool.delete(marker, operation)
          } catch {
            // The marker is deleted last, and stays when the host is unreachable: the next import then starts
            // over.
            if (try? pool.delete(name, operation)) != nil { try? pool.delete(marker, operation) }
            throw error
          }
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Creates a small volume, such as a seed, replacing one of the same name.
  public func createVolume(pool: String, name: String, bytes: [UInt8]) async throws {
    let operation = "write the volume \(name)"
    if isTestDriver {
      throw HypervisorError(.unsupported, "not available on this host", operation: operation)
    }
    try await names.hold("volume \(pool)/\(name)") {
      try await self.perform(operation) { connection in
        let pool = try connection.existingPool(pool, operation)
        try pool.delete(name, operation)
        let length = UInt64(bytes.count)
        let volume = try pool.create(VolumeDefinition(name: name, capacity: length).xml(), operation)
        do {
          var upload = try Upload(to: volume, of: connection, length: length, operation)
          try bytes.withUnsafeBytes { try upload.send($0) }
          try upload.finish()
        } catch {
          try? pool.delete(name, operation)
          throw error
        }
      }
    }
  }

  /// Uploads into an empty raw volume, so that nothing remains behind the image; refreshing the pool
  /// afterwards makes libvirt read the actual format.
  private func upload(
    _ image: borrowing ImageFile, to pool: borrowing Pool, as name: String, _ connection: Connection,
    _ cancellation: Cancellation, _ progress: (Double) -> Void, _ operation: String
  ) throws {
    let volume = try pool.create(VolumeDefinition(name: name, capacity: 0).xml(), operation)
    var upload = try Upload(to: volume, of: connection, length: image.size, operation)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
    defer { piece.deallocate() }
    var done: UInt64 = 0
    var lastPercent: UInt64?
    while done < image.size {
      try cancellation.check()
      if state.withLock({ $0.isStopped }) { throw CancellationError() }
      let count = try image.read(into: piece, operation)
      guard count > 0 else {
        throw HypervisorError(.other(0), "the file became shorter", operation: operation)
      }
      try upload.send(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      done += UInt64(count)
      let percent = min(99, UInt64(Double(done) / Double(image.size) * 100))
      if percent != lastPercent { progress(Double(percent) / 100) }
      lastPercent = percent
    }
    try upload.finish()
    try pool.refresh(operation)
    progress(1)
  }
}

extension Pool {
  /// libvirt refuses a refresh while another volume of the pool is being created, which takes only moments.
  fileprivate func refresh(_ operation: String) throws {
    for _ in 0..<50 {
      if virStoragePoolRefresh(pointer, 0) == 0 { return }
      let error = HypervisorError.last(operation)
      guard case .other = error.code else { throw error }
      usleep(100_000)
    }
    try check(virStoragePoolRefresh(pointer, 0), operation)
  }
}
