import Glibc
import Store

/// Held while a backup of an installation is made or verified, by the daemon or by a command.
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
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else { throw .folder(dataFolder, code: errno) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      throw .running
    }
    descriptor = opened
    FolderOwner(of: dataFolder).give(descriptor)
    clean()
  }

  deinit {
    clean()
    close(descriptor)
  }

  func clean() {
    Snapshot.remove(copy)
    removeFolder(scratch)
  }
}
