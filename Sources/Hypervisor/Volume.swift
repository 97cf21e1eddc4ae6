import CLibvirt
import Glibc

/// A reference to a libvirt storage pool, released when it goes out of scope.
struct Pool: ~Copyable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit {
    virStoragePoolFree(pointer)
    virResetLastError()
  }

  /// Nil when the pool has no such volume.
  func volume(_ name: String, _ operation: String) throws -> Volume? {
    if let found = virStorageVolLookupByName(pointer, name) { return Volume(found) }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  func existingVolume(_ name: String, _ operation: String) throws -> Volume {
    Volume(try check(virStorageVolLookupByName(pointer, name), operation))
  }

  func create(_ xml: String, _ operation: String) throws -> Volume {
    Volume(try check(virStorageVolCreateXML(pointer, xml, 0), operation))
  }

  func delete(_ name: String, _ operation: String) throws {
    guard let volume = try volume(name, operation) else { return }
    do {
      try check(virStorageVolDelete(volume.pointer, 0), operation)
    } catch let error as HypervisorError where error.code == .notFound {
      return
    }
  }

  func path(_ operation: String) throws -> String? {
    XMLReader.text(
      of: "pool/target/path", in: try checkedText(virStoragePoolGetXMLDesc(pointer, 0), operation))
  }

  func volumes(_ operation: String) throws -> [String] {
    var found: UnsafeMutablePointer<OpaquePointer?>?
    let count = try check(virStoragePoolListAllVolumes(pointer, &found, 0), operation)
    guard let found else { return [] }
    defer { free(found) }
    // Wraps each volume first, so that all are released even if one fails.
    return (0..<Int(count)).compactMap { found[$0].map { Volume($0).name } }
  }
}

/// A reference to a libvirt volume, released when it goes out of scope.
struct Volume: ~Copyable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit {
    virStorageVolFree(pointer)
    virResetLastError()
  }

  var name: String { virStorageVolGetName(pointer).map { String(cString: $0) } ?? "" }

  func path(_ operation: String) throws -> String {
    try checkedText(virStorageVolGetPath(pointer), operation)
  }

  func xml(_ operation: String) throws -> String {
    try checkedText(virStorageVolGetXMLDesc(pointer, 0), operation)
  }

  /// The virtual size in bytes.
  func capacity(_ operation: String) throws -> UInt64 {
    var info = virStorageVolInfo()
    try check(virStorageVolGetInfo(pointer, &info), operation)
    return info.capacity
  }
}

extension Connection {
  func pool(_ name: String, _ operation: String) throws -> Pool? {
    if let found = virStoragePoolLookupByName(pointer, name) {
      let pool = Pool(found)
      try pools.check(pool, name, operation)
      return pool
    }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  func existingPool(_ name: String, _ operation: String) throws -> Pool {
    let pool = Pool(try check(virStoragePoolLookupByName(pointer, name), operation))
    try pools.check(pool, name, operation)
    return pool
  }
}
