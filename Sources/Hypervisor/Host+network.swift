import CLibvirt
import Glibc

extension Host {
  /// Makes the network exist as asked, run, and start with the host.
  ///
  /// A changed definition takes effect at once if no machine is plugged in, else when the host restarts.
  public func ensureNetwork(_ definition: NetworkDefinition) async throws {
    let operation = "prepare the network \(definition.name)"
    let log = log
    try await names.hold("network \(definition.name)") {
      try await self.perform(operation) { connection in
        let network = try connection.network(definition.name, operation)
        if let network {
          let xml = try network.xml(operation)
          guard definition.matches(xml) else {
            let uuid = XMLReader.text(of: "network/uuid", in: xml)
            let renewed = try connection.define(definition, uuid: uuid, operation)
            try renewed.settle(restarting: true, log, operation)
            return
          }
          try network.settle(restarting: false, log, operation)
        } else {
          let network = try connection.define(definition, uuid: nil, operation)
          try network.settle(restarting: false, log, operation)
        }
      }
    }
  }

  /// Ends and forgets the network; missing is fine.
  public func removeNetwork(_ name: String) async throws {
    let operation = "remove the network \(name)"
    try await names.hold("network \(name)") {
      try await self.perform(operation) { connection in
        guard let network = try connection.network(name, operation) else { return }
        if try network.isActive(operation) { try check(virNetworkDestroy(network.pointer), operation) }
        try check(virNetworkUndefine(network.pointer), operation)
      }
    }
  }

  /// Gives back the addresses that a card holds on a network of ours, in the name of its machine, which is gone.
  /// Answers whether none is left; false where the DHCP server did not listen.
  @discardableResult
  public func releaseLeases(_ definition: NetworkDefinition, mac: String) async throws -> Bool {
    if isTestDriver { return true }
    let operation = "release the lease of \(mac)"
    return try await perform(operation) { connection in
      guard let network = try connection.network(definition.name, operation) else { return true }
      for _ in 0..<20 {
        let leases = try network.leases(mac: mac, operation)
        if leases.isEmpty { return true }
        for lease in leases {
          DHCPRelease(
            address: lease.address, server: definition.address, mac: mac, clientID: lease.clientID
          ).send(through: definition.bridge)
        }
        usleep(50_000)
      }
      return try network.leases(mac: mac, operation).isEmpty
    }
  }

  /// The machine's IPv4 address on `network`, by the network's leases or what the host has seen; nil: none yet.
  public func address(_ name: String, network: String, mac: String) async throws -> String? {
    let operation = "address of \(name)"
    let isTestDriver = isTestDriver
    return try await perform(operation) { connection in
      if !isTestDriver, let network = try connection.network(network, operation) {
        return try network.address(mac: mac, operation)
      }
      let domain = try connection.existingDomain(name, operation)
      guard try domain.state(operation) == .running else { return nil }
      // On a bridge that libvirt does not run there are no leases, but the host's own ARP table.
      let source =
        isTestDriver ? VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE : VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP
      return try domain.address(mac: mac, source: source.rawValue, operation)
    }
  }
}

extension Network {
  fileprivate func settle(
    restarting: Bool, _ log: @Sendable (String) -> Void, _ operation: String
  ) throws {
    if restarting, try isActive(operation) {
      if isInUse() {
        log("\(operation): its machines keep the earlier definition until the network restarts")
      } else {
        try check(virNetworkDestroy(pointer), operation)
      }
    }
    if try !isActive(operation) { try check(virNetworkCreate(pointer), operation) }
    try check(virNetworkSetAutostart(pointer, 1), operation)
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
