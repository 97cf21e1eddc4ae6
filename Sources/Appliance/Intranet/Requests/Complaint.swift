import HTTP
import Store

/// A request, submitted by an account or anonymously.
struct Complaint: Sendable {
  static let resource = "complaints"

  let id: Int64
  let submitterID: Int64?
  let submitterName: String
  let isAnonymous: Bool
  var assigneeID: Int64?
  var assigneeName: String
  var title: String
  var description: String
  var category: String
  var priority: String
  var status: ComplaintStatus
  var dueAt: Int64
  var escalatedAt: Int64?
  var resolvedAt: Int64?
  var closedAt: Int64?
  let createdAt: Int64
  var updatedAt: Int64
  let publicComments: Int64
  let internalComments: Int64
  var files: [UploadedFile] = []
  /// The names of the fields that `note` has recorded a change of.
  private(set) var changed: [String] = []

  static let select = """
    SELECT c.id, c.submitter_id, coalesce(nullif(s.name, ''), s.username, c.submitter_name) AS submitter_name,
      c.is_anonymous, c.assigned_to_id, coalesce(nullif(a.name, ''), a.username, '') AS assignee_name, c.title,
      c.description, c.category, c.priority, c.status, c.due_at, c.escalated_at, c.resolved_at, c.closed_at,
      c.created_at, c.updated_at,
      (SELECT count(*) FROM complaint_comments WHERE complaint_id = c.id AND is_internal = 0) AS public_comments,
      (SELECT count(*) FROM complaint_comments WHERE complaint_id = c.id AND is_internal = 1) AS internal_comments
    FROM complaints AS c LEFT JOIN users AS s ON s.id = c.submitter_id
    LEFT JOIN users AS a ON a.id = c.assigned_to_id
    """
  static let oneSQL = "\(select) WHERE c.id = ?"

  init(_ row: Row) {
    id = row.int64("id")
    submitterID = row.optionalInt64("submitter_id")
    submitterName = row.text("submitter_name")
    isAnonymous = row.bool("is_anonymous")
    assigneeID = row.optionalInt64("assigned_to_id")
    assigneeName = row.text("assignee_name")
    title = row.text("title")
    description = row.text("description")
    category = row.text("category")
    priority = row.text("priority")
    status = ComplaintStatus(rawValue: row.text("status")) ?? .open
    dueAt = row.int64("due_at")
    escalatedAt = row.optionalInt64("escalated_at")
    resolvedAt = row.optionalInt64("resolved_at")
    closedAt = row.optionalInt64("closed_at")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
    publicComments = row.int64("public_comments")
    internalComments = row.int64("internal_comments")
  }

  /// Adds the files.
  static func complete(_ complaints: [Complaint], in connection: Connection) throws -> [Complaint] {
    let files = try AttachedFiles.of(resource, complaints.map(\.id), in: connection)
    return complaints.map { complaint in
      var complaint = complaint
      complaint.files = files[complaint.id] ?? []
      return complaint
    }
  }

  /// Throws 404 if it does not exist or the account may not read it.
  static func find(_ id: Int64, for account: Account, in connection: Connection) throws -> Complaint {
    guard let found = try connection.first(oneSQL, id, map: Complaint.init), found.isReadable(by: account),
      let complaint = try complete([found], in: connection).first
    else { throw Failure.notFound }
    return complaint
  }

  /// Records a change of a field in the history.
  mutating func note(
    _ field: String, from old: String = "", to new: String = "", by actor: Account, in tx: Transaction
  ) throws {
    try ComplaintEvent.note(field, from: old, to: new, of: id, by: actor, in: tx)
    changed.append(field)
  }

  /// The entity tag that `If-Match` is compared with.
  var tag: String { "\"\(updatedAt)\"" }
}

/// Permissions.
extension Complaint {
  /// The right to handle all requests.
  static let right = Role.moderator.rawValue

  func isReadable(by account: Account) -> Bool {
    account.has(right: Self.right) || submitterID == account.id || assigneeID == account.id
  }

  /// Whether the account handles it: moderators, and the assignee unless it is their own request.
  func isHandled(by account: Account) -> Bool {
    account.has(right: Self.right) || assigneeID == account.id && submitterID != account.id
  }

  /// The assignee, if they handle it; not one who submitted it and is no longer a moderator.
  func handlingAssignee(in connection: Connection) throws -> Int64? {
    guard let assigneeID, let account = try Account.find(assigneeID, in: connection) else { return nil }
    return isHandled(by: account) ? assigneeID : nil
  }

  /// Whether its text may be changed: by moderators, and by its submitter while it is open.
  func isEditable(by account: Account) -> Bool {
    account.has(right: Self.right) || submitterID == account.id && status == .open
  }

  /// The status changes that the account may make. The submitter may close or reopen a resolved request.
  func allowed(for account: Account) -> [ComplaintStatus] {
    if isHandled(by: account) || submitterID == account.id && status == .resolved { return status.next }
    return []
  }

  func may(_ account: Account) -> [String] {
    var verbs: [String] = []
    if isEditable(by: account) { verbs += ["edit", "delete"] }
    if isHandled(by: account) { verbs.append("comment_internally") }
    if account.has(right: Self.right), status != .closed { verbs.append("assign") }
    return verbs
  }

  static let fileReaders: [String: ResourceFiles.Reader] = [
    resource: { row, account, _, connection in
      guard let account else { return false }
      return try connection.first(oneSQL, row, map: Complaint.init)?.isReadable(by: account) ?? false
    },
    ComplaintComment.resource: { row, account, _, connection in
      guard let account else { return false }
      let comment = try connection.first(
        "SELECT complaint_id, is_internal FROM complaint_comments WHERE id = ?", row
      ) { (complaint: $0.int64(0), isInternal: $0.bool(1)) }
      guard let comment,
        let complaint = try connection.first(oneSQL, comment.complaint, map: Complaint.init)
      else { return false }
      return comment.isInternal ? complaint.isHandled(by: account) : complaint.isReadable(by: account)
    },
  ]
}
