import CLibvirt

/// The sizes of a machine at its next start, including changes made outside this program.
public struct DomainSizes: Sendable, Equatable {
  public let vcpu: Int
  public let memoryMB: Int
  /// Size of its first disk in whole GB; nil when that is not a volume of a pool.
  public let diskGB: Int?
}

extension Host {
  /// Nil when there is no such machine.
  public func sizes(_ name: String) async throws -> DomainSizes? {
    let operation = "read the sizes of \(name)"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return nil }
      let xml = try domain.definition(operation)
      guard let cores = XMLReader.text(of: "domain/vcpu", in: xml).flatMap({ Int($0) }),
        let memory = XMLReader.text(of: "domain/memory", in: xml).flatMap({ Int($0) })
      else { return nil }
      let present = XMLReader.attribute("current", of: "domain/vcpu", in: xml).flatMap { Int($0) }
      let volume = try Domain.systemDisk(in: xml).flatMap {
        try connection.volume(path: $0, operation)?.capacity(operation)
      }
      return DomainSizes(
        vcpu: present ?? cores, memoryMB: memory / 1024, diskGB: volume.map { Int(clamping: $0 >> 30) })
    }
  }

  /// Enlarges the first disk of the machine, which must be shut off.
  public func resizeDisk(_ name: String, pool: String, capacityGB: Int) async throws {
    try await withGrowingDisk(name, pool: pool, capacityGB: capacityGB) { volume, wanted, operation in
      try check(virStorageVolResize(volume.pointer, wanted, 0), operation)
    }
  }

  /// Performs the checks of `resizeDisk` and throws the same errors; changes nothing, and the machine may
  /// run.
  public func checkDisk(_ name: String, pool: String, growsTo capacityGB: Int) async throws {
    try await withGrowingDisk(name, pool: pool, capacityGB: capacityGB) { _, _, _ in }
  }

  /// Calls `body` with the first disk and its new size in bytes, if it is smaller than that.
  private func withGrowingDisk(
    _ name: String, pool: String, capacityGB: Int,
    _ body: @escaping @Sendable (borrowing Volume, UInt64, String) throws -> Void
  ) async throws {
    let operation = "resize the disk of \(name)"
    guard (1...65_536).contains(capacityGB) else {
      throw HypervisorError.invalid("a disk of \(capacityGB) GB", operation: operation)
    }
    let wanted = UInt64(capacityGB) << 30
    try await performLong(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      // A file created outside libvirt, such as a snapshot, becomes a volume only with a refresh.
      if let pool = try connection.pool(pool, operation), virStoragePoolRefresh(pool.pointer, 0) < 0 {
        virResetLastError()
      }
      guard let path = Domain.systemDisk(in: try domain.definition(operation)),
        let volume = try connection.volume(path: path, operation)
      else { throw HypervisorError(.unsupported, "the disk is in no storage pool", operation: operation) }
      let present = try volume.capacity(operation)
      if present == wanted { return }
      guard present < wanted else {
        throw HypervisorError(.unsupported, "a disk cannot shrink", operation: operation)
      }
      if try volume.isFirstQCOW2(operation), try domain.hasInternalSnapshot(operation) {
        throw HypervisorError(
          .hasSnapshots, "a disk in the first format of qcow2 has snapshots", operation: operation)
      }
      try body(volume, wanted, operation)
    }
  }
}

extension Volume {
  /// Whether the disk has the qcow2 format of QEMU before 1.1, which earlier versions used. A disk in that
  /// format cannot grow while it has snapshots.
  fileprivate func isFirstQCOW2(_ operation: String) throws -> Bool {
    let xml = try xml(operation)
    guard XMLReader.attribute("type", of: "volume/target/format", in: xml) == "qcow2" else { return false }
    return XMLReader.text(of: "volume/target/compat", in: xml) ?? "0.10" == "0.10"
  }
}

extension Domain {
  /// Whether libvirt knows a snapshot stored inside a disk.
  fileprivate func hasInternalSnapshot(_ operation: String) throws -> Bool {
    try snapshots(operation).contains { xml in
      XMLReader.attributes("snapshot", of: "domainsnapshot/disks/disk", in: xml).contains("internal")
    }
  }
}
