import HTTP
import Testing

@testable import Appliance

/// What is of a wrong kind is refused by every route, and not read as if it were not there.
@Suite struct WrongKindTests {
  // The pace of posting would end it on a fast machine.
  @Test func `every route refuses a declared field of the wrong kind`() async throws {
    try await TestAppliance.run(settings: ["ADMIN_MACHINES": "true", "SOCKET_FRAMES": "1000"]) { test in
      let boss = try await test.person("boss", role: .admin)
      let routes = Features.routes(of: test.appliance.makeFeatures()).filter { $0.request != nil }
      #expect(routes.count > 50)
      for route in routes {
        let path = Self.path(route)
        if route.request?.fields.isEmpty == false {
          let list = try await boss.send(route.method.rawValue, path, [.null])
          #expect(list.code == "NOT_AN_OBJECT", "\(route.method.rawValue) \(route.path)")
        }
        // Its own tests say how.
        if route.checksKinds, EveryAnswerTests.hasOwnTests(route) { continue }
        for (name, schema, _) in route.request?.fields ?? [] {
          for value in Self.wrong(schema) {
            let answer = try await boss.send(route.method.rawValue, path, [name: value])
            let fields = answer.json["errors"]?.array?.compactMap { $0["field"]?.string } ?? []
            #expect(answer.status == 400, "\(route.method.rawValue) \(route.path) \(name): \(value)")
            #expect(
              fields.contains { $0.hasPrefix(name) },
              "\(route.method.rawValue) \(route.path) \(name): \(answer.text)")
          }
        }
      }
    }
  }

  @Test func `a parameter that is not a number, time or choice as declared is refused`() async throws {
    try await TestAppliance.run { test in
      let seed = try await Seed(test)
      let routes = Features.routes(of: test.appliance.makeFeatures())
      var count = 0
      for route in routes
      where !route.isWebSocket && route.method == .get && !EveryAnswerTests.hasOwnTests(route) {
        for parameter in route.query where Self.isChecked(parameter) {
          count += 1
          let path = seed.path(route) + "?\(parameter.name)=abc"
          let answer = try await seed.client(for: route).send(route.method.rawValue, path)
          let fields = answer.json["errors"]?.array?.compactMap { $0["field"]?.string } ?? []
          #expect(answer.status == 400, "\(route.method.rawValue) \(path): \(answer.status)")
          #expect(fields == [parameter.name], "\(route.method.rawValue) \(path): \(answer.text)")
        }
      }
      #expect(count > 60)
    }
  }

  private static func path(_ route: Route) -> String {
    route.path.split(separator: "/").map { $0.hasPrefix(":") ? "/1" : "/\($0)" }.joined()
  }

  /// Values of kinds that a schema does not allow.
  private static func wrong(_ schema: Schema) -> [JSONValue] {
    let values: [JSONValue] = ["x", 7, true, ["x"], ["x": 1]]
    return values.filter { value in
      schema.mismatches(in: value).contains { mismatch in
        if case .kind = mismatch.problem { mismatch.path.isEmpty } else { false }
      }
    }
  }

  /// Texts and cursors are checked by the handler.
  private static func isChecked(_ parameter: QueryParameter) -> Bool {
    if ["limit", "before"].contains(parameter.name) { return true }
    return switch parameter.schema {
    case .enumeration, .integer, .time, .boolean: true
    case .limited: true
    default: false
    }
  }
}
