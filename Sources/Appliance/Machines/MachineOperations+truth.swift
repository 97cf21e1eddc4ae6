import Hypervisor
import Store

extension MachineOperations {
  /// The machine of a domain, even if that was renamed; nil when it is not ours.
  func machine(uuid: String) async throws -> Machine? {
    try await database.read { connection in
      try connection.first(
        "SELECT \(Machine.columns) FROM machines WHERE uuid = ?", uuid, map: Machine.init)
    }
  }

  /// Stores the state that libvirt reports now, if the machine follows it.
  ///
  /// Reading and writing hold a lock, so that concurrent calls cannot write an outdated state. `isUpdated`
  /// also ends the status `updating`.
  func observe(_ id: Int64, isUpdated: Bool = false) async throws {
    let isChanged = try await truth.hold {
      guard let machine = try await database.read({ try Machine.find(id, in: $0) }),
        machine.followsHost || isUpdated && machine.status == .updating
      else { return false }
      let state = try await host.state(machine.uuid)
      let status = MachineLifecycle.status(for: state)
      let pause = status == .paused ? try await host.pauseReason(machine.uuid) : nil
      let reason = pause.map(MachinePause.code)
      guard (status ?? .error) != machine.status || reason != machine.reasonCode else { return false }
      try await update(id) { [notifications] tx in
        try tx.execute(
          """
          UPDATE machines SET status = ?, error_code = ?, reason_code = ?, updated_at = ?
          WHERE id = ? AND status = ?
          """, (status ?? .error).rawValue, status == nil ? Machine.gone : nil, reason, tx.now, id,
          machine.status.rawValue)
        if let reason, MachinePause.isTrouble(reason) {
          try notifications.paused(machine, code: reason, in: tx)
        } else {
          try notifications.settle(Notifications.pause(ofMachine: id), in: tx)
        }
      }
      return true
    }
    // Only running machines are forwarded to.
    if isChanged { try await forwarding.apply() }
  }
}
