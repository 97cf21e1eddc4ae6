import HTTP
import Store

/// `/api/complaints`: submitting and handling requests.
struct ComplaintsFeature: Feature {
  static let path = "/api/complaints"

  let clock: Clock
  let database: Database
  let hub: Hub
  let settings: SystemSettings
  let quotas: Quotas
  let notifications: Notifications
  let attempts: AttemptLimiter
  let anonymousFiles: ByteAllowance

  var routes: [Route] {
    let one = Self.path + "/:id"
    let (complaint, change) = (Complaint.schema, ComplaintFields.changeSchema)
    let reading = [
      Route.get(
        Self.path, .signedIn, "List your requests; all of them for those who handle them",
        response: .array(complaint), list
      ).reading(ComplaintQuestion.parameters),
      .get(one, .signedIn, "Get a request", response: complaint, get),
      .get(
        one + "/history", .signedIn, "List the changes of a request", response: .array(ComplaintEvent.schema),
        history
      )
      .reading(QueryParameter.paging),
    ]
    let writing = [
      Route.post(
        Self.path, .signedIn, "Submit a request", request: ComplaintFields.newSchema,
        response: Complaint.createdSchema, create
      ).checkingKinds(),
      .patch(one, .signedIn, "Edit a request", request: change, response: complaint, change(_:))
        .checkingKinds(),
      .put(one, .signedIn, "Edit a request", request: change, response: complaint, change(_:))
        .checkingKinds(),
      .delete(one, .signedIn, "Delete a request, or withdraw your own open one", response: .done, delete),
    ]
    return (reading + writing + stateRoutes + commentRoutes + trackingRoutes + statisticsRoutes).map {
      $0.belonging(to: .complaints, settings)
    }
  }

  var jobs: [any JobKind] { [EscalateComplaints(database: database, feature: self)] }

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let question = try ComplaintQuestion(request, for: account, at: clock.now())
    let (found, now) = (
      try await database.read { connection in
        let page = try connection.page(
          question.sql, question.arguments, limit: question.limit, map: Complaint.init)
        return ListPage(rows: try Complaint.complete(page.rows, in: connection), next: page.next)
      }, clock.now()
    )
    return .page(found) { complaint, json in
      complaint.write(to: &json, for: account, at: now, in: request.language)
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let complaint = try await database.read { try Complaint.find(id, for: account, in: $0) }
    return answer(complaint, to: request, for: account)
  }

  private func history(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let paging = try Paging(request)
    let found = try await database.read { connection in
      _ = try Complaint.find(id, for: account, in: connection)
      return try connection.page(
        ComplaintEvent.listSQL, [id, paging.before], limit: paging.limit, map: ComplaintEvent.init)
    }
    return .page(found) { event, json in event.write(to: &json) }
  }

  func answer(
    _ complaint: Complaint, status: Int = 200, to request: Request, for account: Account, code: String? = nil
  ) -> Response {
    var response = Response.json(status) {
      complaint.write(to: &$0, for: account, at: clock.now(), in: request.language, code: code)
    }
    response.add("ETag", complaint.tag)
    return response
  }

  /// Subjects that group the notifications about a request: news, and (`task`) calls to take care of it.
  static func subject(_ id: Int64) -> String { "complaint:\(id)" }
  static func task(_ id: Int64) -> String { "complaint:\(id):task" }

  /// Sends `{verb, id}` to the open pages of moderators and of the people it concerns: the assignee and the
  /// submitter unless given.
  func tell(
    _ verb: String, _ complaint: Complaint, to concerned: [Int64]? = nil, and others: [Int64] = [],
    in tx: Transaction
  ) {
    var people = Set(hub.present().lazy.filter { $0.has(right: Complaint.right) }.map(\.id))
    people.formUnion(concerned ?? [complaint.assigneeID, complaint.submitterID].compactMap { $0 })
    people.formUnion(others)
    let frame = Frames.encode("COMPLAINT_UPDATE") { json in
      json.object { json in
        json.field("verb", verb)
        json.id("id", complaint.id)
      }
    }
    let audience = people
    tx.afterCommit { hub.send(Frame(text: frame), to: audience) }
  }

  func record(
    _ action: Audit.Action, _ complaint: Complaint, by actor: Account, _ request: Request,
    _ details: String, in tx: Transaction
  ) throws {
    let subject = Audit.Subject(type: Complaint.resource, id: complaint.id, name: complaint.title)
    try Audit.record(action, actor: actor, on: subject, request: request, details: details, in: tx)
  }

  static let handlersSQL = """
    SELECT id FROM users WHERE role IN ('moderator', 'admin') AND is_active = 1 AND is_approved = 1
    """
}
