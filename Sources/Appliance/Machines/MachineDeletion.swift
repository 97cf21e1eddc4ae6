import HTTP
import Store

/// Requests the deletion of a machine in any state; jobs in progress are cancelled and undone.
struct MachineDeletion: Sendable {
  let queue: JobQueue
  let broadcast: MachineBroadcast

  /// Returns the deletion job, which may have existed already. Throws 404 when there is no such machine.
  func request(
    _ id: Int64, in tx: Transaction
  ) throws -> (job: Job, machine: Machine, isNew: Bool) {
    guard let machine = try Machine.find(id, in: tx) else { throw Failure.machineNotFound }
    if machine.status == .deleting, let job = try JobQueue.unfinished(ofMachine: id, in: tx) {
      return (job, machine, false)
    }
    try queue.cancelAll(ofMachine: id, in: tx)
    try tx.execute(
      "UPDATE machines SET status = 'deleting', error_code = NULL, updated_at = ? WHERE id = ?", tx.now, id)
    let job = try queue.enqueue(
      MachineOperations.delete, machine: id, user: machine.userID, priority: .high, in: tx)
    try broadcast.changed(id, in: tx)
    return (job, machine, true)
  }
}
