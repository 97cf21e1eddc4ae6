import Encoding
import HTTP
import Store

/// Writes and deletes files in pieces, so that other writes do not wait long.
struct UploadStore: Sendable {
  /// Number of chunks written in one transaction.
  private static let stride = 4

  let database: Database
  let quotas: Quotas

  /// Stores a file; it becomes visible with its last chunk, or, when it is `staged`, with the transaction that
  /// publishes it. On failure nothing is left.
  func keep(_ upload: NewUpload, by owner: Int64, staged: Bool = false) async throws -> UploadedFile {
    let key = Self.newKey()
    let id = try await begin(upload, key: key, by: owner, staged: staged)
    do {
      for first in Swift.stride(from: Self.stride, to: upload.chunkCount, by: Self.stride) {
        try await add(first, of: upload, to: id, staged: staged)
      }
    } catch {
      // A full disk may refuse this too; the rest is then deleted later.
      try? await erase(id)
      throw error
    }
    return UploadedFile(
      id: id, key: key, name: upload.name, type: upload.kind.type, size: Int64(upload.size),
      width: upload.kind.width, height: upload.kind.height)
  }

  /// The whole content of an upload, a few pieces at a time, so that other readers have their turn.
  static func bytes(of upload: Int64, in database: Database) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    var number = 0
    while true {
      let from = number
      let pieces = try await database.read { connection in
        try connection.query(
          "SELECT data FROM upload_chunks WHERE upload_id = ? AND number >= ? ORDER BY number LIMIT 8",
          upload,
          from
        ) { $0.blob(0) }
      }
      for piece in pieces { bytes += piece }
      number += pieces.count
      if pieces.count < 8 { return bytes }
    }
  }

  /// Deletes a file that is no longer visible: its chunks first, then its row.
  func erase(_ id: Int64) async throws {
    while try await database.write({ tx in
      let last = try tx.scalar("SELECT max(number) FROM upload_chunks WHERE upload_id = ?", id)
      if let last {
        try tx.execute("DELETE FROM upload_chunks WHERE upload_id = ? AND number > ?", id, last - 4)
      } else {
        try tx.execute("DELETE FROM uploads WHERE id = ? AND completed_at IS NULL", id)
      }
      return last != nil
    }) {}
  }

  /// Makes staged files visible. Throws 503 when one was deleted meanwhile, as unfinished ones are after an hour.
  static func publish(_ ids: [Int64], in tx: Transaction) throws {
    for id in ids {
      let count = try tx.execute(
        "UPDATE uploads SET completed_at = ? WHERE id = ? AND completed_at IS NULL", tx.now, id)
      guard count == 1 else { throw Failure.unavailable }
    }
  }

  /// Marks a file as incomplete, so that it is no longer visible and will be deleted.
  static func hide(_ id: Int64, in tx: Transaction) throws {
    try tx.execute("UPDATE uploads SET completed_at = NULL, created_at = 0 WHERE id = ?", id)
  }

  private func begin(
    _ upload: NewUpload, key: String, by owner: Int64, staged: Bool
  ) async throws -> Int64 {
    try await database.write { [quotas] tx in
      try quotas.checkBytes(upload.size, for: owner, in: tx)
      try tx.execute(
        """
        INSERT INTO uploads (key, owner_id, name, type, size, digest, width, height, is_inline, created_at,
          completed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, key, owner, upload.name, upload.kind.type, upload.size, upload.digest, upload.kind.width,
        upload.kind.height, upload.kind.isInline, tx.now,
        upload.chunkCount <= Self.stride && !staged ? tx.now : nil)
      let id = tx.lastInsertedID
      try Self.insert(from: 0, of: upload, to: id, in: tx)
      return id
    }
  }

  private func add(_ first: Int, of upload: NewUpload, to id: Int64, staged: Bool) async throws {
    try await database.write { tx in
      try Self.insert(from: first, of: upload, to: id, in: tx)
      guard first + Self.stride >= upload.chunkCount, !staged else { return }
      try tx.execute("UPDATE uploads SET completed_at = ? WHERE id = ?", tx.now, id)
    }
  }

  private static func insert(from first: Int, of upload: NewUpload, to id: Int64, in tx: Transaction) throws {
    try tx.claimSpace()
    for number in first..<min(first + stride, upload.chunkCount) {
      try upload.withChunk(number) { bytes in
        try tx.execute(
          "INSERT INTO upload_chunks (upload_id, number, data) VALUES (?, ?, ?)", arguments: [id, number],
          lending: bytes)
      }
    }
  }

  /// 192 random bits as 32 characters of base64url.
  private static func newKey() -> String {
    Base64.encode((0..<24).map { _ in UInt8.random(in: .min ... .max) }, as: .url)
  }
}
