import Backup
import Glibc
import HTTP
import Store

/// Puts a backup in the place of an installation's data, which is kept aside. The daemon must not run.
///
/// Everything is unpacked, checked and brought to this version in a folder of its own. Only then the old files are moved
/// aside and the new ones to their place, each by a rename; until that is done, `obox.restoring` is there, and the daemon does
/// not start. Who runs the restore again after it was killed finds the old data where it was or aside.
struct BackupRestore {
  /// In the order in which they come to their place: without a database there is no installation.
  private static let names = [
    UnpackedBackup.keyName, UnpackedBackup.configurationName, UnpackedBackup.definitionsFolder,
    UnpackedBackup.databaseName,
  ]
  private static let asidePrefix = "before-restore-"

  let dataFolder: String
  let now: Int64
  /// Held from the beginning to the end.
  let lock: ProcessLock

  /// Throws `locked` while the daemon runs, and `notEmpty` where there is data that may not be replaced.
  init(into dataFolder: String, replacing mayReplace: Bool, at now: Int64) throws {
    self.dataFolder = dataFolder
    self.now = now
    lock = try ProcessLock(path: "\(dataFolder)/\(UnpackedBackup.databaseName).lock")
    if !mayReplace, Self.hasData(dataFolder) { throw BackupProblem.notEmpty(dataFolder) }
  }

  static func isInterrupted(in dataFolder: String) -> Bool { access(restoring(dataFolder), F_OK) == 0 }

  static func hasData(_ dataFolder: String) -> Bool {
    isInterrupted(in: dataFolder)
      || [UnpackedBackup.databaseName, UnpackedBackup.keyName].contains { name in
        access("\(dataFolder)/\(name)", F_OK) == 0
      }
  }

  /// Unpacks and checks the backup, and migrates its database. Returns how many machines are to be defined again.
  func prepare(_ file: String, _ passphrase: Passphrase) async throws -> Int {
    let folder = unpacking
    let unpacked = try await BlockingWork.run { goesOn in
      removeFolder(folder)
      let unpacked = try UnpackedBackup(file, passphrase, into: folder) { _ in goesOn() }
      _ = try unpacked.check()
      return unpacked
    }
    return try await adapt(unpacked)
  }

  /// Puts the prepared data into its place. Returns the folder that has what was there before, if anything was. Blocks.
  func finish() throws(BackupProblem) -> String? {
    let aside = Self.isInterrupted(in: dataFolder) ? try lastAside() : nil
    removeFolder(Self.restoring(dataFolder))
    give(unpacking, to: FolderOwner(of: dataFolder))
    try move(unpacking, to: Self.restoring(dataFolder))
    let kept = try putAside(into: aside)
    for name in Self.names where access("\(Self.restoring(dataFolder))/\(name)", F_OK) == 0 {
      try move("\(Self.restoring(dataFolder))/\(name)", to: "\(dataFolder)/\(name)")
    }
    removeFolder(Self.restoring(dataFolder))
    FolderOwner(of: dataFolder).give("\(dataFolder)/\(UnpackedBackup.databaseName).lock")
    synchronize()
    lock.markClean()
    return kept
  }

  /// Removes what `prepare` left.
  func abandon() { removeFolder(unpacking) }

  private var unpacking: String { dataFolder + "/obox.unpacking" }
  private static func restoring(_ dataFolder: String) -> String { dataFolder + "/obox.restoring" }

  /// Applies the migrations, forgets the backup that was being made, and enqueues the machines.
  private func adapt(_ unpacked: UnpackedBackup) async throws -> Int {
    let clock = Clock.system
    let database = try Database.open(
      path: unpacked.database, readers: 1, migrations: Migration.all, clock: clock.now, log: { _ in })
    do {
      let machines = try await database.write { tx in
        for kind in BackupRuns.Kind.allCases {
          try tx.execute(
            "DELETE FROM jobs WHERE status IN ('queued', 'waiting', 'running') AND kind = ?",
            Backups.jobKind(kind))
        }
        return try RedefineMachine.enqueueAll(JobQueue(hub: Hub()), in: tx)
      }
      await database.close()
      unlink(unpacked.database + ".lock")
      return machines
    } catch {
      await database.close()
      throw error
    }
  }
}

extension BackupRestore {
  /// Moves the old files aside; nil when there were none. What an interrupted restore has put in their place is deleted.
  private func putAside(into earlier: String?) throws(BackupProblem) -> String? {
    let name = UnpackedBackup.databaseName
    let old = [name, name + "-wal", name + "-shm"] + Self.names.filter { $0 != name }
    let found = old.filter { access("\(dataFolder)/\($0)", F_OK) == 0 }
    guard !found.isEmpty || earlier != nil else { return nil }
    let aside = earlier ?? "\(dataFolder)/\(Self.asidePrefix)\(Self.stamp(now))"
    if earlier == nil, mkdir(aside, 0o700) != 0 { throw .folder(aside, code: errno) }
    FolderOwner(of: dataFolder).give(aside)
    for name in found {
      if access("\(aside)/\(name)", F_OK) == 0 {
        removeFolder("\(dataFolder)/\(name)")
        unlink("\(dataFolder)/\(name)")
      } else {
        try move("\(dataFolder)/\(name)", to: "\(aside)/\(name)")
      }
    }
    return aside
  }

  /// The folder that the interrupted restore has moved the old files into; nil when there were none.
  private func lastAside() throws(BackupProblem) -> String? {
    try BackupFolder(path: dataFolder).names().filter { $0.hasBytes(prefix: Self.asidePrefix) }.max()
      .map { "\(dataFolder)/\($0)" }
  }

  private static func stamp(_ time: Int64) -> String {
    String(decoding: BackupName.at(time).utf8.dropFirst(5).prefix(15), as: UTF8.self)
  }

  private func move(_ path: String, to target: String) throws(BackupProblem) {
    guard rename(path, target) == 0 else { throw .folder(target, code: errno) }
  }

  private func synchronize() {
    let file = open(dataFolder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  private func give(_ folder: String, to owner: FolderOwner) {
    owner.give(folder)
    for name in (try? BackupFolder(path: folder).names()) ?? [] where name != "." && name != ".." {
      owner.give("\(folder)/\(name)")
      if name == UnpackedBackup.definitionsFolder { give("\(folder)/\(name)", to: owner) }
    }
  }
}
