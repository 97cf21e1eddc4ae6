import HTTP
import Store

/// The filters of a list of requests.
struct ComplaintQuestion: Sendable {
  private(set) var conditions: [String] = []
  private(set) var arguments: [Value] = []
  let limit: Int

  static let parameters =
    QueryParameter.paging + [
      .init("q", .string, "only requests with this text"),
      .init("status", ComplaintStatus.schema, "only requests with this status"),
      .init("category", ComplaintFields.category.kind.schema, "only requests of this category"),
      .init("priority", ComplaintFields.priority.kind.schema, "only requests of this priority"),
      .init("assignedToId", .string, "an ID, `me` or `none`"),
      .flag("mine", "1: only requests that you submitted"),
      .flag("overdue", "1: only pending requests whose due time has passed"),
    ]

  private static let status = Column(
    "status", .choice(ComplaintStatus.allCases.map(\.rawValue)), fr: "État", en: "Status")

  /// Throws 400 for invalid parameters.
  init(_ request: Request, for account: Account, at now: Int64) throws(Failure) {
    let paging = try Paging(request)
    limit = paging.limit
    var errors: [FieldError] = []
    if try request.query.flag("mine") {
      add("c.submitter_id = ?", account.id)
    } else if !account.has(right: Complaint.right) {
      add(
        """
        c.id IN (SELECT id FROM complaints WHERE submitter_id = ? UNION SELECT id FROM complaints
          WHERE assigned_to_id = ?)
        """, account.id, account.id)
    }
    add("c.id < ?", paging.before)
    for column in [Self.status, ComplaintFields.category, ComplaintFields.priority] {
      guard let text = request.query[column.name], !text.isEmpty else { continue }
      do throws(FieldError) {
        add("c.\(column.sqlName) = ?", try column.value(ofQuery: text))
      } catch {
        errors.append(error)
      }
    }
    switch request.query["assignedToId"] {
    case nil, "": break
    case "none": add("c.assigned_to_id IS NULL")
    case "me": add("c.assigned_to_id = ?", account.id)
    case let text?:
      guard let id = Int64(digits: text) else {
        errors.append(
          FieldError("assignedToId", "INVALID_REFERENCE", Sentence(fr: "ID non valide.", en: "Invalid ID.")))
        break
      }
      add("c.assigned_to_id = ?", id)
    }
    if try request.query.flag("overdue") {
      add("c.status IN ('open', 'in_progress') AND c.due_at <= ?", now)
    }
    if let pattern = SearchPattern(request.query["q"]) {
      add(SearchPattern.condition(["c.title", "c.description"]), pattern.needle)
    }
    if !errors.isEmpty { throw .invalid(errors) }
  }

  private mutating func add(_ condition: String, _ values: any Bindable...) {
    conditions.append(condition)
    arguments += values.map(\.value)
  }

  var sql: String {
    "\(Complaint.select) WHERE \(conditions.joined(separator: " AND ")) ORDER BY c.id DESC LIMIT ?"
  }

  static func searchSource(_ settings: SystemSettings) -> SearchSource {
    SearchSource(
      kind: Complaint.resource, label: Sentence(fr: "Demandes", en: "Requests"), table: "complaints",
      rowSQL: "SELECT title, description FROM complaints WHERE id = ?",
      scope: { account, _ in
        account.has(right: Complaint.right)
          ? ("1", []) : ("(submitter_id = ? OR assigned_to_id = ?)", [account.id.value, account.id.value])
      },
      isOn: { settings.isOn(.complaints) },
      link: { "/requests/\($0)" })
  }
}
