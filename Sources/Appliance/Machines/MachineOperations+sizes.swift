import Hypervisor
import Store

extension MachineOperations {
  /// Stores a machine's actual sizes, which may have been changed outside this program. Skipped while a job
  /// is changing the machine.
  func observeSizes(_ machine: Machine) async throws {
    guard let sizes = try await host.sizes(machine.uuid) else { return }
    let disk = sizes.diskGB ?? machine.diskSize
    guard sizes.vcpu != machine.vcpu || sizes.memoryMB != machine.memory || disk != machine.diskSize else {
      return
    }
    try await database.write { [self] tx in
      guard let now = try Machine.find(machine.id, in: tx), now.status.isSettled,
        try JobQueue.unfinished(ofMachine: machine.id, in: tx) == nil
      else { return }
      try tx.execute(
        "UPDATE machines SET vcpu = ?, memory = ?, disk_size = ?, updated_at = ? WHERE id = ?",
        sizes.vcpu, sizes.memoryMB, disk, tx.now, machine.id)
      try broadcast.changed(machine.id, in: tx)
    }
  }
}
