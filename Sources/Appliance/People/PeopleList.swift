import HTTP
import Store

/// One page of people, with search and filters.
struct PeopleList: Sendable {
  /// The columns searched by `?q=`.
  static let searched = ["name", "username", "email", "department", "position"]

  let page: Paging
  let pattern: SearchPattern?
  /// Further SQL conditions; they contain no client input.
  let conditions: [String]

  init(_ request: Request, conditions: [String] = []) throws(Failure) {
    page = try Paging(request)
    pattern = SearchPattern(request.query["q"])
    self.conditions = conditions
  }

  static let parameters: [QueryParameter] = [
    .init("q", .string, "only users with this text")
  ]

  static let filterParameters: [QueryParameter] = [
    .init(
      "role", .enumeration(["user"] + Role.allCases.map(\.rawValue)), "user: everyone but administrators"),
    .init("status", .enumeration(["active", "inactive", "pending"]), "of this status only"),
  ]

  /// The conditions for `?role=` and `?status=`. Throws 400 for unknown values.
  static func filters(_ request: Request) throws(Failure) -> [String] {
    var conditions: [String] = []
    switch request.query["role"] {
    case nil, "": break
    case "user": conditions.append("role <> 'admin'")
    case let word?:
      guard let role = Role(rawValue: word) else { throw unknown("role") }
      conditions.append("role = '\(role.rawValue)'")
    }
    switch request.query["status"] {
    case nil, "": break
    case "active": conditions.append("is_active = 1 AND is_approved = 1")
    case "inactive": conditions.append("is_active = 0")
    case "pending": conditions.append("is_active = 1 AND is_approved = 0")
    default: throw unknown("status")
    }
    return conditions
  }

  /// Reads a page of people, newest first, and maps each row of `columns`.
  func read<Person: Sendable>(
    _ columns: String, in connection: Connection, map: (Row) throws -> Person
  ) throws -> ListPage<Person> {
    try connection.page(
      "SELECT \(columns) FROM users WHERE id < ?\(rest) ORDER BY id DESC LIMIT ?",
      [page.before] + searchArguments, limit: page.limit, map: map)
  }

  /// Number of people on all pages.
  func total(in connection: Connection) throws -> Int64 {
    try connection.scalar("SELECT count(*) FROM users WHERE id > 0\(rest)", arguments: searchArguments) ?? 0
  }

  private var rest: String {
    let search = pattern == nil ? [] : [SearchPattern.condition(Self.searched)]
    return (conditions + search).map { " AND \($0)" }.joined()
  }

  private var searchArguments: [any Bindable] { pattern.map { [$0.needle] } ?? [] }

  private static func unknown(_ field: String) -> Failure {
    .invalid([
      FieldError(
        field, "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
    ])
  }
}
