import Hypervisor
import Store

extension MachineJob {
  /// Writes down the state that libvirt reports now, where the machine follows it.
  ///
  /// Asking and writing are one turn, so that of several who look at once nobody writes what was true before.
  /// `isUpdated` ends the status `updating`, too.
  func observe(_ id: Int64, isUpdated: Bool = false) async throws {
    let isChanged = try await truth.hold {
      guard let machine = try await appliance.database.read({ try Machine.find(id, in: $0) }),
        machine.followsHost || isUpdated && machine.status == .updating
      else { return false }
      let state = try await host.state(machine.domain(prefix: prefix))
      let status = MachineLifecycle.status(for: state)
      guard (status ?? .error) != machine.status else { return false }
      try await update(id) { tx in
        try tx.execute(
          "UPDATE machines SET status = ?, error_code = ?, updated_at = ? WHERE id = ? AND status = ?",
          (status ?? .error).rawValue, status == nil ? Machine.gone : nil, tx.now, id,
          machine.status.rawValue)
      }
      return true
    }
    // Only what runs is forwarded to.
    if isChanged { try await appliance.forwarding.apply() }
  }
}
