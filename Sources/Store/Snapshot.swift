import Glibc

/// A copy of a database that nobody writes to, made beside the process that has the database open, or without one.
public enum Snapshot {
  /// Copies the database `path` as it is now to the new file `target`, mode 0600, and blocks until that is done. Writers go
  /// on meanwhile. `goesOn` is called before each megabyte with the share that is copied; when it returns false, the copy
  /// ends with `closed`. Errors: `full`, `corrupt`, or what opening gives. On failure nothing is left. The copy is not synced.
  public static func write(of path: String, to target: String, goesOn: (Double) -> Bool) throws {
    if areSameFile(path, target) { throw StoreError(.misuse, "\(target) is the database itself") }
    remove(target)
    do {
      try createPrivateFile(target)
      try handle(path).copy(to: target, isKept: false, goesOn: goesOn)
    } catch {
      remove(target)
      throw error
    }
  }

  /// Runs `body` on the file on the calling thread, which may block.
  public static func read<T>(_ path: String, _ body: (Connection) throws -> T) throws -> T {
    try handle(path).reading(body)
  }

  /// What is asked of a copy may read the whole of it, as no statement of a served database may.
  private static func handle(_ path: String) throws -> Handle {
    let handle = try Handle(path: path, mode: .reader)
    handle.isSchemaComplete = false
    return handle
  }

  /// The findings of SQLite's full check of the file, at most five; empty when nothing is wrong.
  public static func findings(in path: String) throws -> [String] {
    let found = try read(path) { try $0.query("PRAGMA integrity_check(5)", arguments: []) { $0.text(0) } }
    return found == ["ok"] ? [] : found
  }

  /// The number of rows of each table.
  public static func rows(in path: String) throws -> [String: Int64] {
    try read(path) { connection in
      let tables = try connection.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
      ) { $0.text(0) }
      var rows: [String: Int64] = [:]
      for table in tables where !table.utf8.contains(UInt8(ascii: "\"")) {
        rows[table] = try connection.scalar("SELECT count(*) FROM \"\(table)\"") ?? 0
      }
      return rows
    }
  }

  /// Deletes the file with those that SQLite puts beside it.
  public static func remove(_ path: String) {
    for name in [path, path + "-journal", path + "-wal", path + "-shm"] { unlink(name) }
  }
}
