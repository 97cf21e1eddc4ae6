/// Detection of archives and of document formats based on ZIP.
extension FileKind {
  /// Maximum number of names looked at; a document's own parts come earlier.
  private static let mostNames = 4096

  static func archive(_ bytes: FileBytes) -> FileKind? {
    if bytes.has([0x1F, 0x8B, 0x08]), bytes.count >= 18 { return FileKind(type: "application/gzip") }
    guard bytes.has([0x50, 0x4B, 0x03, 0x04]), let directory = ZipDirectory(bytes, most: mostNames)
    else { return nil }
    return zip(Set(directory.entries.map(\.name)), bytes).map { FileKind(type: $0) }
  }

  /// Executable archives (programs) are refused.
  private static func zip(_ names: Set<String>, _ bytes: FileBytes) -> String? {
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
