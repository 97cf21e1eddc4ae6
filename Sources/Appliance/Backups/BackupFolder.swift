import Backup
import Glibc

/// The folder that has the backups. Its functions block, for long when it is on a network that does not answer.
struct BackupFolder: Sendable {
  let path: String

  struct Item: Sendable, Equatable {
    let name: String
    /// Milliseconds since 1970.
    let createdAt: Int64
    let bytes: Int64
    /// The version of OBox that made it; empty when the file cannot be read.
    var version = ""
  }

  func file(_ name: String) -> String { path + "/" + name }

  /// The backups, newest first. Other files are ignored.
  func list() throws(BackupProblem) -> [Item] {
    try names().compactMap { name in
      guard let time = BackupName.time(of: name) else { return nil }
      var about = stat()
      guard stat(file(name), &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return nil }
      let header = try? ArchiveHeader.read(file(name))
      return Item(
        name: name, createdAt: header?.createdAt ?? time, bytes: Int64(about.st_size),
        version: header?.version ?? "")
    }.sorted { ($0.createdAt, $0.name) > ($1.createdAt, $1.name) }
  }

  /// The first free name from this time on.
  func freeName(at time: Int64) -> String {
    var time = time
    while access(file(BackupName.at(time)), F_OK) == 0 { time += 1000 }
    return BackupName.at(time)
  }

  func delete(_ name: String) throws(BackupProblem) {
    guard BackupName.time(of: name) != nil else { throw .noSuchBackup(name) }
    if unlink(file(name)) == 0 { return }
    throw errno == ENOENT ? BackupProblem.noSuchBackup(name) : BackupProblem.folder(path, code: errno)
  }

  /// Deletes the backups that need not be kept; returns their names. `and` is kept in any case.
  func prune(_ kept: Configuration.Backups.Kept, and name: String? = nil) throws(BackupProblem) -> [String] {
    var deleted: [String] = []
    for item in BackupRetention.superfluous(try list(), kept) where item.name != name {
      try delete(item.name)
      deleted.append(item.name)
    }
    return deleted
  }

  /// Throws unless files can be created there.
  func check() throws(BackupProblem) {
    _ = try names()
    guard access(path, W_OK | X_OK) == 0 else { throw .folder(path, code: errno) }
  }

  /// Deletes what killed processes left incomplete. Who still writes a file holds a lock on it.
  func removeLeftovers() throws(BackupProblem) {
    for name in try names() where name.hasBytes(suffix: BackupName.suffix + ArchiveWriter.suffix) {
      let descriptor = open(file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(file(name)) }
      close(descriptor)
    }
  }

  /// The names of all that is in the folder.
  func names() throws(BackupProblem) -> [String] {
    guard let folder = opendir(path) else { throw .folder(path, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }
}
