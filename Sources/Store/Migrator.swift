/// Applies the missing migrations, each in its own transaction.
struct Migrator {
  let migrations: [Migration]
  let clock: @Sendable () -> Int64
  let log: @Sendable (String) -> Void

  /// Throws `misuse` when the list differs from what was applied before, `newer` when a newer program wrote
  /// the database.
  func migrate(_ handle: Handle) throws {
    try checkOrder()
    let applied = try self.applied(handle)
    try check(applied)
    let missing = migrations.dropFirst(applied.count)
    guard !missing.isEmpty else { return }
    // Foreign keys are off because a table is rebuilt under another name, which must not touch rows that
    // refer to it. Commits need not be synced: a migration undone by a loss of power is simply applied again,
    // and the first write syncs them all.
    try handle.privileged { try handle.script("PRAGMA foreign_keys = OFF; PRAGMA synchronous = NORMAL") }
    for migration in missing { try apply(migration, to: handle) }
    try handle.privileged { try handle.script("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL") }
  }

  private func checkOrder() throws {
    for (earlier, later) in zip(migrations, migrations.dropFirst()) where earlier.number >= later.number {
      throw StoreError(.misuse, "migration \(later.number) comes after \(earlier.number)")
    }
  }

  private func applied(_ handle: Handle) throws -> [(number: Int, name: String)] {
    let connection = Connection(handle)
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS schema_migrations (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT
      """)
    return try connection.query("SELECT number, name FROM schema_migrations ORDER BY number") {
      ($0.int(0), $0.text(1))
    }
  }

  private func check(_ applied: [(number: Int, name: String)]) throws {
    let newest = migrations.last?.number ?? 0
    if let unknown = applied.first(where: { $0.number > newest }) {
      throw StoreError(
        .newer,
        "the database was made by a newer version: it has \(unknown.number) \(unknown.name), this one ends at \(newest)"
      )
    }
    for (index, done) in applied.enumerated() {
      let migration = migrations[index]
      guard migration.number == done.number, migration.name == done.name else {
        throw StoreError(
          .misuse,
          "the database has migration \(done.number) \(done.name) where there is now \(migration.number) \(migration.name)"
        )
      }
    }
  }

  private func apply(_ migration: Migration, to handle: Handle) throws {
    do {
      let transaction = Transaction(handle, now: clock())
      defer { transaction.end() }
      try handle.control(.beginImmediate)
      try migration.run(transaction)
      try checkForeignKeys(transaction)
      try transaction.execute(
        "INSERT INTO schema_migrations VALUES (?, ?, ?)", migration.number, migration.name, transaction.now)
      try handle.control(.commit)
      transaction.runHooks()
      log("migration \(migration.number) \(migration.name) applied")
    } catch {
      handle.abandon()
      guard let error = error as? StoreError else { throw error }
      let place = "migration \(migration.number) \(migration.name)"
      throw StoreError(error.code, "\(place): \(error.message)", sql: error.sql)
    }
  }

  private func checkForeignKeys(_ transaction: Transaction) throws {
    let broken = try transaction.first("PRAGMA foreign_key_check") { ($0.text(0), $0.text(2)) }
    if let (table, parent) = broken {
      throw StoreError(.constraintForeignKey, "a row of \(table) refers to no row of \(parent)")
    }
  }
}
