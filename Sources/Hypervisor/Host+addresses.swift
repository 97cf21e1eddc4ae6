import CLibvirt
import Glibc

extension Host {
  /// The DHCP host entries of the network, running or permanent; none when there is no such network.
  public func networkHosts(_ name: String) async throws -> [NetworkHost] {
    if isTestDriver { return state.withLock { $0.simulatedHosts[name] ?? [] } }
    let operation = "read the addresses of \(name)"
    return try await perform(operation) { connection in
      guard let network = try connection.network(name, operation) else { return [] }
      var hosts: [NetworkHost] = []
      for place in Network.Place.allCases {
        guard let xml = try network.xml(place, operation) else { continue }
        hosts += NetworkHost.all(in: xml).filter { !hosts.contains($0) }
      }
      return hosts
    }
  }

  /// Removes and adds DHCP host entries of a network, running and permanent, without restarting it. Existing
  /// entries are kept; an entry with the MAC or IP address of a new one is replaced.
  ///
  /// When the running network still has an earlier definition, only the permanent one is changed.
  public func changeHosts(
    of definition: NetworkDefinition, entering hosts: [NetworkHost], removing macs: [String] = []
  ) async throws {
    if isTestDriver { return simulate(hosts, removing: macs, in: definition.name) }
    let operation = "change the addresses of \(definition.name)"
    try await names.hold("network \(definition.name)") {
      try await self.perform(operation) { connection in
        guard let network = try connection.network(definition.name, operation) else {
          if hosts.isEmpty { return }
          throw HypervisorError(.notFound, "there is no network \(definition.name)", operation: operation)
        }
        for place in Network.Place.allCases {
          guard let xml = try network.xml(place, operation) else { continue }
          var present = NetworkHost.all(in: xml)
          for mac in macs { try network.remove(where: { $0.mac == mac }, from: &present, place, operation) }
          guard definition.matches(xml) else { continue }
          for host in hosts { try network.enter(host, into: &present, place, operation) }
        }
      }
    }
  }

  /// Removes the dynamic DHCP ranges that earlier versions defined.
  public func closeRange(of definition: NetworkDefinition) async throws {
    if isTestDriver { return }
    let operation = "close the range of \(definition.name)"
    try await names.hold("network \(definition.name)") {
      try await self.perform(operation) { connection in
        guard let network = try connection.network(definition.name, operation) else { return }
        for place in Network.Place.allCases {
          guard let xml = try network.xml(place, operation), definition.matches(xml) else { continue }
          for range in NetworkDefinition.ranges(in: xml) {
            try network.update(
              VIR_NETWORK_UPDATE_COMMAND_DELETE, VIR_NETWORK_SECTION_IP_DHCP_RANGE, range, place, operation)
          }
        }
      }
    }
  }

  /// The leases given by the network's DHCP server; none with the test driver.
  public func leases(_ name: String) async throws -> [NetworkLease] {
    if isTestDriver { return [] }
    let operation = "read the leases of \(name)"
    return try await perform(operation) { connection in
      guard let network = try connection.network(name, operation) else { return [] }
      return try network.leases(mac: nil, operation)
    }
  }

  /// The test driver cannot change a network, so the entries are kept here.
  private func simulate(_ hosts: [NetworkHost], removing macs: [String], in network: String) {
    state.withLock { state in
      state.simulatedHosts[network, default: []].removeAll { present in
        macs.contains(present.mac)
          || hosts.contains { $0.mac == present.mac || $0.address == present.address }
      }
      state.simulatedHosts[network, default: []] += hosts
    }
  }
}

extension Network {
  /// The permanent or the running definition.
  enum Place: CaseIterable {
    case config, live

    fileprivate var flag: UInt32 {
      self == .live ? VIR_NETWORK_UPDATE_AFFECT_LIVE.rawValue : VIR_NETWORK_UPDATE_AFFECT_CONFIG.rawValue
    }
  }

  /// Nil when the network is not running.
  func xml(_ place: Place, _ operation: String) throws -> String? {
    if place == .config { return try xml(operation) }
    guard try isActive(operation) else { return nil }
    return try checkedText(virNetworkGetXMLDesc(pointer, 0), operation)
  }

  fileprivate func enter(
    _ host: NetworkHost, into present: inout [NetworkHost], _ place: Place, _ operation: String
  ) throws {
    if present.contains(where: { $0.mac == host.mac && $0.address == host.address }) { return }
    try remove(
      where: { $0.mac == host.mac || $0.address == host.address }, from: &present, place, operation)
    let xml = host.xml(besides: present)
    try update(
      VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, VIR_NETWORK_SECTION_IP_DHCP_HOST, xml, place, operation)
    present.append(host)
  }

  fileprivate func remove(
    where isUnwanted: (NetworkHost) -> Bool, from present: inout [NetworkHost], _ place: Place,
    _ operation: String
  ) throws {
    for host in present where isUnwanted(host) {
      let xml = XMLWriter.document("host", ["mac": host.mac]) { _ in }
      try update(VIR_NETWORK_UPDATE_COMMAND_DELETE, VIR_NETWORK_SECTION_IP_DHCP_HOST, xml, place, operation)
    }
    present.removeAll(where: isUnwanted)
  }

  fileprivate func update(
    _ command: virNetworkUpdateCommand, _ section: virNetworkUpdateSection, _ xml: String, _ place: Place,
    _ operation: String
  ) throws {
    try check(
      virNetworkUpdate(pointer, command.rawValue, section.rawValue, -1, xml, place.flag), operation)
  }
}
