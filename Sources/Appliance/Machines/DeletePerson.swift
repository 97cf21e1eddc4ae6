import HTTP
import Store

/// Deletes a person: first their machines, each by its own job, then the account; sends the mail.
///
/// While machines remain, the job waits in the queue without occupying a worker, so that it cannot block the
/// deletions it waits for.
struct DeletePerson: JobKind {
  let database: Database
  let sessions: Sessions
  let outbox: Outbox
  let notifications: Notifications
  let deletion: MachineDeletion

  let name = PersonDeletion.kind
  let steps = ["machines", "mail"]
  let maxAttempts = 10

  private struct MachinesLeft: Error {}

  func run(_ context: JobContext) async throws {
    let order = try PersonDeletion.Order(context.job)
    try await context.step("machines")
    let isEmpty = try await database.write { [self] tx in
      try askForMachines(order, since: context.job.id, in: tx)
    }
    guard isEmpty else { throw MachinesLeft() }
    try await context.step("mail")
    try await context.succeed { [self] tx in try remove(order, in: tx) }
  }

  func verdict(on error: any Error) -> JobVerdict {
    error is MachinesLeft ? .wait(code: "MACHINES_LEFT") : .retry(code: "INTERNAL")
  }

  /// Requests the deletion of each machine; returns true when none is left. Throws when one could not be
  /// deleted.
  private func askForMachines(
    _ order: PersonDeletion.Order, since job: Int64, in tx: Transaction
  ) throws -> Bool {
    let machines = try tx.query("SELECT id FROM machines WHERE user_id = ?", order.user) { $0.int64(0) }
    let actor = try Account.find(order.actor, in: tx)
    for id in machines {
      let hasFailed = try tx.scalar(
        "SELECT 1 FROM jobs WHERE machine_id = ? AND id > ? AND kind = ? AND status = 'failed' LIMIT 1", id,
        job, MachineOperations.delete)
      if hasFailed != nil { throw JobFailure(code: "MACHINE_NOT_DELETED") }
      let asked = try deletion.request(id, in: tx)
      guard asked.isNew else { continue }
      try Audit.record(
        .machineDeleted, actor: actor, on: .machine(asked.machine), from: order.address, in: tx)
    }
    return machines.isEmpty
  }

  private func remove(_ order: PersonDeletion.Order, in tx: Transaction) throws {
    // No account: an earlier attempt was interrupted after its commit.
    guard let subject = try Account.find(order.user, in: tx) else { return }
    if subject.isActive { throw JobFailure(code: "CANCELLED") }
    try outbox.enqueue(
      .accountDeleted(name: subject.name, username: subject.username), to: subject, in: tx)
    try Audit.record(
      .userDeleted, actor: try Account.find(order.actor, in: tx), on: .user(subject), from: order.address,
      in: tx)
    try tx.execute("DELETE FROM users WHERE id = ?", subject.id)
    try notifications.settle(Notifications.person(subject.id), in: tx)
    try sessions.refresh(subject.id, in: tx)
  }
}
