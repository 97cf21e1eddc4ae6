import Store

/// Number of jobs and machines by status.
struct StatusCounts: Sendable {
  typealias Counts = [(status: String, count: Int)]

  let unfinishedJobs: Counts
  let finishedJobs: Counts
  let machines: Counts

  /// Answered by the partial index of unfinished jobs.
  static let unfinished = """
    SELECT status, count(*) FROM jobs WHERE status IN ('queued', 'waiting', 'running') GROUP BY status
    """
  /// The table keeps finished jobs for long, so only those finished after `?` are counted, using their index.
  static let finished = "SELECT status, count(*) FROM jobs WHERE finished_at >= ? GROUP BY status"

  init(finishedSince since: Int64, in connection: Connection) throws {
    unfinishedJobs = Self.complete(
      ["queued", "waiting", "running"],
      try connection.query(Self.unfinished) { ($0.text(0), $0.int(1)) })
    finishedJobs = Self.complete(
      ["succeeded", "failed"],
      try connection.query(Self.finished, since) { ($0.text(0), $0.int(1)) })
    machines = Self.complete(
      Machine.Status.allNames,
      try connection.query("SELECT status, count(*) FROM machines GROUP BY status") {
        ($0.text(0), $0.int(1))
      })
  }

  /// Includes zero for statuses without rows, so that graphs have no gaps.
  private static func complete(_ names: [String], _ found: [(String, Int)]) -> Counts {
    let counts = Dictionary(found, uniquingKeysWith: { first, _ in first })
    return names.map { ($0, counts[$0] ?? 0) }
  }
}

extension Machine.Status {
  fileprivate static let allNames: [String] = [
    pending, creating, running, stopped, paused, updating, deleting, error,
  ].map(\.rawValue)
}
