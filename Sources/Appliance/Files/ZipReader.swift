import HTTP

/// Reads untrusted ZIP archives. What their directory says is checked first; then `bsdtar` (libarchive), confined, writes
/// the archive as a tar archive, which is held to the directory. Nothing is ever written under a name that it has.
struct ZipReader: Sendable {
  private static let program = "/usr/bin/bsdtar"
  private static let longestName = 200
  /// How many times larger than the archive its content may be, beyond the first `spared` bytes.
  private static let mostRatio = 20
  private static let spared = 4 << 20

  let mostEntries: Int
  /// Of all files together.
  let mostBytes: Int

  /// The files by name. Throws 400, and 413 for one that is too large or unpacks to too much.
  func files(in archive: [UInt8]) async throws -> [String: ArraySlice<UInt8>] {
    let entries = try checked(archive)
    guard ConfinedProgram.isInstalled(Self.program) else { throw Failure.noUnpacker }
    let most = limit(for: archive)
    let size = entries.reduce(0) { $0 + $1.size }
    guard size <= most else { throw Failure.archiveTooLarge(most) }
    // Each entry has a block for its head and is filled up to whole blocks; twenty more end it.
    let room = most + 1024 * (entries.count + 20)
    let output = try await ConfinedProgram.output(
      Self.program, ["-c", "-f", "-", "--format=ustar", "@-"], archive, limit: room)
    guard let output else { throw Failure.notAnArchive }
    guard !output.isTruncated else { throw Failure.archiveTooLarge(most) }
    guard output.status == .exited(0), let tar = TarFiles(output.stdout) else { throw Failure.notAnArchive }
    return try Self.named(tar, in: output.stdout, as: entries)
  }

  private func limit(for archive: [UInt8]) -> Int {
    min(
      mostBytes, max(Self.spared, archive.count.multipliedReportingOverflow(by: Self.mostRatio).partialValue))
  }

  private func checked(_ archive: [UInt8]) throws(Failure) -> [ZipDirectory.Entry] {
    guard let directory = ZipDirectory(FileBytes(archive[...]), most: mostEntries) else {
      throw .notAnArchive
    }
    guard directory.count <= mostEntries else { throw .tooManyEntries(mostEntries) }
    var names: Set<String> = []
    for entry in directory.entries {
      guard !entry.isEncrypted else { throw .encryptedArchive }
      guard entry.isOrdinary, Self.isPlain(entry.name) else { throw .unsafeArchive(entry.name) }
      guard names.insert(entry.name).inserted else { throw .twiceInArchive(entry.name) }
    }
    return directory.entries
  }

  /// A relative path without steps upwards.
  private static func isPlain(_ name: String) -> Bool {
    let parts = name.split(byte: "/", omittingEmptySubsequences: false)
    return !name.isEmpty && name.utf8.count <= longestName && parts.first?.isEmpty == false
      && !parts.contains("..") && !parts.contains(".")
      && name.utf8.allSatisfy {
        $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ":")
      }
  }

  /// The directory and what was unpacked must name the same files.
  private static func named(
    _ tar: TarFiles, in bytes: [UInt8], as entries: [ZipDirectory.Entry]
  ) throws(Failure) -> [String: ArraySlice<UInt8>] {
    var files: [String: ArraySlice<UInt8>] = [:]
    for (name, content) in tar.files {
      guard files.updateValue(bytes[content], forKey: name) == nil else { throw .twiceInArchive(name) }
    }
    guard Set(files.keys) == Set(entries.filter { !$0.isFolder }.map(\.name)) else { throw .notAnArchive }
    return files
  }
}
