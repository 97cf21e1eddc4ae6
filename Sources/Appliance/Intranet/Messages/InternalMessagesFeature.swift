import HTTP
import Store

/// `/api/messages`: the internal mail.
struct InternalMessagesFeature: Feature {
  static let path = "/api/messages"

  let database: Database
  let hub: Hub
  let settings: SystemSettings
  let quotas: Quotas
  let notifications: Notifications

  var routes: [Route] {
    let list = Schema.array(InternalMessage.schema)
    let folders = MessageFolder.allCases.map { folder in
      Route.get(
        "\(Self.path)/\(folder.rawValue)", .signedIn, "List your messages: \(folder.rawValue)", response: list
      ) { try await self.list(folder, $0) }.reading(Self.filters)
    }
    let reading = [
      .get(
        Self.path + "/summary", .signedIn, "Count your unread messages and your drafts, and list your labels",
        response: Self.summarySchema, summary),
      .get(
        Self.path + "/item/:id", .signedIn, "Get a message", response: InternalMessage.schema, item),
      .get(
        Self.path + "/item/:id/thread", .signedIn,
        "List the earlier messages of a conversation, newest first",
        response: list, thread
      ).reading(QueryParameter.paging),
      Route.get(
        Self.path + "/:userId", .signedIn, "List your inbox, by your own user ID", response: list, mine
      )
      .reading(Self.filters),
    ]
    return (folders + reading + changes + drafts).map { $0.belonging(to: .messages, settings) }
  }

  var jobs: [any JobKind] { [TidyMessages(database: database)] }

  /// The inbox at `/api/messages`, for cookie sessions; with a bearer token, an older client reads its chat
  /// there.
  var inbox: Route {
    Route.get(
      Self.path, .signedIn, "List your inbox", response: .array(InternalMessage.schema)
    ) { try await list(.inbox, $0) }.reading(Self.filters).belonging(to: .messages, settings)
  }

  static let filters =
    QueryParameter.paging + [
      .init("q", .string, "only messages with this text"),
      .flag("unread", "1: unread ones only"),
      .init("label", .string, "only messages with this label"),
    ]

  private func mine(_ request: Request) async throws -> Response {
    let account = try request.account()
    let named = request.parameter("userId")
    guard named == "user-1" || Int64(digits: named) == account.id else { throw Failure.forbidden }
    return try await list(.inbox, request)
  }

  static func listSQL(_ conditions: [String] = []) -> String {
    let all = ["c.user_id = ?", "c.folder = ?", "c.message_id < ?"] + conditions
    return """
      \(InternalMessage.select) WHERE \(all.joined(separator: " AND ")) ORDER BY c.message_id DESC LIMIT ?
      """
  }

  static let unreadSQL = """
    SELECT count(*) FROM message_copies WHERE user_id = ? AND folder = 'inbox' AND read_at IS NULL
    """

  private func list(_ folder: MessageFolder, _ request: Request) async throws -> Response {
    let person = try request.account().id
    let paging = try Paging(request)
    var conditions: [String] = []
    var arguments: [any Bindable] = [person, folder.rawValue, paging.before]
    if try request.query.flag("unread") { conditions.append("c.read_at IS NULL") }
    if let label = request.query["label"], !label.isEmpty {
      conditions.append("EXISTS (SELECT 1 FROM json_each(c.labels) WHERE value = ?)")
      arguments.append(label)
    }
    if let pattern = SearchPattern(request.query["q"]) {
      conditions.append(SearchPattern.condition(["m.subject", "m.content", "m.sender_name", "u.name"]))
      arguments.append(pattern.needle)
    }
    let (sql, values) = (Self.listSQL(conditions), arguments.map(\.value))
    let (found, unread) = try await database.read { connection in
      let page = try connection.page(sql, values, limit: paging.limit, map: InternalMessage.init)
      let rows = try InternalMessage.complete(page.rows, in: connection)
      return (
        ListPage(rows: rows, next: page.next), try connection.scalar(Self.unreadSQL, person) ?? 0
      )
    }
    var response = Response.page(found) { message, json in message.write(to: &json, for: person) }
    response.add("X-Unread-Count", String(unread))
    return response
  }

  private func item(_ request: Request) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    let message = try await database.read { try InternalMessage.find(id, of: person, in: $0) }
    return .json { message.write(to: &$0, for: person) }
  }

  private func thread(_ request: Request) async throws -> Response {
    let (person, id) = (try request.account().id, try request.id())
    let paging = try Paging(request)
    let found = try await database.read { connection in
      let one = try InternalMessage.find(id, of: person, in: connection)
      let page = try connection.page(
        InternalMessage.threadSQL, [one.thread, min(id, paging.before), person], limit: paging.limit,
        map: InternalMessage.init)
      var seen: Set<Int64> = []
      // A sender who is also a recipient has two copies.
      let rows = page.rows.filter { seen.insert($0.id).inserted }
      return ListPage(rows: try InternalMessage.complete(rows, in: connection), next: page.next)
    }
    return .page(found) { message, json in message.write(to: &json, for: person) }
  }

  static let labelsSQL = """
    SELECT l.value, count(*) FROM message_copies AS c, json_each(c.labels) AS l
    WHERE c.user_id = ? AND c.labels <> '[]' AND c.folder <> 'trash' GROUP BY l.value ORDER BY l.value LIMIT 100
    """

  private static let summarySchema = Schema.object([
    ("unread", .integer, required: true), ("drafts", .integer, required: true),
    (
      "labels",
      .array(.object([("name", .string, required: true), ("count", .integer, required: true)])),
      required: true
    ),
  ])

  private func summary(_ request: Request) async throws -> Response {
    let person = try request.account().id
    let (unread, drafts, labels) = try await database.read { connection in
      (
        try connection.scalar(Self.unreadSQL, person) ?? 0,
        try connection.scalar("SELECT count(*) FROM message_drafts WHERE user_id = ?", person) ?? 0,
        try connection.query(Self.labelsSQL, person) { (name: $0.text(0), count: $0.int64(1)) }
      )
    }
    return .json { json in
      json.object { json in
        json.field("unread", unread)
        json.field("drafts", drafts)
        json.array("labels") { json in
          for label in labels {
            json.object { json in
              json.field("name", label.name)
              json.field("count", label.count)
            }
          }
        }
      }
    }
  }
}
