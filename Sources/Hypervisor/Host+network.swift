import CLibvirt
import Glibc

extension Host {
  /// Defines the network, starts it, and sets it to start with the host.
  ///
  /// Returns false when a changed definition could not take effect yet because machines are connected.
  @discardableResult
  public func ensureNetwork(_ definition: NetworkDefinition) async throws -> Bool {
    let operation = "prepare the network \(definition.name)"
    return try await names.hold("network \(definition.name)") {
      try await self.perform(operation) { connection in
        guard let network = try connection.network(definition.name, operation) else {
          return try connection.define(definition, uuid: nil, operation).settle(as: definition, operation)
        }
        let xml = try network.xml(operation)
        if definition.matches(xml) { return try network.settle(as: definition, operation) }
        let uuid = XMLReader.text(of: "network/uuid", in: xml)
        return try connection.define(definition, uuid: uuid, operation).settle(as: definition, operation)
      }
    }
  }

  /// The machine's IPv4 address on `network`, by the network's leases or what the host has seen; nil: none yet.
  public func address(_ name: String, network: String, mac: String) async throws -> String? {
    let operation = "address of \(name)"
    let (isTestDriver, isLocal) = (isTestDriver, isLocal)
    let simulated = state.withLock { $0.simulatedHosts[network] ?? [] }
    return try await perform(operation) { connection in
      if !isTestDriver, let network = try connection.network(network, operation) {
        return try network.address(mac: mac, operation)
      }
      let domain = try connection.existingDomain(name, operation)
      guard try domain.state(operation) == .running else { return nil }
      if let entered = simulated.first(where: { $0.mac == mac.lowercased() }) { return entered.address }
      // A bridge that libvirt does not manage has no leases, only the host's ARP table.
      let source =
        isTestDriver ? VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE : VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP
      do {
        return try domain.address(mac: mac, source: source.rawValue, operation)
      } catch let error as HypervisorError where error.isInternal && !isTestDriver {
        // libvirt 9.0 fails with "wrong nlmsg len" when the kernel sends the end marker together with the
        // last entries, as 6.18 does.
        return isLocal ? NeighborTable.address(mac: mac) : nil
      }
    }
  }
}

extension Network {
  /// Returns whether the running network matches the definition.
  fileprivate func settle(as definition: NetworkDefinition, _ operation: String) throws -> Bool {
    try check(virNetworkSetAutostart(pointer, 1), operation)
    if let running = try xml(.live, operation), !definition.matches(running) {
      if isInUse() { return false }
      try check(virNetworkDestroy(pointer), operation)
    }
    if try !isActive(operation) { try check(virNetworkCreate(pointer), operation) }
    return true
  }
}

extension Domain {
  /// The IPv4 address of the card with this MAC address.
  fileprivate func address(mac: String, source: UInt32, _ operation: String) throws -> String? {
    var interfaces: UnsafeMutablePointer<virDomainInterfacePtr?>?
    let count = try check(virDomainInterfaceAddresses(pointer, &interfaces, source, 0), operation)
    guard let interfaces else { return nil }
    defer {
      for index in 0..<Int(count) { virDomainInterfaceFree(interfaces[index]) }
      free(interfaces)
    }
    for index in 0..<Int(count) {
      guard let card = interfaces[index]?.pointee, let hardware = card.hwaddr,
        String(cString: hardware).lowercased() == mac.lowercased(), let addresses = card.addrs
      else { continue }
      for position in 0..<Int(card.naddrs) {
        let address = addresses[position]
        guard address.type == Int32(VIR_IP_ADDR_TYPE_IPV4.rawValue), let text = address.addr else { continue }
        return String(cString: text)
      }
    }
    return nil
  }
}
