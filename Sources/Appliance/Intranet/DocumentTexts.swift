import Store

/// Extracts the text of document files, so that search finds it.
struct DocumentTexts: JobKind {
  static let name = "documents.text"
  private static let largest: Int64 = 64 << 20

  let database: Database
  let log: Log

  var name: String { Self.name }
  let period: Int64? = 60 * 60 * 1000

  /// Queues an upload for text extraction, once.
  static func want(_ url: String, _ queue: JobQueue, in tx: Transaction) throws {
    guard let key = UploadedFile.key(in: url) else { return }
    let added = try tx.execute(
      """
      INSERT OR IGNORE INTO document_texts (upload_id, state, text)
      SELECT id, 'waiting', '' FROM uploads WHERE key = ? AND completed_at IS NOT NULL
      """, key)
    if added > 0 { try queue.enqueue(name, priority: .low, in: tx) }
  }

  static let waitingSQL = """
    SELECT t.upload_id, u.type, u.size FROM document_texts AS t JOIN uploads AS u ON u.id = t.upload_id
    WHERE t.state = 'waiting' AND t.upload_id > ? ORDER BY t.upload_id LIMIT 1
    """

  func run(_ context: JobContext) async throws {
    var last: Int64 = 0
    while let (upload, type, size) = try await next(after: last) {
      try await context.checkCancelled()
      last = upload
      switch size <= Self.largest ? try await read(upload, type) : .unreadable {
      case .text(let text): try await keep(text, "done", of: upload)
      case .unreadable: try await keep("", "unreadable", of: upload)
      case .unavailable(let program):
        // Retried every hour, because the program may be installed later.
        log.warn("documents") { $0.field("missing", program) }
      }
    }
  }

  private func next(after last: Int64) async throws -> (Int64, String, Int64)? {
    try await database.read { connection in
      try connection.first(Self.waitingSQL, last) { ($0.int64(0), $0.text(1), $0.int64(2)) }
    }
  }

  private func read(_ upload: Int64, _ type: String) async throws -> FileText {
    guard FileText.isReadable(type) else { return .unreadable }
    return try await FileText.read(UploadStore.bytes(of: upload, in: database), type)
  }

  private func keep(_ text: String, _ state: String, of upload: Int64) async throws {
    try await database.write { tx in
      try tx.claimSpace()
      try tx.execute("UPDATE document_texts SET state = ?, text = ? WHERE upload_id = ?", state, text, upload)
      try tx.execute(
        """
        INSERT OR IGNORE INTO search_changes (kind, ref)
        SELECT resource, row_id FROM resource_files WHERE upload_id = ? AND resource = 'documents'
        """, upload)
    }
  }
}
