import Store

/// Permanently deletes rows that have been in the bin for 30 days.
struct TidyBins: JobKind {
  /// How long a deleted row can be restored, in milliseconds: 30 days.
  static let life: Int64 = 30 * 24 * 60 * 60 * 1000
  private static let batch = 500

  var name = "resources.tidy"
  let resources: [Resource]
  let database: Database

  let period: Int64? = 24 * 60 * 60 * 1000

  func run(_ context: JobContext) async throws {
    for resource in resources where resource.isRestorable {
      while try await end(resource) {}
    }
  }

  /// Returns whether more rows may be left.
  private func end(_ resource: Resource) async throws -> Bool {
    try await database.write { tx in
      let old = try tx.query(
        "SELECT id FROM \(resource.table) WHERE deleted_at < ? LIMIT ?", tx.now - Self.life, Self.batch
      ) { $0.int64(0) }
      for id in old {
        try Resource.untieFiles(resource.name, id, in: tx)
        try tx.execute(resource.deleteSQL, id)
      }
      return old.count == Self.batch
    }
  }
}
