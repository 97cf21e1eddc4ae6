import HTTP
import Store

/// Files attached to messages.
enum ChatFiles {
  static let mostPerMessage = 10

  /// Attaches the uploads with these URLs to a message, in order and without duplicates. Throws 400:
  /// `TOO_MANY_FILES`, and `FILE_NOT_FOUND` when one is incomplete or not owned by `owner`.
  static func attach(
    _ urls: [String], to message: Int64, by owner: Int64, in tx: Transaction
  ) throws -> [UploadedFile] {
    guard urls.count <= mostPerMessage else { throw Failure.tooManyFiles }
    var files: [UploadedFile] = []
    for url in urls {
      guard let key = UploadedFile.key(in: url), let file = try complete(key, of: owner, in: tx) else {
        throw Failure.fileNotFound
      }
      if files.contains(file) { continue }
      try tx.execute(
        "INSERT INTO chat_files (message_id, position, upload_id) VALUES (?, ?, ?)", message, files.count,
        file.id)
      try tx.execute(
        "UPDATE uploads SET attached_at = ? WHERE id = ? AND attached_at IS NULL", tx.now, file.id)
      files.append(file)
    }
    return files
  }

  /// The files of messages by message id, in order; messages without files are omitted.
  static func files(of messages: [Int64], in connection: Connection) throws -> [Int64: [UploadedFile]] {
    guard !messages.isEmpty else { return [:] }
    var files: [Int64: [UploadedFile]] = [:]
    try connection.forEach(
      """
      SELECT f.message_id, \(UploadedFile.columns) FROM json_each(?) m
      JOIN chat_files f ON f.message_id = m.value JOIN uploads u ON u.id = f.upload_id
      ORDER BY f.message_id, f.position
      """, "[" + messages.map(String.init).joined(separator: ",") + "]"
    ) { row in
      files[row.int64(0), default: []].append(UploadedFile(row, from: 1))
    }
    return files
  }

  private static func complete(
    _ key: String, of owner: Int64, in connection: Connection
  ) throws -> UploadedFile? {
    try connection.first(
      """
      SELECT \(UploadedFile.columns) FROM uploads u
      WHERE u.key = ? AND u.owner_id = ? AND u.completed_at IS NOT NULL
      """, key, owner
    ) { UploadedFile($0) }
  }
}
