import Glibc

/// Applies missing migrations to a copy of an existing database, which then takes its place. Until then the
/// database is as it was, whatever fails and wherever the process is killed.
///
/// SQLite would read a log left behind as that of the new file, so the log is moved into the old file and deleted
/// first. `rename` then leaves either the old or the new file under the name, and `link` keeps the old one.
struct Upgrade {
  /// The real path of the database: renaming must not replace a symbolic link.
  let path: String
  let migrator: Migrator
  let reached: @Sendable (UpgradeStep) -> Void

  init(path: String, migrator: Migrator, reached: @escaping @Sendable (UpgradeStep) -> Void) {
    self.path = realPath(path)
    self.migrator = migrator
    self.reached = reached
  }

  private var copy: String { path + ".migrating" }

  /// Deletes what an interrupted upgrade left.
  func removeCopy() {
    for end in ["", "-journal", "-wal", "-shm"] { unlink(copy + end) }
  }

  /// Closes `old` in any case. Throws with the database unchanged: `full`, `busy` when another program has it open,
  /// `corrupt`, or what a migration throws.
  func run(_ old: Handle, applying missing: ArraySlice<Migration>) throws {
    guard let first = missing.first, let last = missing.last else { return }
    let former = FormerDatabase.path(of: path, before: first.number)
    defer { removeCopy() }
    do {
      defer { old.close() }
      try makeCopy(of: old)
      try migrate(missing)
      try replace(keeping: former)
    } catch {
      throw unchanged(error)
    }
    FormerDatabase.remove(of: path, except: former)
    migrator.log(
      "migrations \(first.number) to \(last.number) applied; the database as it was before is kept for a week: "
        + former)
  }

  /// Copies the database and closes it, without a log.
  private func makeCopy(of old: Handle) throws {
    try old.checkpoint(.truncate)
    var about = stat()
    guard stat(path, &about) == 0 else { throw StoreError(systemError: errno, path) }
    try requireSpace(for: Int64(about.st_size))
    migrator.log("the database is migrated on a copy of \(Self.megabytes(Int64(about.st_size)))")
    reached(.copying)
    try createPrivateFile(copy)
    // Root may run a command on the data of the daemon's account.
    if about.st_uid != geteuid(), chown(copy, about.st_uid, about.st_gid) != 0 {
      throw StoreError(systemError: errno, copy)
    }
    try old.copy(to: copy) { _ in true }
    old.close()
    try removeLog(of: path)
  }

  /// The copy, and half as much for what migrations rewrite.
  private func requireSpace(for size: Int64) throws {
    let needed = size + size / 2
    guard let disk = Disk(of: path), disk.free < needed else { return }
    throw StoreError(
      .full,
      "a copy of it needs \(Self.megabytes(needed)) of free disk space, and \(disk.free / 1_000_000) MB are free"
    )
  }

  /// Rounded up.
  private static func megabytes(_ bytes: Int64) -> String { "\((bytes + 999_999) / 1_000_000) MB" }

  private func migrate(_ missing: ArraySlice<Migration>) throws {
    reached(.migrating)
    let handle = try Handle(path: copy, mode: .writer)
    defer { handle.close() }
    try migrator.apply(missing, to: handle)
    reached(.checking)
    for table in try handle.tables() {
      let findings = try handle.findings(in: table)
      if let first = findings.first, findings != ["ok"] { throw StoreError(.corrupt, "\(table): \(first)") }
    }
    try handle.checkpoint(.truncate)
  }

  private func replace(keeping former: String) throws {
    try removeLog(of: copy)
    try synchronizeFile(copy)
    reached(.keeping)
    unlink(former)
    guard link(path, former) == 0 else { throw StoreError(systemError: errno, former) }
    synchronizeFolder(of: path)
    reached(.replacing)
    guard rename(copy, path) == 0 else {
      let error = StoreError(systemError: errno, path)
      unlink(former)
      throw error
    }
    synchronizeFolder(of: path)
    reached(.replaced)
  }

  /// Deletes the empty log of a closed database. Another program that has it open may have written meanwhile.
  private func removeLog(of path: String) throws {
    var about = stat()
    if stat(path + "-wal", &about) == 0, about.st_size > 0 {
      throw StoreError(.busy, "another program has \(path) open")
    }
    for end in ["-wal", "-shm"] { unlink(path + end) }
    synchronizeFolder(of: path)
  }

  private func unchanged(_ error: any Error) -> any Error {
    guard let error = error as? StoreError else { return error }
    let advice =
      switch error.code {
      case .full: "Free some space on its disk, then start again"
      case .busy: "Close the other program, then start again"
      case .corrupt: "The database is damaged: restore the latest backup"
      default: "The version installed before still works with it: install that one again, and report this"
      }
    return StoreError(
      error.code, "the database could not be migrated and is unchanged: \(error.message). \(advice)",
      sql: error.code == .full ? nil : error.sql)
  }
}
