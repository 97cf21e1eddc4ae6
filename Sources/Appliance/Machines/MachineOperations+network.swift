import Glibc
import Hypervisor
import Store

extension MachineOperations {
  /// Waits until the guest has obtained an address. Throws `JobFailure` when it stopped or the time is up.
  func address(of machine: Machine, _ context: JobContext, seconds limit: Int) async throws -> String {
    let domain = machine.uuid
    // Read again, because the row read earlier may lack the reserved address.
    let machine = try await self.machine(context.job)
    for second in 0..<max(1, limit) {
      if let address = try await leasedAddress(of: machine) { return address }
      if try await host.state(domain) != .running {
        try await Task.sleep(for: .seconds(1))
        guard try await host.state(domain) == .running else { throw try await stopped(machine) }
      }
      context.progress("address", Double(second) / Double(limit))
      try await Task.sleep(for: .seconds(1))
      try await context.checkCancelled()
    }
    throw JobFailure(code: "NO_ADDRESS")
  }

  /// The address in use by the guest; nil when the lease is for another address than the reserved one.
  func leasedAddress(of machine: Machine) async throws -> String? {
    let network = site.configuration.networkName
    guard let address = try await host.address(machine.uuid, network: network, mac: machine.mac) else {
      return nil
    }
    return !hasOwnNetwork || machine.reservedIP == nil || machine.reservedIP == address ? address : nil
  }

  /// The failure for a machine that should be running but is not.
  func stopped(_ machine: Machine) async throws -> JobFailure {
    let reason = try await host.pauseReason(machine.uuid).map(MachinePause.code)
    return JobFailure(code: reason.flatMap { MachinePause.isTrouble($0) ? $0 : nil } ?? "GUEST_STOPPED")
  }

  /// Assigns the machine a public port, once, and forwards it. Nil when forwarding is off.
  ///
  /// If another machine's row has the same address, its lease has expired, and the address is removed there.
  func forward(_ machine: Machine, to address: String) async throws -> Int? {
    if machine.port == nil { await forwarding.inspect() }
    let port = try await database.write { [self] tx -> Int? in
      guard let current = try Machine.find(machine.id, in: tx), current.status != .deleting else {
        return nil
      }
      let former = try tx.query(
        "SELECT id FROM machines WHERE internal_ip = ? AND id != ?", address, machine.id, map: { $0.int64(0) }
      )
      for id in former {
        try tx.execute("UPDATE machines SET internal_ip = NULL, updated_at = ? WHERE id = ?", tx.now, id)
        try broadcast.changed(id, in: tx)
      }
      let port = try assignPort(to: current, in: tx)
      if current.internalIP != address || current.port != port {
        try tx.execute(
          "UPDATE machines SET internal_ip = ?, port = ?, updated_at = ? WHERE id = ?",
          address, port, tx.now, machine.id)
        try broadcast.changed(machine.id, in: tx)
      }
      return port
    }
    try await forwarding.apply()
    return forwarding.isEnabled ? port : nil
  }

  /// Removes everything of a machine outside the database; missing parts are ignored.
  func remove(_ machine: Machine) async throws {
    let domain = machine.uuid
    if try await host.state(domain) != .gone {
      if [.running, .paused].contains(try await host.state(domain)) { try await host.destroy(domain) }
    }
    try await removeDisks(of: machine)
    try await host.undefine(domain)
    try await unforward(machine)
  }

  /// Deletes the files of the machine's current and original disks. Must run while the domain exists, which
  /// names them.
  func removeDisks(of machine: Machine) async throws {
    try await host.deleteDisks(machine.uuid, pool: pool) { $0.hasPrefix(BaseImages.prefix) }
    try await host.deleteVolume(pool: pool, name: machine.seed(prefix: prefix))
    try await host.deleteVolume(pool: pool, name: machine.disk(prefix: prefix))
  }

  /// Assigns a new port to each machine whose port is used by something else on this host.
  func settlePorts() async throws {
    await forwarding.inspect()
    let lost: [HostProblem] = try await database.write { [self] tx in
      let machines = try tx.query(
        "SELECT \(Machine.columns) FROM machines WHERE port IS NOT NULL AND status != 'deleting'",
        map: Machine.init)
      var lost: [HostProblem] = []
      for machine in machines {
        do {
          let port = try assignPort(to: machine, in: tx)
          guard port != machine.port else { continue }
          try tx.execute(
            "UPDATE machines SET port = ?, updated_at = ? WHERE id = ?", port, tx.now, machine.id)
          try broadcast.changed(machine.id, in: tx)
        } catch is JobFailure {
          lost.append(.portTaken(machine.port ?? 0))
        }
      }
      return lost
    }
    standing.note(lost, from: .ports)
  }

  func unforward(_ machine: Machine) async throws {
    try await releaseAddress(of: machine)
    try await database.write { tx in
      try tx.execute(
        "UPDATE machines SET internal_ip = NULL, port = NULL, seed_present = 0 WHERE id = ?", machine.id)
    }
    if let port = machine.port { forwarding.release(port) }
    try await forwarding.apply()
  }

  /// The machine's port if still available, else a new one, about which its owner is notified.
  private func assignPort(to machine: Machine, in tx: Transaction) throws -> Int {
    if let port = machine.port, forwarding.isHeld(port) || forwarding.claim(port) {
      return port
    }
    let port = try PublicPort.free(
      in: site.configuration.publicPorts, isUsedByHost: { !forwarding.claim($0) }, tx)
    if machine.port != nil { try notifications.portChanged(machine, in: tx) }
    return port
  }
}
