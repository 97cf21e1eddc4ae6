import HTTP
import Store

/// Writes files in pieces, and takes them away in pieces, so that no other write waits long for them.
struct UploadStore: Sendable {
  let database: Database
  let quotas: Quotas

  /// Keeps a file; it is there for others with its last piece. What fails half-way leaves nothing.
  func keep(_ upload: NewUpload, by owner: Int64) async throws -> UploadedFile {
    let key = Self.newKey()
    let id = try await begin(upload, key: key, by: owner)
    do {
      for number in 1..<max(1, upload.chunkCount) { try await add(number, of: upload, to: id) }
    } catch {
      // A full disk may refuse this too; what is left is then taken away later.
      try? await erase(id)
      throw error
    }
    return UploadedFile(
      id: id, key: key, name: upload.name, type: upload.kind.type, size: Int64(upload.size),
      width: upload.kind.width, height: upload.kind.height)
  }

  /// Takes away what nobody can see any more: the pieces first, then the file itself.
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

  /// Makes a file look like one that was never completed, so that it is there for nobody and is tidied away.
  static func hide(_ id: Int64, in tx: Transaction) throws {
    try tx.execute("UPDATE uploads SET completed_at = NULL, created_at = 0 WHERE id = ?", id)
  }

  private func begin(_ upload: NewUpload, key: String, by owner: Int64) async throws -> Int64 {
    try await database.write { [quotas] tx in
      try quotas.checkBytes(upload.size, for: owner, in: tx)
      try tx.execute(
        """
        INSERT INTO uploads (key, owner_id, name, type, size, digest, width, height, is_inline, created_at,
          completed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, key, owner, upload.name, upload.kind.type, upload.size, upload.digest, upload.kind.width,
        upload.kind.height, upload.kind.isInline, tx.now, upload.chunkCount == 1 ? tx.now : nil)
      let id = tx.lastInsertedID
      try Self.insert(0, of: upload, to: id, in: tx)
      return id
    }
  }

  private func add(_ number: Int, of upload: NewUpload, to id: Int64) async throws {
    try await database.write { tx in
      try Self.insert(number, of: upload, to: id, in: tx)
      guard number == upload.chunkCount - 1 else { return }
      try tx.execute("UPDATE uploads SET completed_at = ? WHERE id = ?", tx.now, id)
    }
  }

  private static func insert(_ number: Int, of upload: NewUpload, to id: Int64, in tx: Transaction) throws {
    try tx.claimSpace()
    try tx.execute(
      "INSERT INTO upload_chunks (upload_id, number, data) VALUES (?, ?, ?)", id, number,
      upload.chunk(number))
  }

  /// 192 random bits as 32 characters of base64url.
  private static func newKey() -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var random = SystemRandomNumberGenerator()
    return String(decoding: (0..<32).map { _ in alphabet[Int(random.next() & 63)] }, as: UTF8.self)
  }
}
