import HTTP
import Store

/// A row of the job queue.
struct Job: Sendable {
  enum Status: String, Sendable, CaseIterable { case queued, waiting, running, succeeded, failed }

  let id: Int64
  let kind: String
  let machineID: Int64?
  let userID: Int64?
  let arguments: String
  let status: Status
  let step: String
  /// Percent of the current step.
  let stepProgress: Int
  /// Percent of all steps.
  let progress: Int
  /// The job failed for good or was cancelled, and its changes are being undone.
  let isUndoing: Bool
  let isCancelled: Bool
  let attempts: Int
  let errorCode: String?
  let createdAt: Int64
  let startedAt: Int64?
  let finishedAt: Int64?

  static let columns = """
    id, kind, machine_id, user_id, arguments, status, step, step_progress, progress, undoing, cancelled,
    attempts, error_code, created_at, started_at, finished_at
    """

  init(_ row: Row) {
    id = row.int64("id")
    kind = row.text("kind")
    machineID = row.optionalInt64("machine_id")
    userID = row.optionalInt64("user_id")
    arguments = row.text("arguments")
    status = Status(rawValue: row.text("status")) ?? .failed
    step = row.text("step")
    stepProgress = row.int("step_progress")
    progress = row.int("progress")
    isUndoing = row.bool("undoing")
    isCancelled = row.bool("cancelled")
    attempts = row.int("attempts")
    errorCode = row.optionalText("error_code")
    createdAt = row.int64("created_at")
    startedAt = row.optionalInt64("started_at")
    finishedAt = row.optionalInt64("finished_at")
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Job? {
    try connection.first("SELECT \(columns) FROM jobs WHERE id = ?", id, map: Job.init)
  }
}

extension Job {
  static let schema = Schema.named(
    "Job",
    .members([
      "id": .id, "kind": .string, "vmId": .optional(.id), "status": .words(Status.self),
      "progress": .integer(0...100),
      "step": .string, "undoing": .boolean,
      "steps": .array(
        .members(
          ["name": .string, "status": .enumeration(["pending", "running", "done", "failed"])],
          optional: ["progress": .integer(0...100)])),
      "error": .optional(Refusals.schema), "attempts": .integer, "createdAt": .time,
      "startedAt": .optional(.time),
      "finishedAt": .optional(.time),
    ]))

  /// Writes the job as an object. `steps` are the names of its kind's steps, in order.
  func write(to json: inout JSONWriter, steps: [String], language: Language) {
    json.object { json in
      json.id("id", id)
      json.field("kind", kind)
      json.field("vmId", machineID.map { String($0) })
      json.field("status", status.rawValue)
      json.field("progress", progress)
      json.field("step", step)
      json.field("undoing", isUndoing)
      json.array("steps") { json in
        let current = steps.firstIndex(of: step)
        for (index, name) in steps.enumerated() {
          json.object { json in
            json.field("name", name)
            json.field("status", stepStatus(index, current: current))
            if index == current, status != .succeeded { json.field("progress", stepProgress) }
          }
        }
      }
      json.key("error")
      if let errorCode { Refusals.write(errorCode, to: &json, in: language) } else { json.null() }
      json.field("attempts", attempts)
      json.time("createdAt", createdAt)
      json.time("startedAt", startedAt)
      json.time("finishedAt", finishedAt)
    }
  }

  private func stepStatus(_ index: Int, current: Int?) -> String {
    if status == .succeeded { return "done" }
    guard let current else { return "pending" }
    if index < current { return "done" }
    if index > current { return "pending" }
    return status == .failed || isUndoing ? "failed" : "running"
  }
}
