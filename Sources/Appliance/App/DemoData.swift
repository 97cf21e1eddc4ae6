import HTTP
import Store

/// Records which rows the demo created, as a range of ids for each table, so that they can be deleted.
///
/// The demo is created at the first start, before people use the product. Rows that people add during a reset
/// count as the demo's.
struct DemoData {
  private static let setting = "demo-rows"
  private static let begun = "demo-begun"
  private static let removed = "demo-removed"
  /// Tables without demo content: the program's own state.
  private static let others: Set<String> = [
    "users", "workstations", "sessions", "jobs", "outbox", "audit_log", "audit", "search_items", "machines",
  ]

  let appliance: Appliance

  /// The ids above `after` up to `through`.
  struct Rows: Sendable, Equatable {
    let table: String
    let after: Int64
    let through: Int64
  }

  static func isThere(_ connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM settings WHERE name = ?", setting) != nil
  }

  func isThere() async throws -> Bool { try await appliance.database.read { try Self.isThere($0) } }

  /// Whether the demo was removed. A start with `--demo` then does not create it again.
  func wasRemoved() async throws -> Bool {
    try await appliance.database.read { connection in
      try connection.scalar("SELECT 1 FROM settings WHERE name = ?", Self.removed) != nil
    }
  }

  /// Stores the greatest id of each table before the demo is created. It stays until `remember`: a start after the
  /// program was killed in between then includes the rows of the first attempt.
  func begin() async throws -> [String: Int64] {
    try await appliance.database.write { tx in
      let kept = try tx.first("SELECT value FROM settings WHERE name = ?", Self.begun) { $0.blob(0) }
      if let begun = kept.flatMap({ JSONValue(parsing: $0)?.object }) {
        return begun.compactMapValues(\.int64)
      }
      let positions = try Self.positions(in: tx)
      var json = JSONWriter()
      json.value(.object(positions.mapValues(JSONValue.integer)))
      try tx.execute("INSERT INTO settings (name, value) VALUES (?, ?)", Self.begun, json.bytes)
      // From here on, the next start completes an interrupted reset, or closes it.
      try tx.execute("DELETE FROM settings WHERE name = ?", Self.removed)
      return positions
    }
  }

  /// Completes the record of an interrupted creation, so that later rows do not count as the demo's.
  func close() async throws {
    let isBegun = try await appliance.database.read { connection in
      try connection.scalar("SELECT 1 FROM settings WHERE name = ?", Self.begun) != nil
    }
    if isBegun { try await remember(since: try await begin()) }
  }

  private static func positions(in connection: Connection) throws -> [String: Int64] {
    let pairs = try connection.query("SELECT name, seq FROM sqlite_sequence") { ($0.text(0), $0.int64(1)) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Stores the ranges of the rows created since `begin`.
  func remember(since before: [String: Int64]) async throws {
    try await appliance.database.write { tx in
      var json = JSONWriter()
      let now = try Self.positions(in: tx)
      json.object { json in
        for (table, last) in now.sorted(by: { $0.key < $1.key }) where last > before[table] ?? 0 {
          json.key(text: table)
          json.array { json in
            json.value(before[table] ?? 0)
            json.value(last)
          }
        }
      }
      try tx.execute(
        "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", Self.setting, json.bytes)
      try tx.execute("DELETE FROM settings WHERE name = ?", Self.begun)
    }
  }

  private static func rows(in connection: Connection) throws -> [Rows] {
    let stored = try connection.first("SELECT value FROM settings WHERE name = ?", setting) { $0.blob(0) }
    let tables = stored.flatMap { JSONValue(parsing: $0)?.object } ?? [:]
    return tables.sorted { $0.key < $1.key }.compactMap { table, range in
      guard let after = range.array?.first?.int64, let through = range.array?.last?.int64 else { return nil }
      return Rows(table: table, after: after, through: through)
    }
  }

  /// Deletes the demo's content and its accounts, except administrators and owners of machines. Returns the number of
  /// deleted rows, 0 if there is no demo. Rows that people added stay, unless they belong to a deleted one. `actor` is
  /// nil for a command; `action` is what the audit log calls it.
  func remove(
    as action: Audit.Action = .demoRemoved, by actor: Account? = nil, _ request: Request? = nil
  ) async throws -> Int {
    try await appliance.database.write { [self] tx in
      guard try Self.isThere(tx) else { return 0 }
      try Audit.record(action, actor: actor, request: request, in: tx)
      let tables = Set(try tx.query("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) })
      var gone = 0
      for rows in try Self.rows(in: tx) where tables.contains(rows.table) && !Self.others.contains(rows.table)
      {
        gone += try tx.execute(
          "DELETE FROM \(rows.table) WHERE id > ? AND id <= ?", rows.after, rows.through)
      }
      gone += try removePeople(in: tx)
      try tx.execute("DELETE FROM settings WHERE name = ?", Self.setting)
      try tx.execute(
        "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", Self.removed, [1 as UInt8])
      // The index still has words of deleted messages.
      try tx.execute("UPDATE chat_indexed SET version = 0")
      try appliance.chat.directory.load(from: tx)
      return gone
    }
  }

  /// Removes the pictures of accounts that stay, because the uploads are deleted with the demo.
  private func removePictures(in tx: Transaction) throws {
    for person in DemoPeople.all {
      let without = try tx.first(
        """
        UPDATE users SET avatar = '' WHERE username = ? AND avatar LIKE '/api/uploads/%' AND NOT EXISTS (
          SELECT 1 FROM resource_files WHERE resource = 'users' AND row_id = users.id)
        RETURNING id
        """, person.username
      ) { $0.int64(0) }
      if let without { try appliance.sessions.refresh(without, in: tx) }
    }
  }

  private func removePeople(in tx: Transaction) throws -> Int {
    guard let range = try Self.rows(in: tx).first(where: { $0.table == "users" }) else { return 0 }
    let people = try tx.query(
      """
      SELECT id FROM users WHERE id > ? AND id <= ? AND role <> 'admin'
        AND NOT EXISTS (SELECT 1 FROM machines WHERE user_id = users.id)
      """, range.after, range.through
    ) { $0.int64(0) }
    for person in people {
      try appliance.sessions.end(ofUser: person, reason: .deleted, in: tx)
      try tx.execute("DELETE FROM users WHERE id = ?", person)
      try appliance.sessions.refresh(person, in: tx)
    }
    try removePictures(in: tx)
    return people.count
  }
}
