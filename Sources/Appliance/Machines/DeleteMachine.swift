import Hypervisor
import Store

/// Deletes a machine in any state: its domain, disks and firewall rule, and finally its row.
struct DeleteMachine: JobKind {
  let base: MachineOperations

  let name = MachineOperations.delete
  let steps = ["stop", "disks", "domain", "forwarding", "mail"]
  let maxAttempts = 10

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    let domain = machine.uuid

    try await context.step("stop")
    if [.running, .paused].contains(try await base.host.state(domain)) {
      try await base.host.destroy(domain)
    }

    try await context.step("disks")
    try await base.removeDisks(of: machine)

    try await context.step("domain")
    try await base.host.undefine(domain)

    try await context.step("forwarding")
    try await base.unforward(machine)

    try await context.step("mail")
    try await context.succeed { tx in
      try tx.execute("DELETE FROM machines WHERE id = ?", machine.id)
      base.broadcast.deleted(machine.id, owner: machine.userID, in: tx)
      try base.notifications.settle(Notifications.machine(machine.id), in: tx)
      try base.notifications.settle(Notifications.pause(ofMachine: machine.id), in: tx)
      try base.queue.hurry(PersonDeletion.kind, in: tx)
      guard let account = try Account.find(machine.userID, in: tx) else { return }
      try base.outbox.enqueue(
        .machineDeleted(name: account.name, machine: machine.name), to: account, in: tx)
    }
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    guard let id = job.machineID else { return }
    try tx.execute(
      "UPDATE machines SET status = 'error', error_code = ?, updated_at = ? WHERE id = ?", code, tx.now, id)
    try base.broadcast.changed(id, in: tx)
    try base.notifications.failed("delete", ofMachine: id, code: code, in: tx)
    try base.queue.hurry(PersonDeletion.kind, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineOperations.verdict(on: error) }
}
