import HTTP
import Store

/// Requests the deletion of a person, which a job performs: first their machines, then the account.
struct PersonDeletion: Sendable {
  static let kind = "user.delete"

  let queue: JobQueue

  /// The arguments of the job.
  struct Order: Sendable {
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
      json.object { json in
        json.field("user", user)
        json.field("actor", actor)
        json.field("address", address)
      }
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }

  func enqueue(
    _ subject: Account, by actor: Account, _ request: Request, in tx: Transaction
  ) throws -> Job {
    let order = Order(user: subject.id, actor: actor.id, address: request.peerAddress)
    return try queue.enqueue(Self.kind, user: actor.id, arguments: order.json, priority: .high, in: tx)
  }

  /// The unfinished deletion job of this person.
  static func unfinished(of user: Int64, in connection: Connection) throws -> Job? {
    try connection.first(
      """
      SELECT \(Job.columns) FROM jobs WHERE status IN ('queued', 'waiting', 'running') AND kind = ?
        AND json_extract(arguments, '$.user') = ?
      """, kind, user, map: Job.init)
  }
}
