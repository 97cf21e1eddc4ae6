import HTTP
import Store

/// Routes for managing people.
struct PeopleFeature: Feature {
  let database: Database
  let sessions: Sessions
  let queue: JobQueue
  let people: People

  static let newSchema =
    Schema.members(
      [:],
      optional: [
        "username": .string, "password": .described("invited by email without one", .string),
        "language": .words(Language.self),
      ]) + PersonChanges.schema

  /// `answer`
  private static let answerSchema =
    Schema.members(["success": .boolean, "message": .string, "user": PersonView.schema]) + PersonView.schema

  var routes: [Route] {
    let path = "/api/admin/users"
    let one = path + "/:id"
    let access = Access.right(People.right)
    let schema = PersonChanges.schema
    let answer = Self.answerSchema
    return [
      .get(
        path, access, "List users with their machines and presence",
        response: .members(["users": .array(PersonView.schema), "total": .integer]), list
      ).reading(QueryParameter.paging + PeopleList.parameters + PeopleList.filterParameters),
      .get(one, access, "Get a user", response: PersonView.schema, get),
      .post(
        path, access, "Create a user; invited by email when no password is given", request: Self.newSchema,
        response: answer, create),
      .patch(
        one, access, "Edit a user, their role or their status", request: schema, response: answer, change),
      .put(one, access, "Edit a user, their role or their status", request: schema, response: answer, change),
      .post(one + "/approve", access, "Approve a registration", response: answer) { request in
        try await self.answer(people.approve(try request.id(), request), request, Self.approved)
      },
      .post(one + "/invite", access, "Resend the invitation", response: answer) { request in
        try await self.answer(people.invite(try request.id(), request), request, Self.sent)
      },
      .post(one + "/reset-password", access, "Send a password reset link", response: answer) { request in
        try await self.answer(people.resetPassword(try request.id(), request), request, Self.sent)
      },
      .delete(
        one, access, "Delete a user and their machines",
        response: .members(["success": .boolean, "message": .string, "job": Job.schema]), delete),
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let list = try PeopleList(request, conditions: try PeopleList.filters(request))
    let (found, total) = try await database.read { connection in
      (
        try list.read(PersonView.columns, in: connection, map: PersonView.init),
        try list.total(in: connection)
      )
    }
    let activity = Activity(sessions)
    return .page(next: found.next) { json in
      json.object { json in
        json.array("users") { json in
          for view in found.rows { view.write(to: &json, activity) }
        }
        json.field("total", total)
      }
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let view = try await view(try request.id())
    return .json { json in view.write(to: &json, Activity(sessions)) }
  }

  private func create(_ request: Request) async throws -> Response {
    try await answer(people.create(request), request, Self.created, status: 201)
  }

  private func change(_ request: Request) async throws -> Response {
    let changes = try PersonChanges(try request.json())
    return try await answer(people.change(try request.id(), changes, request), request, Self.changed)
  }

  private func delete(_ request: Request) async throws -> Response {
    let (subject, job) = try await people.delete(try request.id(), request)
    let sentence = Sentence(
      fr:
        "Le compte de \(subject.name) est désactivé. Sa suppression et celle de ses machines sont en cours.",
      en: "\(subject.name) has been deactivated. Their account and machines are being deleted.")
    return .json(202) { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
        json.key("job")
        job.write(to: &json, steps: queue.steps(of: job.kind), language: request.language)
      }
    }
  }

  /// Returns `{success, message, …user fields, user:{…}}`.
  private func answer(
    _ account: Account, _ request: Request, _ sentence: Sentence, status: Int = 200
  ) async throws -> Response {
    let view = try await view(account.id)
    let activity = Activity(sessions)
    return .json(status) { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
        view.writeFields(to: &json, activity)
        json.key("user")
        view.write(to: &json, activity)
      }
    }
  }

  private func view(_ id: Int64) async throws -> PersonView {
    let view = try await database.read { connection in
      try connection.first(
        "SELECT \(PersonView.columns) FROM users WHERE id = ?", id, map: PersonView.init)
    }
    guard let view else { throw Failure.notFound }
    return view
  }

  private static let created = Sentence(fr: "Compte créé.", en: "Account created.")
  private static let changed = Sentence(fr: "Modifications enregistrées.", en: "Changes saved.")
  private static let approved = Sentence(
    fr: "Compte approuvé.", en: "Account approved.")
  private static let sent = Sentence(fr: "E-mail envoyé.", en: "Email sent.")
}
