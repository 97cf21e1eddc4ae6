import HTTP
import Store

/// The versions of a document. The document's own row repeats the file of the published one.
struct DocumentVersions: Sendable {
  enum Status: String, CaseIterable {
    case published
    /// Waits for its approver.
    case pending
    case rejected
    /// Replaced by another version before it was decided.
    case withdrawn
  }

  /// The file of a version, with its label and note.
  struct File: Sendable {
    var url: String
    var name: String
    var version: String
    var note = ""
    /// A minor change that needs no new read confirmation.
    var isMinor = false
  }

  let resource: Resource
  let services: IntranetServices
  let pages = PDFPages()

  /// Before a write: a new file that needs approval becomes a pending version; the row keeps the published
  /// one.
  func prepare(_ change: inout Resource.Change, _ tx: Transaction) throws {
    guard var new = change.new else { return }
    if new.text(Documents.fileName).isEmpty {
      new[Documents.fileName] = try Self.name(of: new.text(Documents.fileURL), in: tx).value
    }
    let file = [Documents.fileURL, Documents.fileName, Documents.version]
    if change.verb == .change, let old = change.old {
      // Otherwise one could remove the approver, or become one, and publish without approval.
      if new[Documents.approverID] != old[Documents.approverID], Self.needsApproval(old, from: change.actor),
        change.actor.role != .admin
      {
        throw Self.notTheApprover
      }
      if file.contains(where: { new[$0] != old[$0] }),
        Self.needsApproval(old, from: change.actor) || Self.needsApproval(new, from: change.actor)
      {
        try add(Self.file(of: new), to: new, .pending, by: change.actor, in: tx)
        for column in file { new[column] = old[column] }
      }
    }
    change.new = new
  }

  private static let notTheApprover = Failure(
    403, "NOT_THE_APPROVER",
    Sentence(
      fr: "Seul l’approbateur de ce document ou un administrateur peut changer l’approbateur.",
      en: "Only this document’s approver or an administrator can change the approver."))

  /// After a write: records a new file as a version, and sends or settles the notifications.
  func follow(_ change: Resource.Change, _ tx: Transaction) throws {
    guard let new = change.new else {
      for subject in ["documents:\(change.id)", Self.approvalSubject(change.id)] {
        try services.notifications.settle(subject, in: tx)
      }
      return
    }
    guard let old = change.old else {
      let status: Status = Self.needsApproval(new, from: change.actor) ? .pending : .published
      try add(Self.file(of: new), to: new, status, by: change.actor, in: tx)
      return
    }
    guard change.verb == .change else { return }
    if new[Documents.fileURL] != old[Documents.fileURL] {
      try add(Self.file(of: new), to: new, .published, by: change.actor, in: tx)
    } else if [Documents.fileName, Documents.version].contains(where: { new[$0] != old[$0] }) {
      try tx.execute(
        """
        UPDATE document_versions SET version = ?, file_name = ? WHERE document_id = ? AND number = (
          SELECT max(number) FROM document_versions WHERE document_id = ?3 AND file_url = ?4)
        """, new.text(Documents.version), new.text(Documents.fileName), new.id, new.text(Documents.fileURL))
    }
    if new.bool(Documents.requiresConfirmation), !old.bool(Documents.requiresConfirmation) {
      try askToRead(new.id, by: change.actor, in: tx)
    }
    if new[Documents.approverID] != old[Documents.approverID],
      try tx.scalar(Self.pendingSQL, new.id) != nil
    {
      try askToApprove(new, by: change.actor, in: tx)
    }
  }

  static func needsApproval(_ row: Record, from actor: Account) -> Bool {
    row.int64(Documents.approverID).map { $0 != actor.id } ?? false
  }

  static let pendingSQL = "SELECT number FROM document_versions WHERE document_id = ? AND status = 'pending'"

  private static func file(of row: Record) -> File {
    File(
      url: row.text(Documents.fileURL), name: row.text(Documents.fileName),
      version: row.text(Documents.version))
  }

  /// The file name of an upload; "" for other URLs.
  static func name(of url: String, in connection: Connection) throws -> String {
    guard let key = UploadedFile.key(in: url) else { return "" }
    return try connection.first("SELECT name FROM uploads WHERE key = ?", key) { $0.text(0) } ?? ""
  }

  static func approvalSubject(_ id: Int64) -> String { "documents:\(id):approval" }

  /// Adds a version and returns its number. A pending one is withdrawn. The caller has already copied a
  /// published version into the document's row.
  @discardableResult
  func add(
    _ file: File, to row: Record, _ status: Status, by actor: Account, in tx: Transaction
  ) throws -> Int64 {
    try tx.claimSpace()
    let (last, edition) =
      try tx.first(
        """
        SELECT coalesce(max(number), 0), coalesce(max(edition) FILTER (WHERE status = 'published'), 0)
        FROM document_versions WHERE document_id = ?
        """, row.id
      ) { ($0.int64(0), $0.int64(1)) } ?? (0, 0)
    try tx.execute(
      "UPDATE document_versions SET status = 'withdrawn' WHERE document_id = ? AND status = 'pending'", row.id
    )
    try tx.execute(
      """
      INSERT INTO document_versions (document_id, number, version, file_name, file_url, note, edition, status,
        author_id, decision, downloads, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?)
      """, row.id, last + 1, file.version, file.name, file.url, file.note,
      file.isMinor && edition > 0 ? edition : edition + 1, status.rawValue, actor.id, tx.now)
    try tie(file.url, to: tx.lastInsertedID, of: row, by: actor, in: tx)
    switch status {
    case .pending: try askToApprove(row, by: actor, in: tx)
    default:
      try services.notifications.settle(Self.approvalSubject(row.id), in: tx)
      try published(file, row.id, by: actor, in: tx)
    }
    return last + 1
  }

  /// Ties the upload to the version, so that its readers keep access when it is no longer the published one.
  private func tie(
    _ url: String, to version: Int64, of row: Record, by actor: Account, in tx: Transaction
  ) throws {
    guard let key = UploadedFile.key(in: url) else { return }
    // A file of an earlier version already belongs to the document.
    let earlier = try tx.scalar(
      """
      SELECT f.upload_id FROM document_versions AS v
        JOIN resource_files AS f ON f.resource = 'document-versions' AND f.row_id = v.id AND f.field = 'fileUrl'
      WHERE v.document_id = ? AND v.file_url = ? AND v.id <> ?
      """, row.id, url, version)
    guard
      let upload = try earlier ?? ResourceFiles.upload(key, for: actor, of: resource.name, row.id, in: tx)
    else {
      throw Failure.invalid([
        Documents.fileURL.wrong(
          "FILE_NOT_FOUND", fr: "Fichier introuvable. Envoyez-le de nouveau.",
          en: "File not found. Upload it again.")
      ])
    }
    try ResourceFiles.tie(upload, to: "document-versions", version, "fileUrl", in: tx)
  }
}
