import HTTP
import Store

extension Resource {
  private var fileColumns: [Column] {
    columns.filter { column in
      switch column.kind {
      case .file, .files: column.isStored
      default: false
      }
    }
  }

  /// Attaches the uploads that a row refers to, and detaches those it no longer refers to. Throws 400 naming
  /// the field when a file neither belongs to the actor nor is attached to the row already.
  func tieFiles(_ change: Change, in tx: Transaction) throws {
    guard let new = change.new else {
      if !isRestorable { try Self.untieFiles(name, change.id, in: tx) }
      return
    }
    for column in fileColumns where new[column] != change.old?[column] {
      let addresses = if case .files = column.kind { new.words(column) } else { [new.text(column)] }
      // All are found before the old ones are detached, which may be among them.
      var uploads: [Int64] = []
      for key in addresses.compactMap(UploadedFile.key(in:)) {
        guard let upload = try ResourceFiles.upload(key, for: change.actor, of: name, change.id, in: tx)
        else {
          throw Failure.invalid([
            column.wrong(
              "FILE_NOT_FOUND", fr: "Fichier introuvable. Envoyez-le de nouveau.",
              en: "File not found. Upload it again.")
          ])
        }
        uploads.append(upload)
      }
      // The further files of a list are tied under `name:1`, `name:2`.
      try tx.execute(
        "DELETE FROM resource_files WHERE resource = ? AND row_id = ? AND (field = ?3 OR field >= ?3 || ':' AND field < ?3 || ';')",
        name, change.id, column.name)
      for (place, upload) in uploads.enumerated() {
        let field = place == 0 ? column.name : "\(column.name):\(place)"
        try ResourceFiles.tie(upload, to: name, change.id, field, in: tx)
      }
    }
  }

  static func untieFiles(_ resource: String, _ row: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM resource_files WHERE resource = ? AND row_id = ?", resource, row)
  }
}

/// The uploads attached to rows of resources, and who may therefore read them.
struct ResourceFiles: Sendable {
  /// A row that refers to an upload.
  private typealias Use = (resource: String, row: Int64)

  /// Whether an account (nil when not signed in) may read a row.
  typealias Reader = @Sendable (_ row: Int64, Account?, _ now: Int64, Connection) throws -> Bool

  let readers: [String: Reader]

  /// Maximum number of rows checked; nearly every upload is attached to one only.
  private static let mostUses = 50

  init(_ resources: [Resource], further: [String: Reader] = [:]) {
    let own = resources.map { resource in
      (
        resource.name,
        { (row, account, now, connection) in
          let isAllowed = [resource.access[.list], resource.access[.get]].contains { access in
            switch (access, account) {
            case (.everyone?, _): true
            case (let access?, let account?): access.admits(account)
            default: false
            }
          }
          return try isAllowed && resource.isVisible(row, to: account, at: now, in: connection)
        } as Reader
      )
    }
    readers = Dictionary(own, uniquingKeysWith: { first, _ in first }).merging(further) { _, new in new }
  }

  func isReadable(_ upload: Int64, by account: Account?, at now: Int64, in connection: Connection) throws
    -> Bool
  {
    let uses: [Use] = try connection.query(
      "SELECT resource, row_id FROM resource_files WHERE upload_id = ? LIMIT ?", upload, Self.mostUses
    ) { ($0.text(0), $0.int64(1)) }
    return try uses.contains { use in
      try readers[use.resource]?(use.row, account, now, connection) ?? false
    }
  }

  /// A complete upload that belongs to the account or is attached to the row already.
  static func upload(
    _ key: String, for account: Account, of resource: String, _ row: Int64, in connection: Connection
  ) throws -> Int64? {
    try connection.scalar(
      """
      SELECT id FROM uploads WHERE key = ?1 AND completed_at IS NOT NULL AND (owner_id = ?2 OR EXISTS (
        SELECT 1 FROM resource_files WHERE upload_id = uploads.id AND resource = ?3 AND row_id = ?4))
      """, key, account.id, resource, row)
  }

  static func tie(
    _ upload: Int64, to resource: String, _ row: Int64, _ field: String, in tx: Transaction
  ) throws {
    try tx.execute(
      "INSERT OR REPLACE INTO resource_files (resource, row_id, field, upload_id) VALUES (?, ?, ?, ?)",
      resource, row, field, upload)
    try tx.execute("UPDATE uploads SET attached_at = ? WHERE id = ? AND attached_at IS NULL", tx.now, upload)
  }
}
