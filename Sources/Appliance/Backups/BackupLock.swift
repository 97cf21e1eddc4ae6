import Glibc
import Store

/// Held while a backup of an installation is made or verified, by the daemon or by a command.
// The descriptor is opened in init and closed in deinit, by which the system frees the lock.
final class BackupLock: Sendable {
  private let descriptor: Int32
  /// The copy of the database that a backup is made from.
  let copy: String
  /// The folder that a backup is restored into to be verified.
  let scratch: String

  /// Throws `running` while another process or task holds it. Removes what killed ones left.
  init(dataFolder: String) throws(BackupProblem) {
    let path = dataFolder + "/obox.backup.lock"
    copy = dataFolder + "/obox.db.copy"
    scratch = dataFolder + "/obox.verifying"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .folder(dataFolder, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .running }
    FolderOwner(of: dataFolder).give(descriptor)
    clean()
  }

  deinit { close(descriptor) }

  func clean() {
    Snapshot.remove(copy)
    removeFolder(scratch)
  }
}
