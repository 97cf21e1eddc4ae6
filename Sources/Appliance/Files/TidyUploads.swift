import Store

/// Deletes uploads that were never completed, are no longer attached, or were never attached.
struct TidyUploads: JobKind {
  /// Maximum duration of an upload in milliseconds: one hour.
  static let longest: Int64 = 60 * 60 * 1000
  /// How long an unattached file is kept, in milliseconds: seven days.
  static let patience: Int64 = 7 * 24 * 60 * 60 * 1000
  private static let batch = 100

  let store: UploadStore
  let clock: Clock

  let name = "uploads.tidy"
  let period: Int64? = 60 * 60 * 1000

  func run(_ context: JobContext) async throws { try await tidy() }

  func tidy() async throws {
    try await eraseUnfinished(before: clock.now() - Self.longest)
    var last: Int64 = 0
    while let next = try await hideUnused(after: last) { last = next }
    try await eraseUnfinished(before: clock.now() - Self.longest)
  }

  /// Deletes incomplete uploads created before `time`. At start no upload is in progress, so every incomplete
  /// one is abandoned.
  func eraseUnfinished(before time: Int64) async throws {
    let sql = "SELECT id FROM uploads WHERE completed_at IS NULL AND created_at < ?"
    for id in try await store.database.read({ try $0.query(sql, time) { $0.int64(0) } }) {
      try await store.erase(id)
    }
  }

  /// Marks the unused among the next files as incomplete and old, so that they are deleted. Returns the last
  /// file examined, or nil at the end.
  private func hideUnused(after last: Int64) async throws -> Int64? {
    try await store.database.write { [patience = Self.patience, batch = Self.batch] tx in
      let found = try tx.query(
        """
        SELECT u.id, \(Attachments.isUsed), coalesce(u.attached_at, u.completed_at + \(patience)) < ?
        FROM uploads u WHERE u.id > ? AND u.completed_at IS NOT NULL ORDER BY u.id LIMIT \(batch)
        """, tx.now, last
      ) { (id: $0.int64(0), isUsed: $0.bool(1), isOld: $0.bool(2)) }
      for upload in found where !upload.isUsed && upload.isOld { try UploadStore.hide(upload.id, in: tx) }
      return found.last?.id
    }
  }
}
