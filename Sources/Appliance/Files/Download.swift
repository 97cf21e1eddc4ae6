import HTTP
import Store

/// A file to be downloaded.
struct Download: Sendable {
  let file: UploadedFile
  let isInline: Bool
  /// A strong ETag: the content's digest.
  let tag: String

  /// Access to a file: its owner, people who may read something it is attached to, and anyone who knows the
  /// URL as long as it was never attached.
  static let sql = """
    SELECT \(UploadedFile.columns), u.is_inline, u.digest FROM uploads u
    WHERE u.key = ?1 AND u.completed_at IS NOT NULL
      AND (u.owner_id = ?2 OR u.attached_at IS NULL OR \(Attachments.isReadable))
    """

  static func find(_ key: String, for person: Int64, in connection: Connection) throws -> Download? {
    try connection.first(sql, key, person, map: Download.init)
  }

  /// The file of a row of a resource, without a check of permission.
  static let attachedSQL = """
    SELECT \(UploadedFile.columns), u.is_inline, u.digest FROM uploads u
    WHERE u.key = ? AND u.completed_at IS NOT NULL AND u.attached_at IS NOT NULL
    """

  static func attached(_ key: String, in connection: Connection) throws -> Download? {
    try connection.first(attachedSQL, key, map: Download.init)
  }

  private init(_ row: Row) {
    let digits = Array("0123456789abcdef")
    let tag = row.blob(8).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    file = UploadedFile(row)
    isInline = row.bool(7)
    self.tag = "\"\(String(tag))\""
  }

  /// Whether the client has this content (`If-None-Match`, compared weakly).
  func isKnown(to request: Request) -> Bool {
    request.headers.all("If-None-Match").contains { header in
      header.split(byte: ",").contains { entry in
        let entry = String(entry).trimmed()
        return entry == "*" || (entry.hasBytes(prefix: "W/") ? entry.dropFirst(2) : entry[...]) == tag
      }
    }
  }

  /// The requested range. Only for GET, and only if `If-Range` is absent or matches.
  func range(for request: Request) -> ByteRange {
    guard request.method == .get else { return .whole }
    if let condition = request.headers["If-Range"], condition.trimmed() != tag { return .whole }
    return ByteRange(request.headers["Range"], of: Int(file.size))
  }

  /// The headers that describe the file, with or without body.
  func headers(isSaved: Bool) -> [(name: String, value: String)] {
    [
      ("ETag", tag), ("Cache-Control", "private, no-cache"), ("Accept-Ranges", "bytes"),
      ("Content-Disposition", FileName(file.name).disposition(isInline: isInline && !isSaved)),
      ("Content-Security-Policy", Self.policy),
    ]
  }

  var contentType: String { file.type == "text/plain" ? "text/plain; charset=utf-8" : file.type }

  /// An opened file must not load, run or be framed by anything.
  private static let policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
}
