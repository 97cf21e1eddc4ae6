import Glibc

extension Database {
  /// Number of reads, and of writes, that may wait; further ones are refused with `overloaded`.
  static let longestQueue = 4096

  /// Opens or creates the file `path`, applies the missing migrations and starts the threads. `clock` returns
  /// milliseconds since 1970. After an unclean stop the file is checked in the background, and `checked` is
  /// called with the result. `reserve` is the number of bytes kept free on the disk for essential writes.
  /// `checkpointing` is called on the checkpointer's thread before it copies the log into the file, `upgrading` on
  /// the caller's before each step of an upgrade.
  ///
  /// Creates beside the file SQLite's `-wal` and `-shm`, a `.lock` and a `.reserve`. An existing database is
  /// migrated on a copy, `.migrating`, which takes its place when it is complete; the old one is kept for a week as
  /// `.before-NUMBER`. Errors: `locked` when another process has the file open, `newer`, `corrupt` when it cannot be
  /// read at all, or what a migration throws.
  public static func open(
    path: String, readers readerCount: Int = 2, migrations: [Migration], reserve: Int64 = 0,
    clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void,
    checked: @escaping @Sendable (Integrity) -> Void = { _ in },
    checkpointing: @escaping @Sendable () -> Void = {},
    upgrading: @escaping @Sendable (UpgradeStep) -> Void = { _ in }
  ) throws -> Database {
    let lock = try ProcessLock(path: path + ".lock")
    let existed = access(path, F_OK) == 0
    if !existed { try createPrivateFile(path) }
    let space = SpaceReserve(path: path + ".reserve", wanted: reserve, log: log)
    let (handle, isUpgraded) = try migrated(
      path, space, Migrator(migrations: migrations, clock: clock, log: log), upgrading)
    handle.isSchemaComplete = true
    // An upgrade has checked its copy.
    let isCheckNeeded = existed && !lock.wasClean && !isUpgraded
    let check = IntegrityCheck(path: path, isNeeded: isCheckNeeded, done: checked)
    let checkpointer = Checkpointer(path: path, space: space, log: log, begins: checkpointing)
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

  /// The writing connection to the database with all migrations, and whether it was upgraded.
  private static func migrated(
    _ path: String, _ space: SpaceReserve, _ migrator: Migrator,
    _ upgrading: @escaping @Sendable (UpgradeStep) -> Void
  ) throws -> (handle: Handle, isUpgraded: Bool) {
    let upgrade = Upgrade(path: path, migrator: migrator, reached: upgrading)
    FormerDatabase.tidy(of: upgrade.path, now: migrator.clock())
    upgrade.removeCopy()
    let found = try space.letting { try Handle(path: path, mode: .writer) }
    let (missing, isNew) = try space.letting { try migrator.missing(in: found) }
    if isNew {
      try space.letting { try migrator.create(found) }
    } else if !missing.isEmpty {
      try upgrade.run(found, applying: missing)
      return (try space.letting { try Handle(path: path, mode: .writer) }, true)
    }
    return (found, false)
  }

  /// Deletes the database from before the last upgrade when it is older than a week. `now` is in milliseconds since
  /// 1970. Blocks while the file system frees the file.
  public func forgetFormer(now: Int64) {
    FormerDatabase.tidy(of: realPath(path), now: now)
  }
}
