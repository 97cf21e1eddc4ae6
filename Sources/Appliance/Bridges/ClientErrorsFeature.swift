import HTTP
import Store

/// Error reports of older clients: accepted from anyone, limited in number, listed for admins.
struct ClientErrorsFeature: Feature {
  /// Maximum number of distinct reports; the oldest is deleted for a new one.
  static let most = 1000
  /// In milliseconds.
  static let kept: Int64 = 90 * 24 * 3600 * 1000
  static let bodyLimit = 64 * 1024

  let clock: Clock
  let database: Database
  private let allowance: ReportAllowance

  init(clock: Clock, database: Database) {
    self.clock = clock
    self.database = database
    allowance = ReportAllowance(clock: clock)
  }

  var routes: [Route] {
    let path = "/api/monitoring/errors"
    return [
      .post(
        path, .everyone, "Report a client error; no sign-in required", request: ClientError.schema,
        response: .success, bodyLimit: Self.bodyLimit, report
      ).consuming("text/plain"),
      .get(
        path, .right("admin"), "List client errors, newest first",
        response: .members(["total": .integer, "errors": .array(Self.schema)]), list
      ).reading(QueryParameter.paging),
    ]
  }

  var jobs: [any JobKind] { [TidyClientErrors(database: database)] }

  static let againSQL = "DELETE FROM client_errors WHERE fingerprint = ? RETURNING count, first_at"
  static let roomSQL = """
    DELETE FROM client_errors WHERE id IN
      (SELECT id FROM client_errors ORDER BY id DESC LIMIT -1 OFFSET \(most))
    """

  private func report(_ request: Request) async throws -> Response {
    try allowance.take(request.place)
    // The content type is ignored: `navigator.sendBeacon` sends `text/plain`.
    guard let body = JSONValue(parsing: request.body), body.object != nil else { throw Failure.malformedJSON }
    let error = ClientError(body)
    guard !error.isEmpty else { throw Self.empty }
    let user = request.signedIn?.account.id
    let address = request.peerAddress
    try await database.write { tx in
      let fingerprint = error.fingerprint(of: user)
      let known = try tx.first(Self.againSQL, fingerprint) { (count: $0.int64(0), firstAt: $0.int64(1)) }
      // A repeated report gets a new id, as the list is ordered by id.
      try tx.execute(
        """
        INSERT INTO client_errors (fingerprint, count, first_at, last_at, user_id, address, client_id,
          client_version, platform, type, message, context, user_message)
        VALUES (?, ?, ?, ?, (SELECT id FROM users WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?)
        """, fingerprint, (known?.count ?? 0) + 1, known?.firstAt ?? tx.now, tx.now, user, address,
        error.clientID, error.clientVersion, error.platform, error.type, error.message, error.context,
        error.userMessage)
      try tx.execute(Self.roomSQL)
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
      }
    }
  }

  static let listSQL = """
    SELECT e.id, e.count, e.first_at, e.last_at, e.user_id, u.name AS user_name, e.address, e.client_id, e.client_version,
      e.platform, e.type, e.message, e.context, e.user_message
    FROM client_errors AS e LEFT JOIN users AS u ON u.id = e.user_id
    WHERE e.id < ? ORDER BY e.id DESC LIMIT ?
    """

  private func list(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let (bytes, next) = try await database.read { connection in
      let total = try connection.scalar("SELECT count(*) FROM client_errors") ?? 0
      var json = JSONWriter(reserve: 16_384)
      var next: Int64?
      try json.object { json in
        json.field("total", total)
        try json.array("errors") { json in
          next = try connection.page(Self.listSQL, [page.before], limit: page.limit) { row in
            Self.write(row, to: &json)
          }.next
        }
      }
      return (json.bytes, next)
    }
    return .page(next: next, bytes: bytes)
  }

  private static let schema = Schema.members([
    "id": .id, "count": .integer, "firstAt": .time, "lastAt": .time, "userId": .idOrEmpty,
    "userName": .string,
    "address": .string, "clientId": .string, "clientVersion": .string, "platform": .string,
    "errorType": .string,
    "errorMessage": .string, "context": .string, "userMessage": .string,
  ])

  private static func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", row.int64("id"))
      json.field("count", row.int64("count"))
      json.time("firstAt", row.int64("first_at"))
      json.time("lastAt", row.int64("last_at"))
      json.reference("userId", row.optionalInt64("user_id"))
      json.field("userName", row.optionalText("user_name") ?? "")
      json.field("address", row.text("address"))
      json.field("clientId", row.text("client_id"))
      json.field("clientVersion", row.text("client_version"))
      json.field("platform", row.text("platform"))
      json.field("errorType", row.text("type"))
      json.field("errorMessage", row.text("message"))
      json.field("context", row.text("context"))
      json.field("userMessage", row.text("user_message"))
    }
  }

  private static let empty = Failure.invalid([
    FieldError(
      "errorMessage", "REQUIRED",
      Sentence(fr: "Indiquez le message d’erreur.", en: "Provide the error message."))
  ])
}

/// Deletes reports that were not repeated for a long time.
struct TidyClientErrors: JobKind {
  let database: Database

  let name = "client_errors.tidy"
  let period: Int64? = 24 * 3600 * 1000

  func run(_ context: JobContext) async throws {
    _ = try await database.write { tx in
      try tx.execute("DELETE FROM client_errors WHERE last_at < ?", tx.now - ClientErrorsFeature.kept)
    }
  }
}
