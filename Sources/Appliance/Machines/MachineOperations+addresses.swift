import HTTP
import Hypervisor
import Store

extension MachineOperations {
  /// Whether the machines use our own network, on which we assign the addresses.
  var hasOwnNetwork: Bool { site.configuration.networkBridge == nil }

  /// Assigns an address to the machine if it has none, and registers its card with the network, which answers
  /// DHCP requests of registered cards only. Throws `JobFailure` when no address is free.
  func enterAddress(of machine: Machine) async throws {
    guard hasOwnNetwork else { return }
    try await addresses.hold {
      let addresses = try await guestAddresses()
      let entry = try await database.write { tx -> NetworkHost in
        guard let current = try Machine.find(machine.id, in: tx) else {
          throw JobFailure(code: "MACHINE_GONE")
        }
        guard let address = try addresses.reserve(for: current, in: tx) else {
          throw JobFailure(code: Failure.noFreeAddress.code)
        }
        return NetworkHost(mac: current.mac, address: address, name: current.name)
      }
      try await host.changeHosts(of: site.network, entering: [entry])
    }
  }

  /// Throws when machines, including those still to be created, outnumber the network's addresses.
  func checkAddresses(in tx: Transaction) throws {
    guard hasOwnNetwork else { return }
    let count = try tx.scalar(
      "SELECT count(*) FROM machines WHERE reserved_ip IS NOT NULL OR status IN ('pending', 'creating')")
    if count ?? 0 > site.guestAddresses.count { throw Failure.noFreeAddress }
  }

  /// Removes the machine's card from the network and releases its address.
  func releaseAddress(of machine: Machine) async throws {
    guard hasOwnNetwork else { return }
    try await addresses.hold {
      try await host.changeHosts(of: site.network, entering: [], removing: [machine.mac])
      try await database.write { tx in
        try tx.execute("UPDATE machines SET reserved_ip = NULL WHERE id = ?", machine.id)
      }
    }
  }

  /// Registers the cards of all our machines with the network, and removes others.
  ///
  /// Machines of earlier versions keep their leased address; the dynamic range is closed only afterwards, so
  /// that none loses it in between.
  func settleAddresses() async throws {
    try await addresses.hold {
      let network = site.network
      let known = try await host.networkHosts(network.name)
      let addresses = try await guestAddresses()
      let all = try await database.read(Self.machines)
      let lacking = all.filter { Self.needsAddress($0) && !addresses.has($0) }
      if !lacking.isEmpty {
        try await database.write { tx in
          for machine in lacking { _ = try addresses.reserve(for: machine, in: tx) }
        }
      }
      let present = lacking.isEmpty ? all : try await database.read(Self.machines)
      let entries = present.filter(addresses.has).compactMap { machine in
        machine.reservedIP.map { NetworkHost(mac: machine.mac, address: $0, name: machine.name) }
      }
      let macs = Set(entries.map(\.mac))
      try await host.changeHosts(
        of: network, entering: entries, removing: known.map(\.mac).filter { !macs.contains($0) })
      try await host.closeRange(of: network)
    }
  }

  /// A machine being created gets its address at its first start; a failed one needs none.
  private static func needsAddress(_ machine: Machine) -> Bool {
    machine.followsHost || machine.status == .updating
  }

  @Sendable private static func machines(_ connection: Store.Connection) throws -> [Machine] {
    try connection.query("SELECT \(Machine.columns) FROM machines ORDER BY id", map: Machine.init)
  }

  private func guestAddresses() async throws -> GuestAddresses {
    GuestAddresses(
      range: site.guestAddresses, leases: try await host.leases(site.network.name))
  }
}
