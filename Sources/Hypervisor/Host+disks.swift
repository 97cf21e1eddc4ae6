import CLibvirt
import Glibc

/// What a machine will have at its next start, whoever gave it that.
public struct DomainSizes: Sendable, Equatable {
  public let vcpu: Int
  public let memoryMB: Int
  /// Whole GB of its first disk; nil where that is no volume of a pool.
  public let diskGB: Int?
}

extension Host {
  /// Nil if there is no such machine.
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

  /// Grows the disk that the machine starts from, wherever that lies now; the machine must be shut off.
  public func resizeDisk(_ name: String, pool: String, capacityGB: Int) async throws {
    let operation = "resize the disk of \(name)"
    guard (1...65_536).contains(capacityGB) else {
      throw HypervisorError.invalid("a disk of \(capacityGB) GB", operation: operation)
    }
    let wanted = UInt64(capacityGB) << 30
    try await performLong(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      // A file that was made by hand, such as a snapshot's, is no volume before that.
      if let pool = try connection.pool(pool, operation), virStoragePoolRefresh(pool.pointer, 0) < 0 {
        virResetLastError()
      }
      guard let path = Domain.systemDisk(in: try domain.definition(operation)),
        let volume = try connection.volume(path: path, operation)
      else { throw HypervisorError(.unsupported, "the disk lies in no pool", operation: operation) }
      let present = try volume.capacity(operation)
      if present == wanted { return }
      guard present < wanted else {
        throw HypervisorError(.unsupported, "a disk cannot shrink", operation: operation)
      }
      try check(virStorageVolResize(volume.pointer, wanted, 0), operation)
    }
  }

  /// Whether the machine's memory lies on the disk, to be taken up by its next start.
  public func isSaved(_ name: String) async throws -> Bool {
    let operation = "look for the saved state of \(name)"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return false }
      let answer = virDomainHasManagedSaveImage(domain.pointer, 0)
      if answer < 0 { virResetLastError() }
      return answer == 1
    }
  }

  /// Deletes from `pool` what the machine's disks are made of: those it began with, those that were plugged in since,
  /// the files of its snapshots and what all of these stand on. Kept are files of other pools, what another machine
  /// uses, and what `isKept` names. Missing machines and files are fine.
  ///
  /// The lowest goes first: broken off and begun anew, what is above still tells what was below.
  public func deleteDisks(
    _ name: String, pool: String, keeping isKept: @escaping @Sendable (String) -> Bool
  ) async throws {
    let operation = "delete the disks of \(name)"
    try await performLong(operation) { connection in
      guard let domain = try connection.domain(name, operation),
        let home = try connection.pool(pool, operation)
      else { return }
      // Files that were made by hand are no volumes before that.
      if virStoragePoolRefresh(home.pointer, 0) < 0 { virResetLastError() }
      let paths = try domain.diskPaths(operation)
      var files: [String] = []
      for path in paths { try connection.follow(path, pool: pool, into: &files, operation) }
      guard !files.isEmpty else { return }
      let others = try connection.diskPaths(besides: domain, operation)
      for path in files.reversed() where !others.contains(path) {
        guard let volume = try connection.volume(path: path, operation), !isKept(volume.name) else {
          continue
        }
        try home.delete(volume.name, operation)
      }
    }
  }
}

extension Connection {
  /// Nil if the file is no volume of a running pool.
  fileprivate func volume(path: String, _ operation: String) throws -> Volume? {
    if let found = virStorageVolLookupByPath(pointer, path) { return Volume(found) }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  /// Adds a file of the pool and what it stands on, from the top down.
  fileprivate func follow(
    _ path: String, pool: String, into files: inout [String], _ operation: String
  ) throws {
    var next: String? = path
    for _ in 0..<256 {
      guard let path = next, let volume = try volume(path: path, operation),
        volume.poolName == pool
      else { return }
      // What is met again lies below both.
      files.removeAll { $0 == path }
      files.append(path)
      next = XMLReader.text(of: "volume/backingStore/path", in: try volume.xml(operation))
    }
  }

  /// Everything that the disks of all other machines are made of.
  fileprivate func diskPaths(besides domain: borrowing Domain, _ operation: String) throws -> Set<String> {
    let own = uuid(of: domain.pointer)
    var paths: Set<String> = []
    for other in try domains() where other.uuid != own {
      do {
        guard let domain = try self.domain(other.uuid, operation) else { continue }
        paths.formUnion(try domain.diskPaths(operation))
      } catch let error as HypervisorError where error.code == .notFound {
        // It was deleted meanwhile, and uses nothing.
      }
    }
    return paths
  }
}

extension Domain {
  /// Of the next start.
  fileprivate func definition(_ operation: String) throws -> String {
    try checkedText(virDomainGetXMLDesc(pointer, VIR_DOMAIN_XML_INACTIVE.rawValue), operation)
  }

  /// The file behind the first disk.
  fileprivate static func systemDisk(in xml: String) -> String? {
    var disks: [(target: String?, path: String)] = []
    read(disksOf: xml) { target, path, _ in disks.append((target, path)) }
    return (disks.first { $0.target == DomainDefinition.diskTarget } ?? disks.first)?.path
  }

  /// The files of its disks, now and at the next start, with those that its snapshots name. Drives for media are none.
  fileprivate func diskPaths(_ operation: String) throws -> [String] {
    var paths: [String] = []
    for flags in [0, VIR_DOMAIN_XML_INACTIVE.rawValue] {
      let xml = try checkedText(virDomainGetXMLDesc(pointer, flags), operation)
      Self.read(disksOf: xml) { _, path, below in paths += [path] + below }
    }
    for xml in try snapshots(operation) {
      paths += XMLReader.attributes("file", of: "domainsnapshot/disks/disk/source", in: xml)
      paths += XMLReader.attributes("file", of: "domainsnapshot/domain/devices/disk/source", in: xml).filter {
        !$0.hasSuffix(".iso")
      }
      paths += XMLReader.attributes("file", of: "domainsnapshot/memory", in: xml)
    }
    return paths.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Visits each disk with its file and those below, as far as libvirt names them.
  private static func read(disksOf xml: String, _ visit: (String?, String, [String]) -> Void) {
    var isDisk = false
    var target: String?
    var files: [String] = []
    func finish() {
      if isDisk, let first = files.first { visit(target, first, Array(files.dropFirst())) }
      (isDisk, target, files) = (false, nil, [])
    }
    XMLReader.read(xml) { path, attributes, _ in
      if path == "domain/devices/disk" {
        finish()
        isDisk = (attributes["device"] ?? "disk") == "disk"
      } else if path.hasPrefix("domain/devices/disk/") {
        if path.hasSuffix("/source"), let file = attributes["file"] { files.append(file) }
        if path == "domain/devices/disk/target" { target = attributes["dev"] }
      }
    }
    finish()
  }

  private func snapshots(_ operation: String) throws -> [String] {
    var found: UnsafeMutablePointer<OpaquePointer?>?
    let count = virDomainListAllSnapshots(pointer, &found, 0)
    if count < 0 {
      let error = HypervisorError.last(operation)
      if error.code == .unsupported { return [] }
      throw error
    }
    guard let found else { return [] }
    defer {
      for index in 0..<Int(count) { if let snapshot = found[index] { virDomainSnapshotFree(snapshot) } }
      free(found)
    }
    return try (0..<Int(count)).compactMap { index in
      try found[index].map { try checkedText(virDomainSnapshotGetXMLDesc($0, 0), operation) }
    }
  }
}

extension Volume {
  fileprivate var poolName: String? {
    guard let pool = virStoragePoolLookupByVolume(pointer) else {
      virResetLastError()
      return nil
    }
    defer { virStoragePoolFree(pool) }
    return virStoragePoolGetName(pool).map { String(cString: $0) }
  }
}
