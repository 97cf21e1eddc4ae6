import CLibvirt

extension Host {
  /// The host's capabilities, determined once per connection. The first call starts a trial machine and takes
  /// some seconds.
  public func capabilities() async throws -> HostCapabilities {
    let operation = "ask what the host can do"
    return try await names.hold("capabilities") {
      let session = try self.currentSession(operation)
      if let known = session.capabilities.withLock({ $0 }) { return known }
      let found = try await self.performLong(operation) { try self.findCapabilities($0, operation) }
      session.capabilities.withLock { $0 = found }
      return found
    }
  }

  private func findCapabilities(_ connection: Connection, _ operation: String) throws -> HostCapabilities {
    var info = virNodeInfo()
    try check(virNodeGetInfo(connection.pointer, &info), operation)
    let cores = Int(info.cpus)
    let memoryMB = Int(info.memory / 1024)
    if isTestDriver {
      return HostCapabilities(
        domainType: "test", machine: nil, emulator: "", supportsUpload: false, supportsConsole: false,
        supportsLeases: false, cores: cores, memoryMB: memoryMB, emulationReason: nil)
    }
    let machine = connection.model(of: info) == "x86_64" ? "q35" : nil
    let reason = Trial.failure(on: connection, machine: machine)
    let domainType = reason == nil ? "kvm" : "qemu"
    if let reason { log("\(uri): machines are emulated without KVM: \(reason)") }
    let xml = try connection.domainCapabilities(domainType, machine: machine, operation)
    return HostCapabilities(
      domainType: domainType, machine: machine,
      emulator: XMLReader.text(of: "domainCapabilities/path", in: xml) ?? "", supportsUpload: true,
      supportsConsole: true, supportsLeases: true, cores: cores, memoryMB: memoryMB, emulationReason: reason)
  }
}

extension Connection {
  func domainCapabilities(_ type: String, machine: String?, _ operation: String) throws -> String {
    try checkedText(virConnectGetDomainCapabilities(pointer, nil, nil, machine, type, 0), operation)
  }

  fileprivate func model(of info: virNodeInfo) -> String {
    withUnsafeBytes(of: info.model) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
