import HTTP
import Store

/// `/api/system-settings`: settings by an administrator for everyone.
struct SystemSettingsFeature: Feature {
  let database: Database
  let settings: SystemSettings
  let hub: Hub

  var routes: [Route] {
    let path = "/api/system-settings"
    let admin = Access.right("admin")
    return [
      .get(path, .signedIn, "Get the settings of the installation", response: Self.schema) { _ in answer() },
      .get(path + "/fields", admin, "Describe the settings for the page", response: .array(Self.field)) {
        request in describe(request)
      },
      .patch(
        path, admin, "Edit the settings of the installation", request: Self.changes, response: Self.schema,
        change
      ).checkingKinds(),
      .put(
        path, admin, "Edit the settings of the installation", request: Self.changes, response: Self.schema,
        change
      ).checkingKinds(),
    ]
  }

  private static let schema = Schema.object(
    SystemSettings.columns.map { ($0.name, $0.answerSchema, required: true) })
  private static let changes = Schema.object(
    SystemSettings.columns.map { ($0.name, $0.bodySchema, required: false) })

  private func change(_ request: Request) async throws -> Response {
    let body = try request.json()
    try await database.change(.systemSettingsChanged, on: nil, by: request) { [self] tx in
      let actor = try Privilege.actor(request, right: "admin", in: tx)
      let changed = try settings.change(body, by: actor, in: tx)
      guard !changed.isEmpty else { return }
      let subject = Audit.Subject(type: "system-settings", id: 1, name: "")
      try Audit.record(
        .systemSettingsChanged, actor: actor, on: subject, request: request,
        details: changed.joined(separator: " "), in: tx)
      let frame = Frame(text: Frames.encode("SETTINGS_CHANGED") { json in json.object { _ in } })
      tx.afterCommit { hub.send(frame, to: Set(hub.present().map(\.id))) }
    }
    return answer()
  }

  private static let field = Schema.members(["name": .string, "label": .string, "kind": .string])

  private func describe(_ request: Request) -> Response {
    .json { json in
      json.array { json in
        for column in SystemSettings.columns {
          json.object { json in
            json.field("name", column.name)
            json.field("label", column.label(request.language))
            json.field("kind", column.kind.word)
          }
        }
      }
    }
  }

  private func answer() -> Response {
    .json { json in
      json.object { json in
        for column in SystemSettings.columns {
          json.key(text: column.name)
          column.write(settings.value(of: column), to: &json)
        }
      }
    }
  }
}
