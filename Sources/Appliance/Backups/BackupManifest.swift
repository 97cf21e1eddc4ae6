import HTTP
import Store

/// What a backup says of itself: the first file in it.
struct BackupManifest: Sendable, Equatable {
  static let name = "manifest.json"

  /// Milliseconds since 1970.
  var createdAt: Int64
  var version: String
  /// Number of the newest migration.
  var schema: Int64
  /// Size of the database file.
  var bytes: Int64
  /// The number of rows of each table.
  var rows: [String: Int64]

  static func schema(of path: String) throws -> Int64 {
    try Snapshot.read(path) { try $0.scalar("SELECT max(number) FROM schema_migrations") ?? 0 }
  }

  /// The newest schema that this program knows.
  static var newestSchema: Int64 { Int64(Migration.all.last?.number ?? 0) }

  /// Describes a copy of a database.
  init(of path: String, bytes: Int64, createdAt: Int64) throws {
    self.createdAt = createdAt
    self.bytes = bytes
    version = Version.text
    schema = try Self.schema(of: path)
    rows = try Snapshot.rows(in: path)
  }

  init?(json: [UInt8]) {
    guard let value = JSONValue(parsing: json), let createdAt = value["createdAt"]?.int64,
      let version = value["version"]?.string, let schema = value["schema"]?.int64,
      let bytes = value["bytes"]?.int64, let rows = value["rows"]?.object
    else { return nil }
    self.createdAt = createdAt
    self.version = version
    self.schema = schema
    self.bytes = bytes
    self.rows = rows.compactMapValues(\.int64)
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("createdAt", createdAt)
      json.field("version", version)
      json.field("schema", schema)
      json.field("bytes", bytes)
      json.key("rows")
      json.value(.object(rows.mapValues(JSONValue.integer)))
    }
    return json.bytes
  }
}
