import CLibvirt

/// A reference to a libvirt domain (machine), released when it goes out of scope.
struct Domain: ~Copyable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit {
    virDomainFree(pointer)
    virResetLastError()
  }

  func state(_ operation: String) throws -> DomainState {
    var state: Int32 = 0
    var reason: Int32 = 0
    try check(virDomainGetState(pointer, &state, &reason, 0), operation)
    return DomainState(libvirt: state, reason: reason)
  }

  func undefine(_ operation: String) throws {
    let everything =
      VIR_DOMAIN_UNDEFINE_MANAGED_SAVE.rawValue | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA.rawValue
      | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA.rawValue | VIR_DOMAIN_UNDEFINE_NVRAM.rawValue
    if virDomainUndefineFlags(pointer, everything) == 0 { return }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return }
    // A driver that does not support one of these flags rejects them all.
    guard error.code == .unsupported || error.isInvalidArgument else { throw error }
    try check(virDomainUndefine(pointer), operation)
  }

  /// The maximum first: libvirt lowers the current count with it, and rejects a count above it.
  func setProcessors(_ count: UInt32, _ operation: String) throws {
    let config = VIR_DOMAIN_AFFECT_CONFIG.rawValue
    try check(virDomainSetVcpusFlags(pointer, count, config | VIR_DOMAIN_VCPU_MAXIMUM.rawValue), operation)
    try check(virDomainSetVcpusFlags(pointer, count, config), operation)
  }

  func setMemory(kib: UInt, _ operation: String) throws {
    let config = VIR_DOMAIN_AFFECT_CONFIG.rawValue
    try check(virDomainSetMemoryFlags(pointer, kib, config | VIR_DOMAIN_MEM_MAXIMUM.rawValue), operation)
    try check(virDomainSetMemoryFlags(pointer, kib, config), operation)
  }

  func ejectSeed(_ operation: String) throws {
    var writer = XMLWriter()
    DomainDefinition.writeSeed(nil, &writer)
    // Forced, because the guest may have locked the tray; it has read the seed long before.
    let force = VIR_DOMAIN_DEVICE_MODIFY_FORCE.rawValue
    if virDomainIsActive(pointer) == 1, try hasSeed(flags: 0, operation) {
      let live = VIR_DOMAIN_AFFECT_LIVE.rawValue
      try check(virDomainUpdateDeviceFlags(pointer, writer.text, live | force), operation)
    }
    if try hasSeed(flags: VIR_DOMAIN_XML_INACTIVE.rawValue, operation) {
      let config = VIR_DOMAIN_AFFECT_CONFIG.rawValue
      try check(virDomainUpdateDeviceFlags(pointer, writer.text, config), operation)
    }
  }

  private func hasSeed(flags: UInt32, _ operation: String) throws -> Bool {
    let xml = try checkedText(virDomainGetXMLDesc(pointer, flags), operation)
    var hasMedium = false
    var isSeed = false
    // libvirt lists each disk's source before its target.
    XMLReader.read(xml) { path, attributes, _ in
      switch path {
      case "domain/devices/disk": hasMedium = false
      case "domain/devices/disk/source": hasMedium = attributes["file"] != nil
      case "domain/devices/disk/target":
        isSeed = isSeed || hasMedium && attributes["dev"] == DomainDefinition.seedTarget
      default: break
      }
    }
    return isSeed
  }
}

extension Connection {
  /// Nil when there is no such domain. A UUID finds it even after it was renamed.
  func domain(_ name: String, _ operation: String) throws -> Domain? {
    if let found = lookUp(name) { return Domain(found) }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  func existingDomain(_ name: String, _ operation: String) throws -> Domain {
    Domain(try check(lookUp(name), operation))
  }

  private func lookUp(_ name: String) -> OpaquePointer? {
    isUUID(name) ? virDomainLookupByUUIDString(pointer, name) : virDomainLookupByName(pointer, name)
  }

  func domains() throws -> [(name: String, uuid: String, state: DomainState)] {
    try statistics(VIR_DOMAIN_STATS_STATE.rawValue, "list machines") { domain, name, values in
      (name, uuid(of: domain) ?? "", values.state)
    }
  }
}

/// In text form, 36 characters.
func uuid(of domain: OpaquePointer) -> String? {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(VIR_UUID_STRING_BUFLEN)) { buffer in
    guard let text = buffer.baseAddress, virDomainGetUUIDString(domain, text) == 0 else {
      virResetLastError()
      return nil
    }
    return String(cString: text)
  }
}

/// Whether a text is a UUID: 32 hexadecimal digits in five groups.
func isUUID(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard bytes.count == 36 else { return false }
  return bytes.indices.allSatisfy { place in
    [8, 13, 18, 23].contains(place)
      ? bytes[place] == UInt8(ascii: "-")
      : UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[place]
        || UInt8(ascii: "a")...UInt8(ascii: "f") ~= bytes[place] | 0x20
  }
}
