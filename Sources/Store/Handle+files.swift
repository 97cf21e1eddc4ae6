import CSQLite

extension Handle {
  enum Checkpoint { case passive, truncate }

  /// Copies the write-ahead log into the database file.
  func checkpoint(_ kind: Checkpoint) throws {
    let mode = kind == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE
    var pages: Int32 = 0
    var copied: Int32 = 0
    let result = sqlite3_wal_checkpoint_v2(pointer, nil, mode, &pages, &copied)
    guard result == SQLITE_OK || (kind == .passive && result == SQLITE_BUSY) else {
      throw StoreError(of: pointer)
    }
  }

  /// The tables that are stored in the file, in the order of their roots.
  func tables() throws -> [String] {
    try Connection(self).query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage"
    ) { $0.text(0) }
  }

  /// SQLite's integrity check of a table and its indexes: `["ok"]` when nothing is wrong.
  func findings(in table: String) throws -> [String] {
    let name = String(
      String.UnicodeScalarView(table.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }))
    return try Connection(self).query("PRAGMA quick_check(\"\(name)\")") { $0.text(0) }
  }

  /// Copies a snapshot of the database into a new file; before each megabyte `goesOn` is called with the share that is
  /// copied, and the copy stops when it returns false. A copy that is not kept need not survive a loss of power.
  func copy(to path: String, isKept: Bool = true, goesOn: (Double) -> Bool) throws {
    var opened: OpaquePointer?
    let access = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    guard sqlite3_open_v2(path, &opened, access, nil) == SQLITE_OK, let target = opened else {
      defer { sqlite3_close_v2(opened) }
      throw StoreError(of: opened)
    }
    defer { sqlite3_close_v2(target) }
    // Else the sync at its end would delay those of the writer.
    if !isKept { sqlite3_exec(target, "PRAGMA synchronous = OFF", nil, nil, nil) }
    // A transaction that has read keeps its snapshot while others write; without it, sqlite3_backup_step
    // would start over.
    try control(.begin)
    defer { abandon() }
    _ = try Connection(self).scalar("SELECT count(*) FROM sqlite_schema")
    guard let backup = sqlite3_backup_init(target, "main", pointer, "main") else {
      throw StoreError(of: target)
    }
    var result = SQLITE_OK
    while result == SQLITE_OK, goesOn(Self.share(of: backup)) { result = sqlite3_backup_step(backup, 256) }
    let finished = sqlite3_backup_finish(backup)
    if finished != SQLITE_OK { throw StoreError(of: target) }
    if result != SQLITE_DONE {
      throw StoreError(.closed, "the backup was interrupted because the database was closed")
    }
  }

  /// The share of the pages that is copied; 0 before the first step.
  private static func share(of backup: OpaquePointer) -> Double {
    let (all, left) = (sqlite3_backup_pagecount(backup), sqlite3_backup_remaining(backup))
    return all > 0 ? Double(all - left) / Double(all) : 0
  }
}
