import HTTP
import Store

/// Regulations, policies, guides and procedures, with all their versions.
enum Documents {
  static let right = Permission.manageDocuments.rawValue
  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...5_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  private static let category = Column(
    "category",
    .choice([
      .init("regulation", Sentence(fr: "Règlement", en: "Regulation")),
      .init("policy", Sentence(fr: "Politique", en: "Policy")),
      .init("guide", Sentence(fr: "Guide", en: "Guide")),
      .init("procedure", Sentence(fr: "Procédure", en: "Procedure")),
    ]), fr: "Catégorie", en: "Category", initial: "guide".value)
  static let fileName = Column(
    "fileName", .text(0...200), fr: "Nom du fichier", en: "File name", initial: "".value)
  static let fileURL = Column("fileUrl", .file, fr: "Fichier", en: "File", initial: "".value)
  static let version = Column("version", .text(1...20), fr: "Version", en: "Version", initial: "1.0".value)
  private static let isPublic = Column(
    "isPublic", .flag, fr: "Visible par tous", en: "Visible to everyone", initial: true.value)
  static let audience = Column("audience", .audience, fr: "Pour", en: "For", initial: "[]".value)
  static let requiresConfirmation = Column(
    "requiresConfirmation", .flag, fr: "Demander une confirmation de lecture",
    en: "Ask for read confirmation", initial: false.value)
  static let approverID = Column(
    "approverId", .reference(to: "users"), fr: "Approbateur", en: "Approver", initial: .null)
  static let ownerID = Column(
    "ownerId", .reference(to: "users"), fr: "Responsable", en: "Owner", initial: .null)
  private static let reviewAt = Column(
    "reviewAt", .time, fr: "À réviser le", en: "Review on", initial: .null)
  static let authorID = Column.stamp(
    "authorId", .reference(to: "users"), fr: "Auteur", en: "Author"
  ) { $0.id.value }

  /// SQL: a column of the published version.
  private static func current(_ column: String) -> String {
    "(SELECT v.\(column) FROM document_versions AS v WHERE v.document_id = documents.id"
      + " AND v.status = 'published' ORDER BY v.number DESC LIMIT 1)"
  }

  private static func upload(_ column: String) -> String {
    "(SELECT u.\(column) FROM resource_files AS f JOIN uploads AS u ON u.id = f.upload_id"
      + " WHERE f.resource = 'documents' AND f.row_id = documents.id AND f.field = 'fileUrl')"
  }

  static let confirmations = ReadConfirmations.Subject(
    resource: "documents", table: "documents", edition: current("edition"), right: right,
    audience: "(\(readersSQL))",
    rowSQL: """
      SELECT requires_confirmation, coalesce(\(current("edition")), 0), \(readersSQL), title, version,
        \(current("number")) IS NOT NULL
      FROM documents WHERE id = ?3
      """)

  /// SQL: the audience of a document. Without an audience, one that is not public is for administrators only.
  static let readersSQL =
    "CASE WHEN audience = '[]' AND is_public = 0 THEN '[\"role:admin\"]' ELSE audience END"

  /// SQL: whether the account `?` sees unpublished versions, as `seesAll` decides.
  private static let seesAllSQL = """
    EXISTS (SELECT 1 FROM users AS u WHERE u.id = ? AND (u.role = 'admin'
      OR u.id IN (documents.author_id, documents.approver_id, documents.owner_id)
      OR EXISTS (SELECT 1 FROM permissions AS p WHERE p.user_id = u.id AND p.permission = '\(right)')
      OR EXISTS (SELECT 1 FROM employee_categories AS c CROSS JOIN json_each(c.permissions)
        WHERE c.id = u.category_id AND c.is_active = 1 AND json_each.value = '\(right)')))
    """

  private static let columns: [Column] = [
    title, description, category, fileName, fileURL, version, isPublic,
    Column("hasMultimedia", .flag, fr: "Multimédia", en: "Multimedia", initial: false.value),
    audience, requiresConfirmation, approverID, ownerID, reviewAt, authorID,
    .computed(
      "authorName", .text(0...200), fr: "Auteur", en: "Author",
      sql: Announcements.personName("documents.author_id")),
    .computed(
      "approverName", .text(0...200), fr: "Approbateur", en: "Approver",
      sql: Announcements.personName("documents.approver_id")),
    .computed(
      "ownerName", .text(0...200), fr: "Responsable", en: "Owner",
      sql: Announcements.personName("coalesce(documents.owner_id, documents.author_id)")),
    .computed(
      "versionNumber", .number(1...(.max)), fr: "Numéro de version", en: "Version number",
      sql: current("number")),
    .computed("edition", .number(1...(.max)), fr: "Édition", en: "Edition", sql: current("edition")),
    .personal(
      "approval", .choice(DocumentVersions.Status.allCases.map(\.rawValue)), fr: "Dernière version",
      en: "Latest version",
      sql: """
        (SELECT v.status FROM document_versions AS v WHERE v.document_id = documents.id
          AND (v.status = 'published' OR \(seesAllSQL)) ORDER BY v.number DESC LIMIT 1)
        """),
    .computed(
      "downloadCount", .number(0...(.max)), fr: "Téléchargements", en: "Downloads",
      sql: "(SELECT coalesce(sum(v.downloads), 0) FROM document_versions AS v"
        + " WHERE v.document_id = documents.id)"),
    .computed("fileSize", .number(0...(.max)), fr: "Taille", en: "Size", sql: upload("size")),
    .computed("fileType", .text(0...200), fr: "Type", en: "Type", sql: upload("type")),
    confirmations.count, confirmations.isAsked, confirmations.isConfirmed,
  ]

  static func resource(_ services: IntranetServices) -> Resource {
    let versions = DocumentVersions(resource: table, services: services)
    return table.before(versions.prepare).after { try versions.follow($0, $1) }
      .adding(
        versions.routes + ReadConfirmations(confirmations, of: table, services: services).routes)
  }

  static let table = Resource(
    "documents", table: "documents", title: Sentence(fr: "Documents", en: "Documents"),
    noun: Sentence(fr: "un document", en: "a document"), columns: columns
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right(right))
  .scoped { account, _ in
    guard let account else { return ("is_public < 0", []) }
    if account.has(right: right) { return ("1", []) }
    let (sql, arguments) = readers(account)
    return ("(\(sql) OR approver_id = ? OR owner_id = ?)", arguments + [account.id.value, account.id.value])
  }
  .searchable(title, description)
  .finding(in: "file_name || char(10) || \(textSQL)")
  .belonging(to: .documents)
  .publishing("DOCUMENTS_CHANGED")
  .restorable()
  .linked { "/documents/\($0)" }

  /// SQL: the text of the published file.
  private static let textSQL =
    "coalesce((SELECT t.text FROM resource_files AS f JOIN document_texts AS t ON t.upload_id = f.upload_id"
    + " WHERE f.resource = 'documents' AND f.row_id = documents.id AND f.field = 'fileUrl'), '')"

  /// Condition: published documents for the account's audiences.
  static func readers(_ account: Account) -> (sql: String, arguments: [Value]) {
    let (sql, arguments) = Readership.condition(for: account)
    return (
      """
      (EXISTS (SELECT 1 FROM document_versions AS v WHERE v.document_id = documents.id AND v.status = 'published')
        AND (audience <> '[]' OR is_public = 1) AND \(sql))
      """, arguments
    )
  }

  /// Whether the account sees unpublished versions: managers of documents, the approver, the owner and the
  /// author.
  static func seesAll(_ account: Account, _ row: Record) -> Bool {
    account.has(right: right)
      || [approverID, ownerID, authorID].contains { row.int64($0) == account.id }
  }

  /// Whether an account may read the file of a version, given the version's id.
  static let versionReader: ResourceFiles.Reader = { id, account, now, connection in
    guard let account else { return false }
    let found = try connection.first("SELECT document_id, status FROM document_versions WHERE id = ?", id) {
      (document: $0.int64(0), status: $0.text(1))
    }
    guard let found, try table.isVisible(found.document, to: account, at: now, in: connection),
      let row = try table.row(found.document, as: account, in: connection)
    else { return false }
    return found.status == DocumentVersions.Status.published.rawValue || seesAll(account, row)
  }
}
