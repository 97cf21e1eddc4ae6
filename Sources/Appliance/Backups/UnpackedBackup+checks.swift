import Store

/// Proofs that an unpacked backup is whole. They block.
extension UnpackedBackup {
  /// The largest file that is compared with its digest, in bytes, and the number of files.
  private static let largestFile = 8 << 20
  private static let files = 20

  /// What was proved, for people at a terminal.
  struct Report: Sendable, Equatable {
    let tables: Int
    let rows: Int64
    let files: Int
  }

  /// Throws `incomplete` or `wrongKey`.
  func check() throws -> Report {
    if let finding = try Snapshot.findings(in: database).first {
      throw BackupProblem.incomplete("the database is damaged: \(finding)")
    }
    try checkRows()
    let files = try checkFiles()
    try checkKey()
    return Report(tables: manifest.rows.count, rows: manifest.rows.values.reduce(0, +), files: files)
  }

  private func checkRows() throws {
    guard try BackupManifest.schema(of: database) == manifest.schema else {
      throw BackupProblem.incomplete("the database has another version than was written down")
    }
    let rows = try Snapshot.rows(in: database)
    for table in Set(rows.keys).union(manifest.rows.keys).sorted() where rows[table] != manifest.rows[table] {
      let (found, wanted) = (rows[table] ?? 0, manifest.rows[table] ?? 0)
      throw BackupProblem.incomplete("\(table) has \(found) rows instead of \(wanted)")
    }
  }

  /// Compares the newest and the oldest files with the digests that were stored when they were sent.
  private func checkFiles() throws -> Int {
    try Snapshot.read(database) { connection in
      guard manifest.rows["uploads"] != nil else { return 0 }
      let found = try sample("ASC", connection) + sample("DESC", connection)
      for file in found {
        var content: [UInt8] = []
        try connection.forEach(
          "SELECT data FROM upload_chunks WHERE upload_id = ? ORDER BY number", file.id
        ) { content += $0.blob(0) }
        guard SHA256.hash(content) == file.digest else {
          throw BackupProblem.incomplete("a file was altered: \(file.name)")
        }
      }
      return Set(found.map(\.id)).count
    }
  }

  private func sample(
    _ order: String, _ connection: Connection
  ) throws -> [(id: Int64, name: String, digest: [UInt8])] {
    try connection.query(
      """
      SELECT id, name, digest FROM uploads WHERE completed_at IS NOT NULL AND size <= ?
      ORDER BY id \(order) LIMIT \(Self.files / 2)
      """, Self.largestFile
    ) { (id: $0.int64(0), name: $0.text(1), digest: $0.blob(2)) }
  }

  private func checkKey() throws {
    let vault = try Vault(keyFile: "\(folder)/\(Self.keyName)")
    let isRight = try Snapshot.read(database) { connection in
      guard try InstallationMemory.opens(vault, in: connection) else { return false }
      let keys = try connection.query(
        "SELECT id, sealed_key FROM machines WHERE sealed_key IS NOT NULL ORDER BY id LIMIT 5"
      ) { (id: $0.int64(0), sealed: $0.blob(1)) }
      return keys.allSatisfy { (try? vault.open($0.sealed, purpose: MachineKey.purpose($0.id))) != nil }
    }
    guard isRight else { throw BackupProblem.wrongKey }
  }
}
