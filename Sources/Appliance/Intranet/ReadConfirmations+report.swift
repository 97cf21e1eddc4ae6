import HTTP
import Store

/// The report of who has confirmed and who has not.
extension ReadConfirmations {
  struct Reader: Sendable {
    let id: Int64
    let name: String
    let username: String
    let department: String
    let confirmedAt: Int64?
    let version: String

    init(_ row: Row) {
      id = row.int64("id")
      name = row.text("name")
      username = row.text("username")
      department = row.text("department")
      confirmedAt = row.optionalInt64("confirmed_at")
      version = row.text("version")
    }

    var shownName: String { name.isEmpty ? username : name }

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.id("id", id)
        json.field("name", shownName)
        json.field("username", username)
        json.field("department", department)
        json.time("confirmedAt", confirmedAt)
        json.field("version", version)
      }
    }
  }

  enum State: String, CaseIterable { case confirmed, waiting }

  static let stateParameter = QueryParameter(
    "state", .enumeration(State.allCases.map(\.rawValue)), "only those who have confirmed, or have not")

  static let schema = Schema.object([
    ("total", .integer, required: true), ("confirmed", .integer, required: true),
    ("edition", .integer, required: true), ("version", .string, required: true),
    (
      "people",
      .array(
        .object([
          ("id", .string, required: true), ("name", .string, required: true),
          ("username", .string, required: true), ("department", .string, required: true),
          ("confirmedAt", .optional(.time), required: true), ("version", .string, required: true),
        ])), required: true
    ),
  ])

  private static let mostExported = 20_000
  private static let batch = 500

  private static let joined = """
    LEFT JOIN read_confirmations AS c
      ON c.resource = ? AND c.row_id = ? AND c.edition = ? AND c.user_id = u.id
    """

  static let countSQL = """
    SELECT count(*), count(c.user_id) FROM (\(Readership.membersSQL)) AS u \(joined)
    """

  static func pageSQL(_ state: State?) -> String {
    let condition =
      switch state {
      case .confirmed: "AND c.user_id IS NOT NULL"
      case .waiting: "AND c.user_id IS NULL"
      case nil: ""
      }
    return """
      SELECT u.id, u.name, u.username, u.department, c.confirmed_at, c.version
      FROM users AS u \(joined)
      WHERE u.id < ? AND u.id IN (\(Readership.membersSQL)) \(condition) ORDER BY u.id DESC LIMIT ?
      """
  }

  func report(_ request: Request) async throws -> Response {
    let (id, paging) = (try request.id(), try Paging(request))
    let (account, state) = (try request.account(), try Self.state(request))
    let (standing, total, confirmed, page) = try await services.database.read { connection in
      let standing = try self.standing(of: id, for: account, in: connection)
      let counts = try connection.first(
        Self.countSQL, standing.audience, standing.audience, subject.resource, id, standing.edition
      ) { ($0.int(0), $0.int(1)) }
      let page = try self.people(
        id, standing, state, below: paging.before, limit: paging.limit, in: connection)
      return (standing, counts?.0 ?? 0, counts?.1 ?? 0, page)
    }
    return .page(next: page.next) { json in
      json.object { json in
        json.field("total", total)
        json.field("confirmed", confirmed)
        json.field("edition", standing.edition)
        json.field("version", standing.version)
        json.array("people") { json in for reader in page.rows { reader.write(to: &json) } }
      }
    }
  }

  /// The report as CSV, of at most 20 000 people.
  func exportCSV(_ request: Request) async throws -> Response {
    var csv = CSVText()
    csv.row(Self.heading.map { $0(request.language) })
    let id = try await each(request) { reader, standing in
      csv.row([
        standing.title, reader.version.isEmpty ? standing.version : reader.version, reader.shownName,
        reader.username, reader.department, reader.confirmedAt.map(RFC3339.text) ?? "",
      ])
    }
    return .attachment(csv.bytes, named: "confirmations-\(resource.name)-\(id).csv")
  }

  /// The same report as a PDF to print or archive.
  func exportPDF(_ request: Request) async throws -> Response {
    let places = [0, 0.34, 0.58, 0.72]
    let heading = [Self.heading[2], Self.heading[4], Self.heading[1], Self.heading[5]]
    var pdf: PDFText?
    let id = try await each(request) { reader, standing in
      if pdf == nil {
        var begun = PDFText()
        begun.title(standing.title)
        begun.row(zip(places, heading).map { (at: $0, text: $1(request.language)) }, isBold: true)
        pdf = begun
      }
      let cells = [
        reader.shownName, reader.department, reader.version.isEmpty ? standing.version : reader.version,
        reader.confirmedAt.map(RFC3339.text).map {
          "\($0.prefix(10)) \($0.dropFirst(11).prefix(5)) UTC"
        } ?? "–",
      ]
      pdf?.row(zip(places, cells).map { (at: $0, text: $1) })
    }
    return .attachment(
      (pdf ?? PDFText()).bytes, "application/pdf", named: "confirmations-\(resource.name)-\(id).pdf")
  }

  /// Calls `body` for each person in the report, reading a page at a time. Returns the row's id.
  private func each(_ request: Request, _ body: (Reader, Standing) -> Void) async throws -> Int64 {
    let (id, account, state) = (try request.id(), try request.account(), try Self.state(request))
    let standing = try await services.database.read { try self.standing(of: id, for: account, in: $0) }
    var (next, count): (Int64?, Int) = (.max, 0)
    while let before = next, count < Self.mostExported {
      let page = try await services.database.read { connection in
        try self.people(id, standing, state, below: before, limit: Self.batch, in: connection)
      }
      for reader in page.rows { body(reader, standing) }
      count += page.rows.count
      next = page.next
    }
    return id
  }

  private func people(
    _ id: Int64, _ standing: Standing, _ state: State?, below: Int64, limit: Int, in connection: Connection
  ) throws -> ListPage<Reader> {
    try connection.page(
      Self.pageSQL(state),
      [subject.resource, id, standing.edition, below, standing.audience, standing.audience], limit: limit,
      map: Reader.init)
  }

  private static func state(_ request: Request) throws -> State? {
    guard let text = request.query["state"] else { return nil }
    guard let state = State(rawValue: text) else {
      throw Failure.invalid([
        FieldError("state", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
      ])
    }
    return state
  }

  private static let heading = [
    Sentence(fr: "Titre", en: "Title"), Sentence(fr: "Version", en: "Version"),
    Sentence(fr: "Nom", en: "Name"), Sentence(fr: "Identifiant", en: "Username"),
    Sentence(fr: "Service", en: "Department"), Sentence(fr: "Confirmé le", en: "Confirmed at"),
  ]
}
