import HTTP
import Store

/// Which rows the demo made, so that they can be taken away again: of each table the ids between two positions.
///
/// The demo is written at the first start, before anybody works with the product.
struct DemoData {
  private static let setting = "demo-rows"
  private static let begun = "demo-begun"
  private static let removed = "demo-removed"
  /// Tables whose rows are not the demo's content: what the program keeps for itself.
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

  /// Whether someone removed it: then a start with `--demo` does not create it again.
  func wasRemoved() async throws -> Bool {
    try await appliance.database.read { connection in
      try connection.scalar("SELECT 1 FROM settings WHERE name = ?", Self.removed) != nil
    }
  }

  /// The greatest id of each table before the demo was made. Kept until `remember`, so that a start which goes on after
  /// the program was killed in between counts what the first one made.
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
      return positions
    }
  }

  private static func positions(in connection: Connection) throws -> [String: Int64] {
    let pairs = try connection.query("SELECT name, seq FROM sqlite_sequence") { ($0.text(0), $0.int64(1)) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps what was made since then.
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
      try tx.execute("DELETE FROM settings WHERE name IN (?, ?)", Self.begun, Self.removed)
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

  /// Removes the demo's content, and its accounts except administrators and those who have machines. Returns the number
  /// of rows removed, 0 where there is no demo. What people added themselves stays, unless it belonged to something that
  /// is removed.
  func remove() async throws -> Int {
    try await appliance.database.write { [self] tx in
      guard try Self.isThere(tx) else { return 0 }
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
      // Its words were those of messages that are gone.
      try tx.execute("UPDATE chat_indexed SET version = 0")
      try appliance.chat.directory.load(from: tx)
      return gone
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
    return people.count
  }
}
