import Hypervisor
import Store

extension MachineJob {
  /// Waits for the address that the guest asked for. Throws `JobFailure` where it stopped or never asked.
  func address(of machine: Machine, _ context: JobContext, seconds limit: Int) async throws -> String {
    let domain = machine.domain(prefix: prefix)
    let network = appliance.site.configuration.networkName
    for second in 0..<max(1, limit) {
      if let address = try await host.address(domain, network: network, mac: machine.mac) { return address }
      if try await host.state(domain) != .running {
        try await Task.sleep(for: .seconds(1))
        guard try await host.state(domain) == .running else { throw JobFailure(code: "GUEST_STOPPED") }
      }
      context.progress("address", Double(second) / Double(limit))
      try await Task.sleep(for: .seconds(1))
      try await context.checkCancelled()
    }
    throw JobFailure(code: "NO_ADDRESS")
  }

  /// Gives the machine a public port, once, and lets the firewall forward it. Nil where forwarding is off.
  func forward(_ machine: Machine, to address: String) async throws -> Int? {
    let range = appliance.site.configuration.publicPorts
    let port = try await appliance.database.write { [appliance] tx -> Int in
      let port = try machine.port ?? PublicPort.free(in: range, tx)
      try tx.execute(
        "UPDATE machines SET internal_ip = ?, port = ?, updated_at = ? WHERE id = ?",
        address, port, tx.now, machine.id)
      try MachineNews.changed(machine.id, appliance, in: tx)
      return port
    }
    try await appliance.forwarding.apply()
    return appliance.forwarding.isEnabled ? port : nil
  }

  /// Takes away everything outside the database that belongs to a machine; what is missing is fine.
  func remove(_ machine: Machine) async throws {
    let domain = machine.domain(prefix: prefix)
    if try await host.state(domain) != .gone {
      if [.running, .paused].contains(try await host.state(domain)) { try await host.destroy(domain) }
      try await host.undefine(domain)
    }
    try await host.deleteVolume(pool: pool, name: machine.seed(prefix: prefix))
    try await host.deleteVolume(pool: pool, name: machine.disk(prefix: prefix))
    try await unforward(machine)
  }

  func unforward(_ machine: Machine) async throws {
    try await appliance.database.write { tx in
      try tx.execute(
        "UPDATE machines SET internal_ip = NULL, port = NULL, seed_present = 0 WHERE id = ?", machine.id)
    }
    try await appliance.forwarding.apply()
  }
}

/// Public ports that lead to machines.
enum PublicPort {
  /// The lowest port of the range that no machine has. Throws `JobFailure` where there is none.
  static func free(in range: ClosedRange<Int>, _ tx: Transaction) throws -> Int {
    let taken = Set(
      try tx.query("SELECT port FROM machines WHERE port BETWEEN ? AND ?", range.lowerBound, range.upperBound)
      {
        $0.int(0)
      })
    for port in range where !taken.contains(port) { return port }
    throw JobFailure(code: "NO_PORT")
  }
}
