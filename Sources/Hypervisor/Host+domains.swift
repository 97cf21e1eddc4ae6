import CLibvirt

extension Host {
  /// Creates or replaces the machine's definition without starting it. On a foreign bridge, libvirt's
  /// anti-spoofing filter is added if the host has it.
  public func define(_ definition: DomainDefinition) async throws {
    var definition = definition
    if case .bridge = definition.network, definition.filter == nil, try await hasCleanTraffic() {
      definition.filter = CardFilter.cleanTraffic
    }
    try await define(xml: definition.xml(), operation: "define \(definition.name)")
  }

  func define(xml: String, operation: String) async throws {
    try await perform(operation) { connection in
      _ = Domain(try check(virDomainDefineXML(connection.pointer, xml), operation))
    }
  }

  /// Creates or replaces a machine's definition by one that `definition(of:)` gave.
  public func define(xml: String) async throws { try await define(xml: xml, operation: "define a machine") }

  /// The machine's definition for its next start, as XML without secrets; nil when libvirt has no such machine.
  public func definition(of name: String) async throws -> String? {
    let operation = "definition of \(name)"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return nil }
      return try checkedText(
        virDomainGetXMLDesc(domain.pointer, VIR_DOMAIN_XML_INACTIVE.rawValue), operation)
    }
  }

  /// Starts the machine; does nothing when it is running. Throws `.busy` when it is paused.
  public func start(_ name: String) async throws {
    try await change("start", name, unless: [.running]) { virDomainCreate($0) }
  }

  /// Sends an ACPI power button event; the guest may take time or ignore it. Does nothing when the machine is
  /// off.
  public func shutdown(_ name: String) async throws {
    try await change("shut down", name, unless: [.stopped, .crashed]) { virDomainShutdown($0) }
  }

  /// Asks the guest to reboot.
  public func reboot(_ name: String) async throws {
    try await change("reboot", name, unless: []) { virDomainReboot($0, 0) }
  }

  /// Stops the machine immediately, like pulling the plug. Does nothing when it is off.
  public func destroy(_ name: String) async throws {
    try await change("destroy", name, unless: [.stopped, .crashed]) { virDomainDestroy($0) }
  }

  /// Pauses the machine's processors. Does nothing when they are paused by request already.
  public func suspend(_ name: String) async throws {
    try await change("suspend", name, unless: [.paused]) { virDomainSuspend($0) }
  }

  /// Resumes a paused machine. Does nothing when it is running.
  public func resume(_ name: String) async throws {
    try await change("resume", name, unless: [.running]) { virDomainResume($0) }
  }

  /// Removes the definition with saved state, firmware variables and snapshot metadata; a missing machine is
  /// ignored.
  public func undefine(_ name: String) async throws {
    let operation = "undefine \(name)"
    try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return }
      try domain.undefine(operation)
    }
  }

  /// The current state; `.gone` when libvirt has no such machine.
  public func state(_ name: String) async throws -> DomainState {
    let operation = "state of \(name)"
    return try await perform(operation) { connection in
      try connection.domain(name, operation)?.state(operation) ?? .gone
    }
  }

  /// All machines of the host, including those of others.
  public func domains() async throws -> [(name: String, uuid: String, state: DomainState)] {
    try await perform("list machines") { connection in
      try connection.domains()
    }
  }

  /// Changes the definition for the next start; the machine must be shut off.
  public func reconfigure(_ name: String, vcpu: Int, memoryMB: Int) async throws {
    let operation = "resize \(name)"
    guard (1...4096).contains(vcpu), (1...(1 << 32)).contains(memoryMB) else {
      throw HypervisorError.invalid("\(vcpu) processors and \(memoryMB) MB", operation: operation)
    }
    try await perform(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      guard [.stopped, .crashed].contains(try domain.state(operation)) else {
        throw HypervisorError(.busy, "the machine is not shut off", operation: operation)
      }
      try domain.setProcessors(UInt32(vcpu), operation)
      try domain.setMemory(kib: UInt(memoryMB) * 1024, operation)
    }
  }

  /// Empties the CD-ROM drive, now and for later starts. Does nothing when there is none or it is empty.
  public func ejectSeed(_ name: String) async throws {
    let operation = "eject the seed of \(name)"
    try await perform(operation) { connection in
      try connection.existingDomain(name, operation).ejectSeed(operation)
    }
  }

  private func change(
    _ verb: String, _ name: String, unless settled: [DomainState],
    _ call: @escaping @Sendable (OpaquePointer) -> Int32
  ) async throws {
    let operation = "\(verb) \(name)"
    try await perform(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      do {
        try check(call(domain.pointer), operation)
      } catch let error as HypervisorError where error.code != .unreachable {
        // Drivers report "already in this state" with different errors, so the state is checked.
        guard !settled.contains(try domain.state(operation)) else { return }
        throw error.isInvalidState ? HypervisorError(.busy, error.message, operation: operation) : error
      }
    }
  }
}
