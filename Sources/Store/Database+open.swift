import Glibc

extension Database {
  /// Reads and writes that may wait before further ones are refused as `overloaded`.
  static let longestQueue = 4096

  /// Opens or creates the file `path`, checks it after an unclean stop, applies the missing migrations and
  /// starts the threads. `clock` gives milliseconds since 1970.
  ///
  /// Beside the file there are SQLite's own `-wal` and `-shm`, and `.lock`. Errors: `locked` when another
  /// process has it, `newer`, `corrupt`, or what a migration threw.
  public static func open(
    path: String, readers readerCount: Int = 2, migrations: [Migration],
    clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void
  ) throws -> Database {
    let lock = try ProcessLock(path: path + ".lock")
    let existed = access(path, F_OK) == 0
    if !existed { try createPrivateFile(path) }
    let handle = try Handle(path: path, mode: .writer)
    if existed, !lock.wasClean {
      log("the last stop was not clean: checking \(path)")
      try handle.checkIntegrity()
    }
    try Migrator(migrations: migrations, clock: clock, log: log).migrate(handle)
    let checkpointer = Checkpointer(path: path, log: log)
    let writer = Writer(handle, waiting: longestQueue, checkpointer: checkpointer, clock: clock, log: log)
    let readers = Readers(
      try (0..<max(1, readerCount)).map { _ in Reader(try Handle(path: path, mode: .reader)) },
      waiting: longestQueue)
    let lifecycle = Lifecycle(
      writer: writer, readers: readers, checkpointer: checkpointer, lock: lock, log: log)
    try lifecycle.start()
    return Database(path: path, writer: writer, readers: readers, lifecycle: lifecycle)
  }
}
