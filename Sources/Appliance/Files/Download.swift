import HTTP
import Store

/// A file that a person may fetch.
struct Download: Sendable {
  let file: UploadedFile
  let isInline: Bool
  /// A strong validator: the content's digest.
  let tag: String

  /// Whom a file is open to: its owner, who may read something that it is part of, and while it was never part of
  /// anything everyone who knows its address.
  static let sql = """
    SELECT \(UploadedFile.columns), u.is_inline, u.digest FROM uploads u
    WHERE u.key = ?1 AND u.completed_at IS NOT NULL
      AND (u.owner_id = ?2 OR u.attached_at IS NULL OR \(Attachments.isReadable))
    """

  static func find(_ key: String, for person: Int64, in connection: Connection) throws -> Download? {
    try connection.first(sql, key, person, map: Download.init)
  }

  /// A file that is part of a row, whoever may read that.
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

  /// Whether a client has this content already (`If-None-Match`, compared weakly).
  func isKnown(to request: Request) -> Bool {
    request.headers.all("If-None-Match").contains { header in
      header.split(byte: ",").contains { entry in
        let entry = String(entry).trimmed()
        return entry == "*" || (entry.hasBytes(prefix: "W/") ? entry.dropFirst(2) : entry[...]) == tag
      }
    }
  }

  /// The range asked for. It counts for GET only, and where `If-Range` names this very content.
  func range(for request: Request) -> ByteRange {
    guard request.method == .get else { return .whole }
    if let condition = request.headers["If-Range"], condition.trimmed() != tag { return .whole }
    return ByteRange(request.headers["Range"], of: Int(file.size))
  }

  /// What an answer says of the file, with or without its bytes.
  func headers(isSaved: Bool) -> [(name: String, value: String)] {
    [
      ("ETag", tag), ("Cache-Control", "private, no-cache"), ("Accept-Ranges", "bytes"),
      ("Content-Disposition", FileName(file.name).disposition(isInline: isInline && !isSaved)),
      ("Content-Security-Policy", Self.policy),
    ]
  }

  var contentType: String { file.type == "text/plain" ? "text/plain; charset=utf-8" : file.type }

  /// A file loads nothing, runs nothing and is framed by nobody.
  private static let policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
}
