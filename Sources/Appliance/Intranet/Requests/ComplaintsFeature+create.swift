import HTTP
import Store

/// Submitting a request.
extension ComplaintsFeature {
  /// In milliseconds. Times of what an anonymous submitter does are rounded to it, to reveal less about them.
  static let hour: Int64 = 3600 * 1000

  /// The time allowed to resolve a request of a priority, in milliseconds.
  func time(for priority: String) -> Int64 {
    let column = SystemSettings.complaintHours.first { $0.priority == priority }?.column
    guard let column, case .integer(let hours) = settings.value(of: column) else { return 72 * Self.hour }
    return hours * Self.hour
  }

  func create(_ request: Request) async throws -> Response {
    let account = try request.account()
    let body = try request.json()
    let isAnonymous = try Self.isAnonymous(body)
    guard !isAnonymous || settings[SystemSettings.anonymousComplaints] else { throw Self.anonymousRefused }
    let values = try ComplaintFields.form.values(of: body, isNew: true)
    let files: [String]
    do throws(FieldError) { files = try AttachedFiles.addresses(in: body) ?? [] } catch {
      throw Failure.invalid([error])
    }
    // Only handlers choose the assignee. Others are not refused: an older client sends "" with every request.
    let assignee = account.has(right: Complaint.right) ? try Reference("assignedToId", of: body).id : nil
    let code = isAnonymous ? Token(for: .complaint) : nil
    if isAnonymous { try limitAnonymous(account) }
    let complaint = try await database.write { [self] tx in
      let id = try insert(values, by: isAnonymous ? nil : account, code: code, in: tx)
      if isAnonymous { try Self.checkUnused(files, of: account, in: tx) }
      try AttachedFiles.tie(files, to: Complaint.resource, id, by: account, in: tx)
      if isAnonymous { try disown(id, of: account, in: tx) }
      var complaint = try Self.row(id, in: tx)
      if let assignee, !isAnonymous { try assign(&complaint, to: assignee, by: account, in: tx) }
      // An entry in the audit log cannot be without its exact time.
      if !isAnonymous { try record(.resourceCreated, complaint, by: account, request, "create", in: tx) }
      try tellHandlers(of: complaint, by: isAnonymous ? nil : account, in: tx)
      return try Self.row(id, in: tx)
    }
    var response = answer(complaint, status: 201, to: request, for: account, code: code?.text)
    response.add("Location", "\(Self.path)/\(complaint.id)")
    return response
  }

  /// Limits anonymous submissions, which count in no quota. The counter is kept in memory only.
  func limitAnonymous(_ account: Account) throws(Failure) {
    let key = "anonymous-request:\(account.id)"
    try attempts.check(key)
    attempts.fail(key, free: Self.freeAnonymous)
  }

  static let freeAnonymous = 20

  private static func isAnonymous(_ body: JSONValue) throws(Failure) -> Bool {
    guard let value = body["isAnonymous"], !value.isNull else { return false }
    guard let flag = value.bool else {
      throw .invalid([
        FieldError("isAnonymous", "NOT_A_FLAG", Sentence(fr: "Vrai ou faux.", en: "True or false."))
      ])
    }
    return flag
  }

  /// Inserts a request and returns its id. Without a submitter it stores no name, counts in no quota and
  /// rounds the time.
  private func insert(
    _ values: [String: Value], by submitter: Account?, code: Token?, in tx: Transaction
  ) throws -> Int64 {
    func text(_ column: Column) -> String {
      if case .text(let text)? = values[column.name] ?? column.initial { text } else { "" }
    }
    let description = text(ComplaintFields.description)
    try tx.claimSpace()
    if let submitter {
      try quotas.checkBytes(description.utf8.count + Quotas.bytesOfMessage, for: submitter.id, in: tx)
    }
    let now = submitter == nil ? tx.now - tx.now % Self.hour : tx.now
    let priority = text(ComplaintFields.priority)
    try tx.execute(
      """
      INSERT INTO complaints (submitter_id, submitter_name, is_anonymous, code_hash, title, description, category,
        priority, status, due_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)
      """, submitter?.id, submitter.map { $0.name.isEmpty ? $0.username : $0.name } ?? "", submitter == nil,
      code?.hash, text(ComplaintFields.title), description, text(ComplaintFields.category), priority,
      now + time(for: priority), now, now)
    let id = tx.lastInsertedID
    try ComplaintEvent.note("submitted", of: id, by: submitter, at: now, in: tx)
    return id
  }

  static let usedSQL = """
    SELECT 1 FROM uploads u WHERE u.key = ? AND u.owner_id = ?
      AND (u.attached_at IS NOT NULL OR \(Attachments.isUsed))
    """

  /// Throws 400 when one of the files is or was attached to something else, which would show who submitted the
  /// request, and would keep the file there without counting in a quota.
  private static func checkUnused(_ files: [String], of account: Account, in tx: Transaction) throws {
    for key in files.compactMap(UploadedFile.key(in:)) {
      if try tx.scalar(usedSQL, key, account.id) != nil { throw usedFile }
    }
  }

  static let sizeSQL = """
    SELECT coalesce(sum(u.size), 0) FROM resource_files AS r JOIN uploads AS u ON u.id = r.upload_id
    WHERE r.resource = ? AND r.row_id = ?
    """

  /// Removes the owner of the files of an anonymous request, and rounds their times. Throws 413 or 429 beyond
  /// the bytes that a person may give away like this.
  private func disown(_ id: Int64, of account: Account, in tx: Transaction) throws {
    let size = try tx.scalar(Self.sizeSQL, Complaint.resource, id) ?? 0
    if size > 0 { try anonymousFiles.take(size, by: account.id) }
    try tx.execute(
      """
      UPDATE uploads SET owner_id = NULL, created_at = created_at - created_at % ?1,
        completed_at = completed_at - completed_at % ?1, attached_at = attached_at - attached_at % ?1
      WHERE id IN (SELECT upload_id FROM resource_files WHERE resource = ?2 AND row_id = ?3)
      """, Self.hour, Complaint.resource, id)
  }

  private func tellHandlers(of complaint: Complaint, by actor: Account?, in tx: Transaction) throws {
    let handlers = try tx.query(Self.handlersSQL) { $0.int64(0) }
    try notify(
      .requestNew, handlers.filter { $0 != complaint.assigneeID }, of: complaint, by: actor,
      isAnonymous: complaint.isAnonymous, in: tx)
    tell("create", complaint, in: tx)
  }

  /// Reads a request without checking permissions. Throws 404.
  static func row(_ id: Int64, in connection: Connection) throws -> Complaint {
    guard let found = try connection.first(Complaint.oneSQL, id, map: Complaint.init),
      let complaint = try Complaint.complete([found], in: connection).first
    else { throw Failure.notFound }
    return complaint
  }

  private static let usedFile = Failure.invalid([
    FieldError(
      "files", "FILE_IN_USE",
      Sentence(
        fr: "Ce fichier a déjà servi ailleurs. Envoyez-le de nouveau.",
        en: "This file was already used elsewhere. Upload it again."))
  ])
  private static let anonymousRefused = Failure(
    403, "ANONYMOUS_NOT_ALLOWED",
    Sentence(
      fr: "Les demandes anonymes ne sont pas autorisées ici.", en: "Anonymous requests are not allowed here.")
  )
}
