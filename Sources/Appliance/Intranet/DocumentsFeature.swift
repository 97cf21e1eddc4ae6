import HTTP
import Store

/// Text extraction, review reminders, and the list of an account's pending read confirmations.
struct DocumentsFeature: Feature {
  let services: IntranetServices
  let settings: SystemSettings
  let log: Log

  var jobs: [any JobKind] {
    [DocumentTexts(database: services.database, log: log), DocumentReviews(services: services)]
  }

  var routes: [Route] {
    [
      .get(
        "/api/confirmations", .signedIn, "List what waits for your read confirmation",
        response: .array(WaitingConfirmation.schema), waiting)
    ]
  }

  private func waiting(_ request: Request) async throws -> Response {
    let account = try request.account()
    let now = services.clock.now()
    return try await services.database.read { [settings] connection in
      let found = try WaitingConfirmation.all(of: account, at: now, settings, in: connection)
      return .json { json in json.array { json in for one in found { one.write(to: &json) } } }
    }
  }
}
