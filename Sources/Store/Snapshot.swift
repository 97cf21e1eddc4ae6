import Glibc

/// A copy of a database that nobody writes to, made beside the process that has the database open, or without one.
public enum Snapshot {
  /// Copies the database `path` as it is now to the new file `target`, mode 0600, and blocks until that is done. Writers go
  /// on meanwhile. `goesOn` is called before each megabyte with the share that is copied; when it returns false, the copy
  /// ends with `closed`. Errors: `full`, `corrupt`, or what opening gives. On failure nothing is left.
  public static func write(of path: String, to target: String, goesOn: (Double) -> Bool) throws {
    if areSameFile(path, target) { throw StoreError(.misuse, "\(target) is the database itself") }
    remove(target)
    do {
      try createPrivateFile(target)
      try Handle(path: path, mode: .reader).copy(to: target, goesOn: goesOn)
    } catch {
      remove(target)
      throw error
    }
  }

  /// Runs `body` on the file on the calling thread, which may block.
  public static func read<T>(_ path: String, _ body: (Connection) throws -> T) throws -> T {
    let handle = try Handle(path: path, mode: .reader)
    // What is asked of a copy may read the whole of it, as no statement of a served database may.
    handle.isSchemaComplete = false
    return try handle.reading(body)
  }

  /// The findings of SQLite's full check of the file, at most five; empty when nothing is wrong.
  public static func findings(in path: String) throws -> [String] {
    let found = try read(path) { try $0.query("PRAGMA integrity_check(5)", arguments: []) { $0.text(0) } }
    return found == ["ok"] ? [] : found
  }

  /// Deletes the file with those that SQLite puts beside it.
  public static func remove(_ path: String) {
    for name in [path, path + "-journal", path + "-wal", path + "-shm"] { unlink(name) }
  }
}
