import HTTP
import Store

/// `/api/home`: a summary of everything relevant to the signed-in person, in one response.
struct HomeFeature: Feature {
  let clock: Clock
  let database: Database
  let sections: [HomeSection]

  var routes: [Route] {
    [.get("/api/home", .signedIn, "Get your home page: what waits for you", response: schema, home)]
  }

  private var schema: Schema {
    .object(sections.map { ("\($0.name)", $0.schema, required: false) })
  }

  private func home(_ request: Request) async throws -> Response {
    let account = try request.account()
    let now = clock.now()
    let bytes = try await database.read { [sections] connection in
      var json = JSONWriter(reserve: 8_192)
      try json.object { json in
        for section in sections where section.isOn() {
          json.key(section.name)
          try section.write(account, now, connection, &json)
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }
}
