import HTTP
import Store

/// Approval and publishing of document versions.
extension DocumentVersions {
  /// Copies the file of a version into the document's row.
  func publish(_ file: File, in row: Record, by actor: Account, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE documents SET file_url = ?, file_name = ?, version = ?, updated_at = max(updated_at + 1, ?)
      WHERE id = ?
      """, file.url, file.name, file.version, tx.now, row.id)
    if let key = UploadedFile.key(in: file.url) {
      let upload = try tx.scalar("SELECT id FROM uploads WHERE key = ? AND completed_at IS NOT NULL", key)
      if let upload { try ResourceFiles.tie(upload, to: "documents", row.id, "fileUrl", in: tx) }
    } else {
      try tx.execute(
        "DELETE FROM resource_files WHERE resource = 'documents' AND row_id = ? AND field = 'fileUrl'", row.id
      )
    }
  }

  /// After a version is published: extracts its text and, unless it is minor, asks for confirmation.
  func published(_ file: File, _ id: Int64, by actor: Account, in tx: Transaction) throws {
    try DocumentTexts.want(file.url, services.queue, in: tx)
    if !file.isMinor { try askToRead(id, by: actor, in: tx) }
  }

  /// Notifies the audience, if the document requires a read confirmation and has a published version.
  func askToRead(_ id: Int64, by actor: Account, in tx: Transaction) throws {
    let sql = """
      SELECT \(Documents.readersSQL), title FROM documents WHERE id = ? AND requires_confirmation = 1
        AND EXISTS (SELECT 1 FROM document_versions AS v WHERE v.document_id = documents.id AND v.status = 'published')
      """
    guard let (audience, title) = try tx.first(sql, id, map: { ($0.text(0), $0.text(1)) }) else { return }
    try services.notifications.notify(
      Readership.members(of: audience, in: tx),
      of: Notice(
        kind: .confirmationWanted, subject: "documents:\(id)", link: "/documents/\(id)", actor: actor.id,
        details: ["name": title]), in: tx)
  }

  func askToApprove(_ row: Record, by actor: Account, in tx: Transaction) throws {
    try services.notifications.settle(Self.approvalSubject(row.id), in: tx)
    guard let approver = row.int64(Documents.approverID) else { return }
    try services.notifications.notify([approver], of: notice(row, nil, by: actor), in: tx)
  }

  /// The notification about an approval: a request for it when `task` is nil, else the decision.
  func notice(_ row: Record, _ task: String?, by actor: Account) -> Notice {
    var details = ["name": row.text(Documents.title)]
    details["task"] = task
    return Notice(
      kind: .documentApproval, subject: Self.approvalSubject(row.id), link: "/documents/\(row.id)",
      actor: actor.id, details: details)
  }

  /// Approves or rejects a pending version. Throws 409 if it is no longer pending.
  func decide(_ request: Request, _ decision: Status) async throws -> Response {
    let (id, number, account) = (try request.id(), try request.id("number"), try request.account())
    let note = try Self.text("note", of: try request.json(), 0...1_000) ?? ""
    try await services.database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let row = try resource.record(id, for: account, at: tx.now, in: tx)
      let mayDecide = row.int64(Documents.approverID).map { $0 == account.id }
      guard mayDecide ?? account.has(right: Documents.right) else { throw Failure.forbidden }
      guard let version = try find(number, of: id, in: tx) else { throw Failure.notFound }
      guard version.status == Status.pending.rawValue else { throw Self.decided }
      try tx.execute(
        "UPDATE document_versions SET status = ?, decided_by = ?, decided_at = ?, decision = ? WHERE id = ?",
        decision.rawValue, account.id, tx.now, note, version.id)
      try services.notifications.settle(Self.approvalSubject(id), in: tx)
      if decision == .published {
        try publish(version.file, in: row, by: account, in: tx)
        try published(version.file, id, by: account, in: tx)
      }
      let task = decision == .published ? "approved" : "rejected"
      if let author = version.author {
        try services.notifications.notify([author], of: notice(row, task, by: account), in: tx)
      }
      try audit("\(task) \(version.file.version)", row, account, request, in: tx)
      try tell(id, in: tx)
    }
    return .done(
      decision == .published
        ? Sentence(fr: "Version publiée.", en: "Version published.")
        : Sentence(fr: "Version refusée.", en: "Version rejected."), for: request)
  }

  func audit(_ details: String, _ row: Record, _ actor: Account, _ request: Request, in tx: Transaction)
    throws
  {
    try Audit.record(
      .resourceChanged, actor: actor,
      on: .init(type: resource.name, id: row.id, name: row.text(Documents.title)), request: request,
      details: details, in: tx)
  }

  /// Tells the open pages of everyone who can see the document to reload it.
  func tell(_ id: Int64, in tx: Transaction) throws {
    let audience = try resource.audience(of: id, services.hub, at: tx.now, in: tx)
    resource.tell("change", id, to: audience, services.hub, in: tx)
  }

  private static let decided = Failure(
    409, "ALREADY_DECIDED",
    Sentence(
      fr: "Cette version n’attend plus d’approbation.", en: "This version is no longer waiting for approval.")
  )
}
