import Backup
import Glibc
import Store

/// Makes one backup of an installation, beside its daemon or without one. Its functions block.
///
/// The database is copied first, which takes as long as the disk needs and keeps no writer waiting; everything else is done
/// with the copy.
struct BackupMaker: Sendable {
  let site: Site
  let folder: BackupFolder
  let passphrase: Passphrase
  var cost = KeyCost.standard
  let lock: BackupLock

  /// Throws when the folder cannot be used, or another backup is being made.
  init(site: Site, to folder: BackupFolder, passphrase: Passphrase, cost: KeyCost = .standard) throws {
    guard access(site.databasePath, F_OK) == 0 else { throw BackupProblem.noData(site.databasePath) }
    try folder.check()
    lock = try BackupLock(dataFolder: site.dataFolder)
    try folder.removeLeftovers()
    self.site = site
    self.folder = folder
    self.passphrase = passphrase
    self.cost = cost
  }

  /// Copies the database. `goesOn` takes the share that is done, and ends the copy by false.
  func copy(goesOn: (Double) -> Bool) throws {
    let size = Self.size(site.databasePath) + Self.size(site.databasePath + "-wal")
    try requireRoom(size, in: site.dataFolder)
    try Snapshot.write(of: site.databasePath, to: lock.copy, goesOn: goesOn)
  }

  /// Writes the backup from the copy. `definitions` are those of the machines in libvirt, by UUID.
  func write(
    at now: Int64, definitions: [String: String] = [:], goesOn: (Double) -> Bool
  ) throws -> BackupFolder.Item {
    defer { lock.clean() }
    guard let key = Self.content(of: site.keyPath, limit: 1024) else {
      throw BackupProblem.noKey(site.keyPath)
    }
    let manifest = try BackupManifest(of: lock.copy, bytes: Self.size(lock.copy), createdAt: now)
    let name = folder.freeName(at: now)
    let header = ArchiveHeader(createdAt: now, version: Version.text)
    let writer = try ArchiveWriter(folder.file(name), header, passphrase: passphrase, cost: cost)
    try writer.add(BackupManifest.name, manifest.json)
    try writer.add(UnpackedBackup.keyName, key)
    try writer.add(UnpackedBackup.configurationName, Array(site.configuration.text.utf8))
    for (uuid, xml) in definitions.sorted(by: { $0.key < $1.key }) {
      try writer.add(UnpackedBackup.definition(of: uuid), Array(xml.utf8))
    }
    try writer.add(UnpackedBackup.databaseName, copyOf: lock.copy, goesOn: goesOn)
    return BackupFolder.Item(
      name: name, createdAt: now, bytes: try writer.finish(), version: Version.text)
  }

  private static func size(_ path: String) -> Int64 {
    var about = stat()
    return stat(path, &about) == 0 ? Int64(about.st_size) : 0
  }

  /// The content of a small file; nil when it cannot be read.
  static func content(of path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(file, &bytes, bytes.count)
    return count < 0 ? nil : Array(bytes.prefix(count))
  }
}
