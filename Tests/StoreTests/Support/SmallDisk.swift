import Glibc

/// A file system of one megabyte; mounting it requires root.
final class SmallDisk: Sendable {
  let folder: Folder

  init?(size: String = "1m") throws {
    folder = try Folder()
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(size)") == 0 else { return nil }
  }

  deinit {
    umount2(folder.path, 2)
  }

  /// Fills the free space but for some bytes, until the file is deleted.
  func fill(leaving bytes: Int = 0) {
    let file = open(folder.path + "/filler", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
    ftruncate(file, lseek(file, 0, SEEK_END) - bytes)
  }

  func free() {
    unlink(folder.path + "/filler")
  }
}
