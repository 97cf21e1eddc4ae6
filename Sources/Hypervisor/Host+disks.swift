import CLibvirt
import Glibc

extension Host {
  /// Whether the machine has a managed save image: its memory is on the disk and will be restored at the next
  /// start.
  public func isSaved(_ name: String) async throws -> Bool {
    let operation = "look for the saved state of \(name)"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return false }
      let answer = virDomainHasManagedSaveImage(domain.pointer, 0)
      if answer < 0 { virResetLastError() }
      return answer == 1
    }
  }

  /// Deletes the files of the machine's disks from `pool`: original disks, disks attached later, snapshot
  /// files and their backing files. Kept are files of other pools, files used by other machines, and those
  /// for which `isKept` returns true. Missing machines and files are ignored.
  ///
  /// Backing files are deleted first: after an interruption the remaining files still name the ones below
  /// them.
  public func deleteDisks(
    _ name: String, pool: String, keeping isKept: @escaping @Sendable (String) -> Bool
  ) async throws {
    try await deleteDisks(name, pool: pool, keeping: isKept) { _, _ in }
  }

  /// For tests: `meeting` is called with each other machine before it is read.
  func deleteDisks(
    _ name: String, pool: String, keeping isKept: @escaping @Sendable (String) -> Bool,
    meeting: @escaping @Sendable (Connection, borrowing Domain) throws -> Void
  ) async throws {
    let operation = "delete the disks of \(name)"
    try await performLong(operation) { connection in
      guard let domain = try connection.domain(name, operation),
        let home = try connection.pool(pool, operation)
      else { return }
      // Files created outside libvirt become volumes only with a refresh.
      if virStoragePoolRefresh(home.pointer, 0) < 0 { virResetLastError() }
      let paths = try domain.diskPaths(operation)
      var files: [String] = []
      for path in paths { try connection.follow(path, pool: pool, into: &files, operation) }
      guard !files.isEmpty else { return }
      let others = try connection.diskPaths(besides: domain, meeting: meeting, operation)
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
  /// Nil when the file is not a volume of a running pool.
  func volume(path: String, _ operation: String) throws -> Volume? {
    if let found = virStorageVolLookupByPath(pointer, path) { return Volume(found) }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  /// Appends a file of the pool and its backing files, from top to bottom.
  fileprivate func follow(
    _ path: String, pool: String, into files: inout [String], _ operation: String
  ) throws {
    var next: String? = path
    for _ in 0..<256 {
      guard let path = next, let volume = try volume(path: path, operation),
        volume.poolName == pool
      else { return }
      // A file met again lies below both disks, so it moves to the end.
      files.removeAll { $0 == path }
      files.append(path)
      next = XMLReader.text(of: "volume/backingStore/path", in: try volume.xml(operation))
    }
  }

  /// The paths of all disks and backing files of the other machines.
  fileprivate func diskPaths(
    besides domain: borrowing Domain, meeting: (Connection, borrowing Domain) throws -> Void,
    _ operation: String
  ) throws -> Set<String> {
    let own = uuid(of: domain.pointer)
    var paths: Set<String> = []
    for other in try domains() where other.uuid != own {
      do {
        guard let domain = try self.domain(other.uuid, operation) else { continue }
        try meeting(self, domain)
        paths.formUnion(try domain.diskPaths(operation))
      } catch let error as HypervisorError where error.code == .notFound {
        // It was deleted meanwhile and uses no file.
      }
    }
    return paths
  }
}

extension Domain {
  /// The XML definition for the next start.
  func definition(_ operation: String) throws -> String {
    try checkedText(virDomainGetXMLDesc(pointer, VIR_DOMAIN_XML_INACTIVE.rawValue), operation)
  }

  /// The file of the first disk.
  static func systemDisk(in xml: String) -> String? {
    var disks: [(target: String?, path: String)] = []
    read(disksOf: xml) { target, path, _ in disks.append((target, path)) }
    return (disks.first { $0.target == DomainDefinition.diskTarget } ?? disks.first)?.path
  }

  /// The files of its disks, running and permanent, including those named by snapshots; not removable media.
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

  /// Visits each disk with its target, its file and its backing files, as far as libvirt lists them.
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

  /// The XML of each snapshot that libvirt knows.
  func snapshots(_ operation: String) throws -> [String] {
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
