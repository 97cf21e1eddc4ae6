import HTTP
import Testing

@testable import Appliance

@Suite struct DeclaredRoutesTests {
  /// Where anything may be: the reason stands beside each of these schemas.
  private static let open: Set<String> = [
    "GET /api/openapi.json response", "GET /api/schemas response", "GET /api/user/settings response",
    "PATCH /api/user/settings request", "PATCH /api/user/settings response",
    "POST /api/monitoring/errors request", "POST /api/user/settings request",
    "POST /api/user/settings response", "PUT /api/user/settings request", "PUT /api/user/settings response",
  ]

  @Test func `every route declares its response, and none is open without a reason`() async throws {
    try await TestAppliance.run { test in
      let routes = Features.routes(of: test.appliance.makeFeatures()).filter { !$0.isWebSocket }
      #expect(routes.count > 150)
      let tables = test.appliance.tables.filter { table in
        table.columns.contains { if case .object = $0.kind { true } else { false } }
      }
      var open: Set<String> = []
      for route in routes {
        let name = "\(route.method.rawValue) \(route.path)"
        #expect(route.response != nil || !route.produces.isEmpty, "\(name)")
        #expect(route.method != .get || !route.takesBody, "\(name)")
        // A client's own object is a column of these.
        if tables.contains(where: { route.path.hasPrefix($0.path) }) { continue }
        if route.response?.isOpen == true { open.insert(name + " response") }
        if route.request?.isOpen == true { open.insert(name + " request") }
      }
      #expect(open == Self.open)
    }
  }

  @Test func `a handler gets no body that its route does not declare`() async throws {
    try await TestAppliance.run { test in
      let echo: Handler = { .text(String(decoding: $0.body, as: UTF8.self)) }
      let body = Schema.members(["a": .integer])
      let none = try await Self.answer(of: .post("/", .everyone, "", echo), test)
      let json = try await Self.answer(of: .post("/", .everyone, "", request: body, echo), test)
      let other = try await Self.answer(of: .post("/", .everyone, "", echo).consuming("*/*"), test)
      #expect([none, json, other] == ["", "{\"a\":1}", "{\"a\":1}"])
    }
  }

  private static func answer(of route: Route, _ test: TestAppliance) async throws -> String {
    let request = Request(
      method: .post, path: "/", headers: [("Content-Type", "application/json")],
      body: Array("{\"a\":1}".utf8))
    let served = route.guarded(log: test.appliance.log, pace: test.appliance.pace)
    guard let response = try await served.handler?(request), case .bytes(let bytes) = response.body else {
      return "nothing"
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a response that differs from its declaration is detected`() {
    let route = Route.get("/x", .everyone, "", response: .members(["a": .array(.string)])) { _ in .empty() }
    func differences(_ body: String, _ status: Int = 200, _ type: String = "application/json") -> [String] {
      let answer = TestClient.Answer(status: status, headers: ["content-type": type], body: Array(body.utf8))
      return Contract.differences(answer, from: route)
    }
    #expect(differences("{\"a\":[]}").isEmpty)
    #expect(differences("{\"a\":[\"x\",1],\"b\":2}").count == 2)
    #expect(differences("{\"a\":[\"x\",1]}").first?.hasPrefix("/a/1 ") == true)
    #expect(differences("x", 200, "text/csv") == ["text/csv, which is not declared"])
    #expect(differences("{\"success\":false}", 400).count == 4)
    #expect(
      Contract.differences(
        TestClient.Answer(status: 200, headers: ["content-type": "application/json"], body: Array("[]".utf8)),
        from: .get("/x", .everyone, "") { _ in .empty() }) == ["JSON, and no schema"])
  }
}

extension Schema {
  /// Whether any value is allowed at some place.
  var isOpen: Bool {
    switch self {
    case .any: true
    case .described(_, let inner), .optional(let inner), .limited(let inner, _), .named(_, let inner),
      .array(let inner), .map(let inner):
      inner.isOpen
    case .either(let options): options.contains(where: \.isOpen)
    case .object(let fields): fields.contains { $0.1.isOpen }
    case .null, .string, .integer, .number, .boolean, .time, .enumeration: false
    }
  }
}
