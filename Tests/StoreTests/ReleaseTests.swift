import Glibc
import Store
import Testing

/// Databases as earlier versions left them, with rows in every table (`Fixtures/VERSION.sql`, made by `dump.py`). A
/// version that is released adds its own.
@Suite struct ReleaseTests {
  static let releases = ["0.1.0"]

  /// Tables that a later version makes anew, since their content follows from others.
  private static let derived: Set<String> = ["chat_search", "chat_indexed"]
  /// Columns that a migration changes on purpose, as `table.column`: see the tests below.
  private static let changed: Set<String> = ["channels.name", "users.email"]

  @Test(arguments: releases)
  func `a database of an earlier version is migrated and keeps every row of every table`(version: String)
    async throws
  {
    let folder = try Folder()
    let before = try await Self.restore(version, in: folder)
    #expect(before.tables.count > 20)
    let database = try folder.open(migrations: Migration.all)
    let after = try await database.read { try Snapshot($0, columns: before.columns) }
    for (table, rows) in before.tables where !Self.derived.contains(table) {
      #expect(!rows.isEmpty, "\(version).sql has no row in \(table)")
      let missing = rows.subtracting(after.tables[table] ?? [])
      #expect(missing.isEmpty, "\(table) of \(version): \(missing.sorted().joined(separator: "; "))")
    }
    #expect(try await database.read { try $0.query("PRAGMA foreign_key_check") { $0.text(0) } } == [])
    await database.close()
    #expect(folder.names.count == 3 && folder.names.contains { $0.contains(".before-") })
  }

  @Test func `names that are equal once folded are told apart, and the oldest keeps its own`() async throws {
    let folder = try Folder()
    _ = try await Self.restore("0.1.0", in: folder)
    let database = try folder.open(migrations: Migration.all)
    let names = try await database.read { connection in
      [
        try connection.query("SELECT name FROM channels WHERE id > 1 ORDER BY id") { $0.text(0) },
        try connection.query("SELECT name FROM employee_categories ORDER BY id") { $0.text(0) },
      ]
    }
    #expect(names == [["Projet", "secret", "", "Prójet (2)"], ["Équipe A", "equipe a "]])
    await database.close()
  }

  @Test func `an address that nobody confirmed no longer belongs to the account`() async throws {
    let folder = try Folder()
    _ = try await Self.restore("0.1.0", in: folder)
    let database = try folder.open(migrations: Migration.all)
    let addresses = try await database.read {
      try $0.query("SELECT email, pending_email FROM users WHERE id = 2") { ($0.optionalText(0), $0.text(1)) }
    }
    #expect(addresses.map(\.0) == [nil] && addresses.map(\.1) == ["lea.new@example.org"])
    await database.close()
  }

  /// Makes the database of that version; returns its rows.
  private static func restore(_ version: String, in folder: Folder) async throws -> Snapshot {
    let sql = try read("Fixtures/\(version).sql")
    let database = try folder.open(migrations: [])
    try await database.write { try $0.executeScript(sql) }
    let snapshot = try await database.read { try Snapshot($0, without: changed) }
    await database.close()
    return snapshot
  }

  private static func read(_ name: String) throws -> String {
    let bytes = content(of: #filePath.replacing("ReleaseTests.swift", with: name))
    try #require(!bytes.isEmpty)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// All rows of all tables, each as one text.
private struct Snapshot: Sendable {
  /// The columns that are compared, by table.
  let columns: [String: [String]]
  let tables: [String: Set<String>]

  init(_ connection: Connection, without skipped: Set<String>) throws {
    let names = try connection.query("PRAGMA table_list") { (name: $0.text(1), kind: $0.text(2)) }
    var columns: [String: [String]] = [:]
    for (name, _) in names where !name.hasPrefix("sqlite_") {
      guard names.contains(where: { $0.name == name && $0.kind == "table" }) else { continue }
      columns[name] = try connection.query("PRAGMA table_info(\"\(name)\")") { $0.text(1) }
        .filter { !skipped.contains("\(name).\($0)") }
    }
    try self.init(connection, columns: columns)
  }

  /// Tables that are not there have no rows, columns that are not there fail.
  init(_ connection: Connection, columns: [String: [String]]) throws {
    let there = Set(try connection.query("PRAGMA table_list") { $0.text(1) })
    var tables: [String: Set<String>] = [:]
    for (table, names) in columns where there.contains(table) {
      let known = Set(try connection.query("PRAGMA table_info(\"\(table)\")") { $0.text(1) })
      guard known.isSuperset(of: names) else { continue }
      let row = names.map { "quote(\"\($0)\")" }.joined(separator: " || ', ' || ")
      tables[table] = Set(try connection.query("SELECT \(row) FROM \"\(table)\"") { $0.text(0) })
    }
    self.columns = columns
    self.tables = tables
  }
}
