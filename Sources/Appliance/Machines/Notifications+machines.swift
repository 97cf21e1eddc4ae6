import Store

/// Notifications about machines.
extension Notifications {
  /// Notifies a machine's owner that it is ready.
  func ready(_ machine: Machine, in tx: Transaction) throws {
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineReady, subject: Self.machine(machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name]), in: tx)
  }

  /// Notifies a machine's owner that an operation (`create`, `resize`, `delete`) failed, and why.
  func failed(_ task: String, ofMachine id: Int64, code: String, in tx: Transaction) throws {
    guard code != "CANCELLED", let machine = try Machine.find(id, in: tx) else { return }
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineFailed, subject: Self.machine(id), link: "/machines/\(id)",
        details: ["name": machine.name, "task": task, "code": code]), in: tx)
  }

  /// Notifies a machine's owner of its new port.
  func portChanged(_ machine: Machine, in tx: Transaction) throws {
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineFailed, subject: Self.machine(machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name, "task": "port", "code": "PORT_CHANGED"]), in: tx)
  }

  /// Notifies a machine's owner and the admins that the host paused it, and why.
  func paused(_ machine: Machine, code: String, in tx: Transaction) throws {
    let admins = try tx.query("SELECT id FROM users WHERE role = 'admin'") { $0.int64(0) }
    try notify(
      admins + [machine.userID],
      of: Notice(
        kind: .machinePaused, subject: Self.pause(ofMachine: machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name, "code": code]), in: tx)
  }
}
