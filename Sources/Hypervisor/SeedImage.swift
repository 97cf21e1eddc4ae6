import CArchive

/// Creates a small ISO 9660 image in memory, such as cloud-init's seed.
public enum SeedImage {
  /// libarchive's AE_IFREG, a macro that Swift does not import.
  private static let regularFile: UInt32 = 0o100000
  /// Maximum total size of the files, in bytes.
  private static let limit = 1 << 24
  /// Upper bound for the size of the image's own structures; an empty image has about 360 KiB.
  private static let overhead = 1 << 20

  /// Uses Rock Ridge and Joliet names. cloud-init looks for the volume id `cidata`.
  public static func iso(
    files: [(name: String, bytes: [UInt8])], volumeID: String = "cidata"
  ) throws -> [UInt8] {
    let content = files.reduce(0) { $0 + $1.bytes.count + 4096 }
    guard content <= limit else {
      throw HypervisorError.invalid("the seed is larger than \(limit) bytes", operation: "write a seed")
    }
    let size = content + overhead
    // libarchive holds this address until the archive is freed.
    let length = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    length.initialize(to: 0)
    defer { length.deallocate() }
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      guard let archive = archive_write_new() else {
        throw HypervisorError(.other(0), "no memory", operation: "write a seed")
      }
      defer { archive_write_free(archive) }
      func check(_ result: Int32) throws {
        guard result < ARCHIVE_WARN else { return }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "libarchive failed"
        throw HypervisorError(.other(archive_errno(archive)), reason, operation: "write a seed")
      }
      try check(archive_write_set_format_iso9660(archive))
      try check(archive_write_set_format_option(archive, "iso9660", "volume-id", volumeID))
      try check(archive_write_set_format_option(archive, "iso9660", "rockridge", "useful"))
      try check(archive_write_set_format_option(archive, "iso9660", "joliet", "1"))
      try check(archive_write_open_memory(archive, buffer.baseAddress, size, length))
      for file in files { try write(file, to: archive, check) }
      try check(archive_write_close(archive))
      used = length.pointee
    }
  }

  private static func write(
    _ file: (name: String, bytes: [UInt8]), to archive: OpaquePointer, _ check: (Int32) throws -> Void
  ) throws {
    guard let entry = archive_entry_new() else {
      throw HypervisorError(.other(0), "no memory", operation: "write a seed")
    }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, file.name)
    archive_entry_set_filetype(entry, regularFile)
    archive_entry_set_perm(entry, 0o444)
    archive_entry_set_size(entry, la_int64_t(file.bytes.count))
    archive_entry_set_mtime(entry, 0, 0)
    try check(archive_write_header(archive, entry))
    let written = file.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    try check(written == file.bytes.count ? ARCHIVE_OK : ARCHIVE_FATAL)
  }
}
