import HTTP
import Hypervisor
import Store

extension MachineOperations {
  /// Whether the machines are on a network that we make and give addresses on.
  var hasOwnNetwork: Bool { site.configuration.networkBridge == nil }

  /// Gives the machine an address where it has none, and lets the network know its card: nobody else's is answered.
  /// Throws `JobFailure` where no address is left.
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

  /// Throws where the network is too small for what was asked so far.
  func checkAddresses(in tx: Transaction) throws {
    guard hasOwnNetwork else { return }
    let count = try tx.scalar(
      "SELECT count(*) FROM machines WHERE reserved_ip IS NOT NULL OR status IN ('pending', 'creating')")
    if count ?? 0 > site.guestAddresses.count { throw Failure.noFreeAddress }
  }

  /// Takes the machine's card out of the network, and its address from it.
  func releaseAddress(of machine: Machine) async throws {
    guard hasOwnNetwork else { return }
    try await addresses.hold {
      try await host.changeHosts(of: site.network, entering: [], removing: [machine.mac])
      try await database.write { tx in
        try tx.execute("UPDATE machines SET reserved_ip = NULL WHERE id = ?", machine.id)
      }
    }
  }

  /// Makes the network know the cards of our machines and no others.
  ///
  /// Machines of earlier versions keep the address that they were leased. Only then the range out of which that came is
  /// closed, so that none loses it in between.
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

  /// What is not made yet gets its address when it first starts; what could not be made needs none.
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
