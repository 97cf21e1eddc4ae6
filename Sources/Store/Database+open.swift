import Glibc

extension Database {
  /// Reads and writes that may wait before further ones are refused as `overloaded`.
  static let longestQueue = 4096

  /// Opens or creates the file `path`, applies the missing migrations and starts the threads. `clock` gives
  /// milliseconds since 1970. After an unclean stop the file is checked meanwhile, and `checked` is told the result.
  /// `reserve` bytes of the disk are kept for what must go on when it is full.
  ///
  /// Beside the file there are SQLite's own `-wal` and `-shm`, `.lock`, and `.reserve`. Errors: `locked` when another
  /// process has it, `newer`, `corrupt` where it cannot be read at all, or what a migration threw.
  public static func open(
    path: String, readers readerCount: Int = 2, migrations: [Migration], reserve: Int64 = 0,
    clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void,
    checked: @escaping @Sendable (Integrity) -> Void = { _ in }
  ) throws -> Database {
    let lock = try ProcessLock(path: path + ".lock")
    let existed = access(path, F_OK) == 0
    if !existed { try createPrivateFile(path) }
    let space = SpaceReserve(path: path + ".reserve", wanted: reserve, log: log)
    let handle = try space.letting { try Handle(path: path, mode: .writer) }
    let check = IntegrityCheck(path: path, isNeeded: existed && !lock.wasClean, done: checked)
    try space.letting {
      try handle.migrating { try Migrator(migrations: migrations, clock: clock, log: log).migrate(handle) }
    }
    let checkpointer = Checkpointer(path: path, space: space, log: log)
    let writer = Writer(
      handle, waiting: longestQueue, checkpointer: checkpointer, space: space, clock: clock, log: log)
    let readers = Readers(
      try (0..<max(1, readerCount)).map { _ in Reader(try Handle(path: path, mode: .reader)) },
      waiting: longestQueue)
    let lifecycle = Lifecycle(
      writer: writer, readers: readers, checkpointer: checkpointer, check: check, lock: lock, log: log)
    try lifecycle.start()
    return Database(path: path, writer: writer, readers: readers, lifecycle: lifecycle, space: space)
  }
}
