import Store

/// The uploads that a course names, each with its name in the archive.
struct ExportedFiles: Sendable {
  struct File: Sendable {
    let upload: UploadedFile
    let path: String
  }

  private(set) var files: [File] = []
  private var paths: [String: String] = [:]

  private static let sql = """
    SELECT \(UploadedFile.columns) FROM uploads AS u
      JOIN resource_files AS f ON f.upload_id = u.id AND f.resource = ? AND f.row_id = ?
    WHERE u.key = ? AND u.completed_at IS NOT NULL
    """

  /// The name in the archive of an upload that is attached to a row; nil for any other address, which stays.
  mutating func path(
    of address: String, in resource: Resource, _ row: Int64, _ connection: Connection
  ) throws -> String? {
    if let known = paths[address] { return known }
    guard let key = UploadedFile.key(in: address),
      let upload = try connection.first(Self.sql, resource.name, row, key, map: { UploadedFile($0) })
    else { return nil }
    let title = upload.name.split(byte: ".", maxSplits: 1).first.map { String($0) } ?? ""
    let path = CourseArchive.name("files", files.count + 1, title, CourseArchive.ending(of: upload.type))
    files.append(File(upload: upload, path: path))
    paths[address] = path
    return path
  }

  /// A lesson's text with names of the archive in place of the addresses of its files.
  mutating func text(of lesson: Record, _ connection: Connection) throws -> String {
    try ArchiveAddresses.replaced(
      in: lesson.text(Lessons.content), after: UploadedFile.prefix, isWord: LessonFiles.isPartOfWord
    ) { key in
      try path(of: UploadedFile.prefix + key, in: Lessons.resource, lesson.id, connection).map { "../" + $0 }
    }
  }
}
