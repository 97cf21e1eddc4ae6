import Store

/// Notifies moderators and the assignee, once, when a request becomes overdue.
struct EscalateComplaints: JobKind {
  let database: Database
  let feature: ComplaintsFeature

  private static let batch = 100

  let name = "complaints.escalate"
  let period: Int64? = 5 * 60 * 1000

  static let dueSQL = """
    SELECT id FROM complaints INDEXED BY complaints_due
    WHERE status IN ('open', 'in_progress') AND due_at <= ? AND escalated_at IS NULL ORDER BY due_at LIMIT ?
    """

  func run(_ context: JobContext) async throws {
    var isMore = feature.settings.isOn(.complaints)
    while isMore {
      try await context.checkCancelled()
      isMore = try await database.write { try escalateSome(in: $0) == Self.batch }
    }
  }

  /// Escalates up to 100 overdue requests and returns their number.
  func escalateSome(in tx: Transaction) throws -> Int {
    let due = try tx.query(Self.dueSQL, tx.now, Self.batch) { $0.int64(0) }
    for id in due { try escalate(id, in: tx) }
    return due.count
  }

  private func escalate(_ id: Int64, in tx: Transaction) throws {
    try tx.execute("UPDATE complaints SET escalated_at = ? WHERE id = ?", tx.now, id)
    try ComplaintEvent.note("overdue", of: id, by: nil, in: tx)
    let complaint = try ComplaintsFeature.row(id, in: tx)
    let handlers = try tx.query(ComplaintsFeature.handlersSQL) { $0.int64(0) }
    let people = handlers + [complaint.assigneeID].compactMap { $0 }
    try feature.notify(.requestOverdue, people, of: complaint, by: nil, in: tx)
    feature.tell("overdue", complaint, in: tx)
  }
}
