import HTTP
import Store

extension DocumentVersions {
  /// One version, with the names and file details to display.
  struct Version: Sendable {
    let id: Int64
    let number: Int64
    let file: File
    let edition: Int64
    let status: String
    let author: Int64?
    let authorName: String
    let decidedBy: String?
    let decidedAt: Int64?
    let decision: String
    let downloads: Int64
    let createdAt: Int64
    /// Size in bytes and media type; nil unless the file is an upload.
    let size: Int64?
    let type: String?

    private static let selection = """
      SELECT v.id, v.number, v.version, v.file_name, v.file_url, v.note, v.edition, v.status, v.author_id,
        \(Announcements.personName("v.author_id")) AS author_name, v.decided_by,
        \(Announcements.personName("v.decided_by")) AS decider_name, v.decided_at, v.decision, v.downloads,
        v.created_at, u.size, u.type,
        v.edition = coalesce((SELECT max(e.edition) FROM document_versions AS e
          WHERE e.document_id = v.document_id AND e.number < v.number AND e.status = 'published'), 0) AS is_minor
      FROM document_versions AS v
        LEFT JOIN resource_files AS f
          ON f.resource = 'document-versions' AND f.row_id = v.id AND f.field = 'fileUrl'
        LEFT JOIN uploads AS u ON u.id = f.upload_id
      """
    static let oneSQL = "\(selection) WHERE v.document_id = ? AND v.number = ?"

    /// A page of a document's versions, newest first.
    static func listSQL(_ condition: String) -> String {
      "\(selection) WHERE v.document_id = ? AND v.id < ? \(condition) ORDER BY v.id DESC LIMIT ?"
    }

    init(_ row: Row) {
      id = row.int64("id")
      number = row.int64("number")
      file = File(
        url: row.text("file_url"), name: row.text("file_name"), version: row.text("version"),
        note: row.text("note"), isMinor: row.bool("is_minor"))
      edition = row.int64("edition")
      status = row.text("status")
      author = row.optionalInt64("author_id")
      authorName = row.text("author_name")
      decidedBy = row.isNull("decided_by") ? nil : row.text("decider_name")
      decidedAt = row.optionalInt64("decided_at")
      decision = row.text("decision")
      downloads = row.int64("downloads")
      createdAt = row.int64("created_at")
      size = row.optionalInt64("size")
      type = row.optionalText("type")
    }

    static let schema = Schema.object([
      ("id", .string, required: true), ("number", .integer, required: true),
      ("version", .string, required: true), ("fileName", .string, required: true),
      ("fileUrl", .string, required: true), ("note", .string, required: true),
      ("edition", .integer, required: true), ("isMinor", .boolean, required: true),
      ("status", .enumeration(Status.allCases.map(\.rawValue)), required: true),
      ("isCurrent", .boolean, required: true), ("authorId", .optional(.string), required: true),
      ("authorName", .string, required: true), ("decidedBy", .optional(.string), required: true),
      ("decidedAt", .optional(.time), required: true), ("decision", .string, required: true),
      ("downloads", .integer, required: true), ("size", .optional(.integer), required: true),
      ("type", .optional(.string), required: true), ("createdAt", .time, required: true),
    ])

    func write(to json: inout JSONWriter, isCurrent: Bool) {
      json.object { json in
        json.id("id", id)
        json.field("number", number)
        json.field("version", file.version)
        json.field("fileName", file.name)
        json.field("fileUrl", file.url)
        json.field("note", file.note)
        json.field("edition", edition)
        json.field("isMinor", file.isMinor)
        json.field("status", status)
        json.field("isCurrent", isCurrent)
        json.field("authorId", author.map { String($0) })
        json.field("authorName", authorName)
        json.field("decidedBy", decidedBy)
        json.time("decidedAt", decidedAt)
        json.field("decision", decision)
        json.field("downloads", downloads)
        json.field("size", size.map { Int($0) })
        json.field("type", type)
        json.time("createdAt", createdAt)
      }
    }
  }
}
