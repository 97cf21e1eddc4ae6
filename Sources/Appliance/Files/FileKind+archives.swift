/// Detection of archives and of document formats based on ZIP.
extension FileKind {
  static func archive(_ bytes: FileBytes) -> FileKind? {
    if bytes.has([0x1F, 0x8B, 0x08]), bytes.count >= 18 { return FileKind(type: "application/gzip") }
    guard bytes.has([0x50, 0x4B, 0x03, 0x04]), let names = ZipNames(bytes) else { return nil }
    return zip(names, bytes).map { FileKind(type: $0) }
  }

  /// Executable archives (programs) are refused.
  private static func zip(_ names: ZipNames, _ bytes: FileBytes) -> String? {
    if names.contains("META-INF/MANIFEST.MF") || names.contains("AndroidManifest.xml") { return nil }
    if names.contains("[Content_Types].xml") {
      let office = "application/vnd.openxmlformats-officedocument."
      if names.contains("word/document.xml") { return office + "wordprocessingml.document" }
      if names.contains("xl/workbook.xml") { return office + "spreadsheetml.sheet" }
      if names.contains("ppt/presentation.xml") { return office + "presentationml.presentation" }
    }
    return openDocument(bytes) ?? "application/zip"
  }

  /// OpenDocument stores its type in the first entry, uncompressed (ODF 1.3, part 2, 3.3).
  private static func openDocument(_ bytes: FileBytes) -> String? {
    guard bytes.little(8, 2) == 0, bytes.little(26, 2) == 8, bytes.has("mimetype", at: 30),
      let extra = bytes.little(28, 2), let length = bytes.little(18, 4), length < 100,
      let type = bytes.text(38 + extra, length)
    else { return nil }
    let known = ["text", "spreadsheet", "presentation", "graphics"].map {
      "application/vnd.oasis.opendocument." + $0
    }
    return known.first { $0 == type }
  }
}

/// The file names in a ZIP archive's central directory.
struct ZipNames {
  /// Maximum number of entries read; a document's own parts come earlier.
  private static let most = 4096
  private static let endLength = 22
  private static let longestComment = 65_535

  private var names: Set<String> = []

  /// Nil when there is no central directory within the archive.
  init?(_ bytes: FileBytes) {
    guard let end = Self.end(of: bytes), let count = bytes.little(end + 10, 2),
      var place = bytes.little(end + 16, 4), place < end
    else { return nil }
    for _ in 0..<min(count, Self.most) {
      guard bytes.has([0x50, 0x4B, 0x01, 0x02], at: place), let name = bytes.little(place + 28, 2),
        let extra = bytes.little(place + 30, 2), let comment = bytes.little(place + 32, 2),
        let text = bytes.text(place + 46, name)
      else { return nil }
      names.insert(text)
      place += 46 + name + extra + comment
    }
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  private static func end(of bytes: FileBytes) -> Int? {
    var place = bytes.count - endLength
    let last = max(0, place - longestComment)
    while place >= last {
      if bytes.has([0x50, 0x4B, 0x05, 0x06], at: place) { return place }
      place -= 1
    }
    return nil
  }
}
