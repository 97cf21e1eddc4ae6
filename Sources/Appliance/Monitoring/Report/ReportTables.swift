import Store

/// The sizes of the database's tables, the migrations, and how jobs ended: counts and names of our own, no content.
struct ReportTables: Sendable {
  let lines: [String]
  let migrations: [String]

  static let sizes = "SELECT name, pgsize FROM dbstat WHERE aggregate = 1 ORDER BY pgsize DESC, name"
  static let applied = "SELECT number, name, applied_at FROM schema_migrations ORDER BY number"
  static let finished = """
    SELECT kind, status, coalesce(error_code, ''), count(*) FROM jobs
    WHERE finished_at >= ? GROUP BY kind, status, error_code
    """
  static let unfinished = """
    SELECT kind, status, coalesce(error_code, ''), count(*) FROM jobs
    WHERE status IN ('queued', 'waiting', 'running') GROUP BY kind, status, error_code
    """

  init(in connection: Connection) throws {
    let page = try connection.scalar("PRAGMA page_size") ?? 0
    let pages = try connection.scalar("PRAGMA page_count") ?? 0
    let free = try connection.scalar("PRAGMA freelist_count") ?? 0
    // SQLite may have been built without this table.
    let tables = try? connection.query(Self.sizes) { "\($0.text(0)) \($0.int64(1)) bytes" }
    migrations = try connection.query(Self.applied) { "\($0.int(0)) \($0.text(1))" }
    lines =
      [
        "schema \(migrations.last ?? "none")",
        "size \(page.multipliedReportingOverflow(by: pages).partialValue) bytes",
        "free pages \(free)",
      ] + (tables ?? ["sizes of tables are not available"])
  }

  /// How many jobs of a kind ended how, and how many wait.
  static func jobs(since: Int64, in connection: Connection) throws -> [String] {
    func line(_ row: Row) -> String { "\(row.text(0)) \(row.text(1)) \(row.text(2)) × \(row.int(3))" }
    return try connection.query(unfinished, map: line) + connection.query(finished, since, map: line)
  }
}
