import HTTP
import Store

/// Takes a person away: first their machines, each by its own job; then the mail and the row.
///
/// While machines are left the job waits in the queue, not in one of the runner's places, so that it can
/// never keep the deletions it waits for from running.
struct DeletePerson: JobKind {
  static let kind = "user.delete"

  let appliance: Appliance

  let name = DeletePerson.kind
  let steps = ["machines", "mail"]
  let maxAttempts = 10

  /// What the job knows of who is deleted, and by whom.
  private struct Order: Sendable {
    let user: Int64
    let actor: Int64
    let address: String

    init(user: Int64, actor: Int64, address: String) {
      self.user = user
      self.actor = actor
      self.address = address
    }

    init(_ job: Job) throws(JobFailure) {
      let json = JSONValue(parsing: job.arguments) ?? .null
      guard let user = json["user"]?.int64 else { throw JobFailure(code: "INTERNAL") }
      self.init(user: user, actor: json["actor"]?.int64 ?? 0, address: json["address"]?.string ?? "")
    }

    var json: String {
      var json = JSONWriter()
      json.beginObject()
      json.field("user", user)
      json.field("actor", actor)
      json.field("address", address)
      json.endObject()
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }

  private struct MachinesLeft: Error {}

  static func enqueue(
    _ subject: Account, by actor: Account, _ request: Request, _ appliance: Appliance, in tx: Transaction
  ) throws -> Job {
    let order = Order(user: subject.id, actor: actor.id, address: request.peerAddress)
    return try appliance.jobs.enqueue(kind, user: actor.id, arguments: order.json, priority: .high, in: tx)
  }

  /// The job that is deleting this person.
  static func unfinished(of user: Int64, in connection: Connection) throws -> Job? {
    try connection.first(
      """
      SELECT \(Job.columns) FROM jobs WHERE status IN ('queued', 'waiting', 'running') AND kind = ?
        AND json_extract(arguments, '$.user') = ?
      """, kind, user, map: Job.init)
  }

  func run(_ context: JobContext) async throws {
    let order = try Order(context.job)
    try await context.step("machines")
    let isEmpty = try await appliance.database.write { [appliance] tx in
      try Self.askForMachines(order, since: context.job.id, appliance, in: tx)
    }
    guard isEmpty else { throw MachinesLeft() }
    try await context.step("mail")
    try await context.succeed { [appliance] tx in try Self.remove(order, appliance, in: tx) }
  }

  func verdict(on error: any Error) -> JobVerdict {
    error is MachinesLeft ? .wait(code: "MACHINES_LEFT") : .retry(code: "INTERNAL")
  }

  /// Sees to it that each machine is being deleted; true where none is left. Throws where one could not be.
  private static func askForMachines(
    _ order: Order, since job: Int64, _ appliance: Appliance, in tx: Transaction
  ) throws -> Bool {
    let machines = try tx.query("SELECT id FROM machines WHERE user_id = ?", order.user) { $0.int64(0) }
    let actor = try Account.find(order.actor, in: tx)
    for id in machines {
      let hasFailed = try tx.scalar(
        "SELECT 1 FROM jobs WHERE machine_id = ? AND id > ? AND kind = ? AND status = 'failed' LIMIT 1", id,
        job, MachineJob.delete)
      if hasFailed != nil { throw JobFailure(code: "MACHINE_NOT_DELETED") }
      let asked = try MachineDeletion.ask(id, appliance, in: tx)
      guard asked.isNew else { continue }
      try Audit.record(
        .machineDeleted, actor: actor, on: .machine(asked.machine), from: order.address, in: tx)
    }
    return machines.isEmpty
  }

  private static func remove(_ order: Order, _ appliance: Appliance, in tx: Transaction) throws {
    // Nobody: an earlier attempt was cut off after its commit.
    guard let subject = try Account.find(order.user, in: tx) else { return }
    if subject.isActive { throw JobFailure(code: "CANCELLED") }
    try appliance.outbox.enqueue(
      .accountDeleted(name: subject.name, username: subject.username), to: subject, in: tx)
    try Audit.record(
      .userDeleted, actor: try Account.find(order.actor, in: tx), on: .user(subject), from: order.address,
      in: tx)
    try tx.execute("DELETE FROM users WHERE id = ?", subject.id)
    try appliance.notifications.settle(Notifications.person(subject.id), in: tx)
    try appliance.sessions.refresh(subject.id, in: tx)
  }
}
