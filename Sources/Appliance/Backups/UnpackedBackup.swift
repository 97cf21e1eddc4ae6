import Backup
import Glibc
import Store

/// A backup whose files were unpacked into a folder. Its functions block.
struct UnpackedBackup: Sendable {
  static let databaseName = "obox.db"
  static let keyName = "obox.key"
  static let configurationName = "obox.conf"
  static let definitionsFolder = "machines"

  let folder: String
  let header: ArchiveHeader
  let manifest: BackupManifest

  var database: String { folder + "/" + Self.databaseName }

  static func definition(of uuid: String) -> String { "\(definitionsFolder)/\(uuid).xml" }

  /// Unpacks a backup into a new folder, mode 0700. Throws when it is damaged, made by a newer version, or larger than the
  /// disk; what was unpacked until then stays.
  init(_ file: String, _ passphrase: Passphrase, into folder: String, goesOn: (Double) -> Bool) throws {
    let reader = try ArchiveReader(file, passphrase: passphrase)
    header = reader.header
    guard try reader.next()?.name == BackupManifest.name,
      let manifest = BackupManifest(json: try reader.content(limit: 1 << 20))
    else { throw BackupProblem.incomplete("it has no description") }
    guard manifest.schema <= BackupManifest.newestSchema else {
      throw BackupProblem.newer(reader.header.version)
    }
    guard mkdir(folder, 0o700) == 0 else { throw BackupProblem.folder(folder, code: errno) }
    self.folder = folder
    self.manifest = manifest
    try requireRoom(manifest.bytes, in: folder)
    var found: Set<String> = []
    while let entry = try reader.next() {
      try Self.extract(entry, reader, folder, goesOn)
      found.insert(entry.name)
    }
    for name in [Self.databaseName, Self.keyName] where !found.contains(name) {
      throw BackupProblem.incomplete("it has no \(name)")
    }
  }

  /// Writes a file that this version knows; others are left out.
  private static func extract(
    _ entry: ArchiveReader.Entry, _ reader: ArchiveReader, _ folder: String, _ goesOn: (Double) -> Bool
  ) throws {
    switch entry.name {
    case databaseName: try reader.extract(to: "\(folder)/\(databaseName)", goesOn: goesOn)
    case keyName, configurationName: try reader.extract(to: "\(folder)/\(entry.name)") { _ in true }
    default:
      guard isDefinition(entry.name) else { return }
      mkdir("\(folder)/\(definitionsFolder)", 0o700)
      try reader.extract(to: "\(folder)/\(entry.name)") { _ in true }
    }
  }

  /// `machines/` with a UUID and `.xml`, and nothing that leads elsewhere.
  private static func isDefinition(_ name: String) -> Bool {
    let parts = name.split(byte: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == definitionsFolder[...], parts[1].hasBytes(suffix: ".xml") else {
      return false
    }
    return parts[1].utf8.dropLast(4).allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x2D: true
      default: false
      }
    }
  }
}
