import Glibc

/// The database as it was before an upgrade, in the file `PATH.before-NUMBER`; the number is that of the first
/// migration that it lacks.
enum FormerDatabase {
  /// How long it is kept, in milliseconds: a week.
  static let kept: Int64 = 7 * 24 * 3600 * 1000

  private static let mark = ".before-"

  static func path(of database: String, before number: Int) -> String { "\(database)\(mark)\(number)" }

  /// Deletes all of `database` but one.
  static func remove(of database: String, except kept: String) {
    for path in all(of: database) where path != kept { unlink(path) }
  }

  /// Deletes those that are older than a week at `now`, in milliseconds, and those that are still the database
  /// itself because an upgrade was interrupted.
  static func tidy(of database: String, now: Int64) {
    for path in all(of: database) {
      var about = stat()
      guard stat(path, &about) == 0 else { continue }
      // The time of the inode's last change is that of the upgrade, which changed its number of names.
      let age = now - Int64(about.st_ctim.tv_sec) * 1000
      if age > kept || areSameFile(path, database) { unlink(path) }
    }
  }

  private static func all(of database: String) -> [String] {
    let start = database.utf8.lastIndex(of: UInt8(ascii: "/")).map { database.utf8.index(after: $0) }
    let folder = start.map { String(database[..<$0]) } ?? ""
    let prefix = (start.map { String(database[$0...]) } ?? database) + mark
    guard let entries = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(entries) }
    var found: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.utf8.starts(with: prefix.utf8) else { continue }
      let number = name.utf8.dropFirst(prefix.utf8.count)
      if !number.isEmpty, number.allSatisfy({ (0x30...0x39).contains($0) }) { found.append(folder + name) }
    }
    return found
  }
}
