import HTTP
import Store

/// The audit log: read, searched and taken away as a table, by admins.
struct AuditFeature: Feature {
  /// A file holds at most so many rows, and so many bytes; `X-Next-Before` names where the next one goes on.
  static let mostRows = 20_000
  static let mostBytes = 16 << 20
  /// So many are read at a time, so that a long file keeps nobody else waiting for a reader.
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
    var response = Response.bytes(csv.bytes, contentType: "text/csv; charset=utf-8")
    response.add("Content-Disposition", "attachment; filename=\"obox-audit.csv\"")
    return response.withNext(next.map { String($0) })
  }
}

/// Takes away what is older than a year, a part at a time.
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
        // By the newest row as well as by the clock: the table's own guard goes by the row.
        let newest = try tx.scalar("SELECT max(at) FROM audit") ?? tx.now
        return try tx.execute(
          "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at <= ? ORDER BY at LIMIT ?)",
          min(tx.now, newest) - Self.kept, Self.part)
      }
    }
  }
}
