import CLibvirt

extension Host {
  /// Suffix of a marker beside a volume whose upload is not complete, so that it is recognized even after a
  /// crash.
  static let unfinishedSuffix = ".unfinished"

  /// Whether the volume exists and is complete.
  public func volumeExists(pool: String, name: String) async throws -> Bool {
    let operation = "look for the volume \(name)"
    return try await perform(operation) { connection in
      let pool = try connection.existingPool(pool, operation)
      if try pool.volume(name + Self.unfinishedSuffix, operation) != nil { return false }
      return try pool.volume(name, operation) != nil
    }
  }

  /// The path of its file on the host.
  public func volumePath(pool: String, name: String) async throws -> String {
    let operation = "path of the volume \(name)"
    return try await perform(operation) { connection in
      try connection.existingPool(pool, operation).existingVolume(name, operation).path(operation)
    }
  }

  /// Creates a qcow2 disk with the volume `backing` of the same pool as its backing file, at least as large
  /// as that.
  ///
  /// Does nothing when it exists with the same backing file and at least this size; throws `.exists` when it
  /// differs.
  public func createOverlay(pool: String, name: String, backing: String, capacityGB: Int) async throws {
    let operation = "create the disk \(name)"
    let wanted = try Self.bytes(gigabytes: capacityGB, operation)
    let isTestDriver = isTestDriver
    try await names.hold("volume \(pool)/\(name)") {
      try await self.perform(operation) { connection in
        let pool = try connection.existingPool(pool, operation)
        // The test driver keeps no files, so the backing volume is created here.
        if isTestDriver, try pool.volume(backing, operation) == nil {
          if try pool.volume(name, operation) != nil { return }
          _ = try pool.create(
            VolumeDefinition(name: name, capacity: wanted, format: "qcow2").xml(), operation)
          return
        }
        let base = try pool.existingVolume(backing, operation)
        let basePath = try base.path(operation)
        let capacity = max(wanted, try base.capacity(operation))
        if let present = try pool.volume(name, operation) {
          let path = XMLReader.text(of: "volume/backingStore/path", in: try present.xml(operation))
          if isTestDriver { return }
          guard path == basePath, try present.capacity(operation) >= capacity else {
            throw HypervisorError(.exists, "another disk has this name", operation: operation)
          }
          return
        }
        let format = XMLReader.attribute("type", of: "volume/target/format", in: try base.xml(operation))
        let definition = VolumeDefinition(
          name: name, capacity: capacity, format: "qcow2", backing: (basePath, format ?? "raw"))
        _ = try pool.create(definition.xml(), operation)
      }
    }
  }

  /// Missing is fine.
  public func deleteVolume(pool: String, name: String) async throws {
    let operation = "delete the volume \(name)"
    try await names.hold("volume \(pool)/\(name)") {
      try await self.perform(operation) { connection in
        guard let pool = try connection.pool(pool, operation) else { return }
        try pool.delete(name, operation)
        try pool.delete(name + Self.unfinishedSuffix, operation)
      }
    }
  }

  private static func bytes(gigabytes: Int, _ operation: String) throws -> UInt64 {
    guard (1...65_536).contains(gigabytes) else {
      throw HypervisorError.invalid("a disk of \(gigabytes) GB", operation: operation)
    }
    return UInt64(gigabytes) << 30
  }
}
