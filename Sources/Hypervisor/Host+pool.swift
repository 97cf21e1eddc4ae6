import CLibvirt

extension Host {
  /// Declares that our pool of this name is the one at `path`: from then on, calls that find a pool of the
  /// same name elsewhere throw `.foreign` and change nothing.
  public func claimPool(name: String, path: String) {
    try? pools.claim(name, path: path, "claim the pool \(name)")
  }

  /// Defines a directory pool at `path`, starts it, sets it to start with the host, and refreshes its list of
  /// files.
  public func ensurePool(name: String, path: String) async throws {
    let operation = "prepare the pool \(name)"
    try pools.claim(name, path: path, operation)
    try await names.hold("pool \(name)") {
      try await self.performLong(operation) { connection in
        if let existing = try connection.pool(name, operation) {
          try existing.settle(operation)
        } else {
          let definition = Self.poolXML(name, path)
          let pool = Pool(try check(virStoragePoolDefineXML(connection.pointer, definition, 0), operation))
          try pool.settle(operation)
        }
      }
    }
  }

  /// The names of all its volumes.
  public func volumes(pool: String) async throws -> [String] {
    let operation = "list the pool \(pool)"
    return try await perform(operation) { try $0.existingPool(pool, operation).volumes(operation) }
  }

  private static func poolXML(_ name: String, _ path: String) -> String {
    XMLWriter.document("pool", ["type": "dir"]) { xml in
      xml.element("name", text: name)
      xml.element("target") { xml in
        xml.element("path", text: path)
        xml.element("permissions") { $0.element("mode", text: "0711") }
      }
    }
  }
}

extension Pool {
  fileprivate func settle(_ operation: String) throws {
    if try check(virStoragePoolIsActive(pointer), operation) == 0 {
      try check(virStoragePoolBuild(pointer, 0), operation)
      try check(virStoragePoolCreate(pointer, 0), operation)
    } else if virStoragePoolRefresh(pointer, 0) < 0 {
      // The refresh fails while a volume is being created; libvirt's list is recent enough then.
      virResetLastError()
    }
    try check(virStoragePoolSetAutostart(pointer, 1), operation)
  }
}
