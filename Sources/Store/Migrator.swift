/// Finds the migrations that a database lacks, and applies them.
struct Migrator {
  let migrations: [Migration]
  let clock: @Sendable () -> Int64
  let log: @Sendable (String) -> Void

  /// The missing migrations, and whether the database has none yet. Throws `misuse` when the list differs from what
  /// was applied before, `newer` when a newer program wrote the database.
  func missing(in handle: Handle) throws -> (migrations: ArraySlice<Migration>, isNew: Bool) {
    try checkOrder()
    let applied = try self.applied(handle)
    try check(applied)
    return (migrations.dropFirst(applied.count), applied.isEmpty)
  }

  /// Applies all migrations to a new database, in one transaction.
  func create(_ handle: Handle) throws {
    try relaxed(handle) {
      try transaction(on: handle) { transaction in
        for migration in migrations { try run(migration, in: transaction) }
        try checkForeignKeys(transaction)
      }
    }
    log("database created")
  }

  /// Applies `missing` in order, each in its own transaction.
  func apply(_ missing: ArraySlice<Migration>, to handle: Handle) throws {
    try relaxed(handle) {
      for migration in missing {
        try transaction(on: handle) { transaction in
          try run(migration, in: transaction)
          try named(migration) { try checkForeignKeys(transaction) }
        }
        if handle.walPages > Writer.longLog { try handle.checkpoint(.passive) }
      }
    }
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
        "the database was made by a newer version: it has migration \(unknown.number) \(unknown.name), and this "
          + "version ends at \(newest). Install the newer version again, or put back the database from before the "
          + "upgrade (the file ending in .before-NUMBER beside it, or a backup)"
      )
    }
    for (migration, done) in zip(migrations, applied)
    where migration.number != done.number || migration.name != done.name {
      throw StoreError(
        .misuse,
        "the database has migration \(done.number) \(done.name) where there is now \(migration.number) \(migration.name)"
      )
    }
  }

  /// Foreign keys are off because a table is rebuilt under another name, which must not touch rows that refer to
  /// it. Commits need not be synced: what is undone by a loss of power is simply applied again.
  private func relaxed(_ handle: Handle, _ body: () throws -> Void) throws {
    try handle.privileged { try handle.script("PRAGMA foreign_keys = OFF; PRAGMA synchronous = NORMAL") }
    try body()
    try handle.privileged { try handle.script("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL") }
  }

  private func transaction(on handle: Handle, _ body: (Transaction) throws -> Void) throws {
    let transaction = Transaction(handle, now: clock())
    defer { transaction.end() }
    do {
      try handle.control(.beginImmediate)
      try body(transaction)
      try handle.control(.commit)
    } catch {
      handle.abandon()
      throw error
    }
    transaction.runHooks()
  }

  private func run(_ migration: Migration, in transaction: Transaction) throws {
    try named(migration) {
      try migration.run(transaction)
      try transaction.execute(
        "INSERT INTO schema_migrations VALUES (?, ?, ?)", migration.number, migration.name, transaction.now)
    }
  }

  /// Adds the name of the migration to an error of `body`.
  private func named(_ migration: Migration, _ body: () throws -> Void) throws {
    do { try body() } catch let error as StoreError {
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
