import HTTP
import Store

/// Opens a session for an account and answers with it.
struct SignedInAnswer: Sendable {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  func open(_ account: Account, for request: Request, status: Int) async throws -> Response {
    let token = try await appliance.database.write { [sessions = appliance.sessions] tx in
      try sessions.open(
        for: account, address: request.peerAddress, agent: request.headers["user-agent"] ?? "", in: tx)
    }
    return answer(account, token: token, for: request, status: status)
  }

  /// User fields at the top level and in `user`; `token` for clients that are not our own page.
  func answer(_ account: Account, token: String, for request: Request, status: Int) -> Response {
    let isOwnPage = request.headers["sec-fetch-site"] == "same-origin"
    var response = Response.json(status) { json in
      json.beginObject()
      json.field("success", true)
      account.writeFields(to: &json)
      account.writeNested(to: &json)
      if !isOwnPage { json.field("token", token) }
      json.endObject()
    }
    response.headers.append(SessionCookie.set(token, isTLS: request.isTLS))
    return response
  }
}
