import Store

/// Reminds the owner of a document, or else its author, of the review date, once per date.
struct DocumentReviews: JobKind {
  /// How long before the review date the reminder is sent: seven days, in milliseconds.
  static let ahead: Int64 = 7 * 24 * 60 * 60 * 1000
  private static let batch = 100

  let services: IntranetServices

  static let name = "documents.review"
  var name: String { Self.name }
  let period: Int64? = 60 * 60 * 1000

  static let dueSQL = """
    SELECT id, title, coalesce(owner_id, author_id), review_at FROM documents
    WHERE review_at <= ? AND review_at IS NOT NULL AND deleted_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM document_reviews AS r WHERE r.document_id = documents.id AND r.told_for = documents.review_at)
    LIMIT \(batch)
    """

  func run(_ context: JobContext) async throws {
    while try await tellSome() { try await context.checkCancelled() }
  }

  /// Returns whether more may remain.
  private func tellSome() async throws -> Bool {
    try await services.database.write { [services] tx in
      let due = try tx.query(Self.dueSQL, tx.now + Self.ahead) { row in
        (id: row.int64(0), title: row.text(1), owner: row.optionalInt64(2), date: row.int64(3))
      }
      for one in due {
        try tx.execute(
          "INSERT OR REPLACE INTO document_reviews (document_id, told_for) VALUES (?, ?)", one.id, one.date)
        guard let owner = one.owner else { continue }
        try services.notifications.notify(
          [owner],
          of: Notice(
            kind: .documentReview, subject: "documents:\(one.id):review", link: "/documents/\(one.id)",
            details: ["name": one.title]), in: tx)
      }
      return due.count == Self.batch
    }
  }
}
