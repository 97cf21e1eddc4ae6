import Glibc

/// Who owns a folder: what root makes in it is given to them, as the daemon runs under an account of its own.
struct FolderOwner {
  private let user: uid_t
  private let group: gid_t

  init(of folder: String) {
    var about = stat()
    let isKnown = stat(folder, &about) == 0
    (user, group) = isKnown ? (about.st_uid, about.st_gid) : (geteuid(), getegid())
  }

  func give(_ path: String) {
    if geteuid() == 0 { _ = lchown(path, user, group) }
  }

  func give(_ descriptor: Int32) {
    if geteuid() == 0 { _ = fchown(descriptor, user, group) }
  }
}

/// Deletes a folder with all that is in it. Links are deleted, not followed.
func removeFolder(_ path: String) {
  if let folder = opendir(path) {
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      if unlink("\(path)/\(name)") != 0 { removeFolder("\(path)/\(name)") }
    }
    closedir(folder)
  }
  rmdir(path)
}

/// Throws unless the disk of a folder has this many bytes, and some more, for a user that is not root.
func requireRoom(_ bytes: Int64, in folder: String) throws(BackupProblem) {
  // What the others on the disk should have left.
  let margin: Int64 = 80 << 20
  var found = statvfs()
  guard statvfs(folder, &found) == 0 else { throw .folder(folder, code: errno) }
  let free = Int64(clamping: found.f_bavail).multipliedReportingOverflow(by: Int64(clamping: found.f_frsize))
  guard free.overflow || free.partialValue >= bytes + margin else {
    throw .noRoom(folder, needed: bytes + margin)
  }
}
