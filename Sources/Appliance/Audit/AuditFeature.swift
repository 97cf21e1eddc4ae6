import HTTP
import Store

/// The audit log for admins: list, search and CSV export.
struct AuditFeature: Feature {
  /// Maximum number of rows in one CSV file, which is also limited in bytes; `X-Next-Before` says where the
  /// next one starts.
  static let mostRows = 20_000
  static let mostBytes = 16 << 20
  /// Rows per read, so that a long export does not delay other readers.
  private static let batch = 500

  let database: Database

  var jobs: [any JobKind] { [TidyAudit(database: database)] }

  var routes: [Route] {
    [
      .get(
        "/api/admin/audit", .right("admin"), "List the audit log, newest first",
        response: .array(AuditEntry.schema), list
      ).reading(QueryParameter.paging + AuditQuery.parameters),
      .get("/api/admin/audit.csv", .right("admin"), "Export the audit log as CSV", export)
        .reading(QueryParameter.paging + AuditQuery.parameters).producing("text/csv"),
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let query = try AuditQuery(request)
    let found = try await database.read {
      try query.page(before: page.before, limit: page.limit, in: $0)
    }
    return .page(found) { entry, json in entry.write(to: &json) }
  }

  private func export(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let query = try AuditQuery(request)
    let most = request.query["limit"] == nil ? Self.mostRows : page.limit
    var csv = CSVText()
    csv.row(AuditEntry.heading)
    var before = page.before
    var next: Int64?
    var count = 0
    repeat {
      let (start, limit) = (before, min(Self.batch, most - count))
      let found = try await database.read {
        try query.page(before: start, limit: limit, in: $0)
      }
      for entry in found.rows { entry.write(to: &csv) }
      count += found.rows.count
      next = found.next
      before = next ?? 0
    } while next != nil && count < most && csv.bytes.count < Self.mostBytes
    return Response.attachment(csv.bytes, named: "obox-audit.csv").withNext(next.map { String($0) })
  }
}

/// Deletes entries older than a year, in batches.
struct TidyAudit: JobKind {
  static let kept: Int64 = 365 * 24 * 3600 * 1000
  private static let part = 2000

  let database: Database

  let name = "audit.tidy"
  let period: Int64? = 24 * 3600 * 1000

  func run(_ context: JobContext) async throws {
    var removed = Self.part
    while removed == Self.part {
      try await context.checkCancelled()
      removed = try await database.write { tx in
        // Uses the newest row as well as the clock, because the table's trigger compares with that row.
        let newest = try tx.scalar("SELECT max(at) FROM audit") ?? tx.now
        return try tx.execute(
          "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at <= ? ORDER BY at LIMIT ?)",
          min(tx.now, newest) - Self.kept, Self.part)
      }
    }
  }
}
