import CLibvirt

extension Host {
  /// Beside a volume whose upload has not ended, so that a torn one is known as such after any crash.
  static let unfinishedSuffix = ".unfinished"

  /// Whether the volume is there and whole.
  public func volumeExists(pool: String, name: String) async throws -> Bool {
    let operation = "look for the volume \(name)"
    return try await perform(operation) { connection in
      let pool = try connection.existingPool(pool, operation)
      if try pool.volume(name + Self.unfinishedSuffix, operation) != nil { return false }
      return try pool.volume(name, operation) != nil
    }
  }

  /// Its file on the host.
  public func volumePath(pool: String, name: String) async throws -> String {
    let operation = "path of the volume \(name)"
    return try await perform(operation) { connection in
      try connection.existingPool(pool, operation).existingVolume(name, operation).path(operation)
    }
  }

  /// Makes a qcow2 disk over the volume `backing` of the same pool, at least as large as that one.
  ///
  /// Fine if it is there with the same backing and at least this size; `.exists` if it is another.
  public func createOverlay(pool: String, name: String, backing: String, capacityGB: Int) async throws {
    let operation = "create the disk \(name)"
    let wanted = try Self.bytes(gigabytes: capacityGB, operation)
    let isTestDriver = isTestDriver
    try await names.hold("volume \(pool)/\(name)") {
      try await self.perform(operation) { connection in
        let pool = try connection.existingPool(pool, operation)
        // The test driver keeps no files, so there is no image to stand on.
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
