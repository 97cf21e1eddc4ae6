import HTTP
import Testing

@testable import Appliance

@Suite struct AccessTests {
  @Test func `every route refuses requests without sign-in or permission as it declares`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let routes = Features.routes(of: test.appliance.makeFeatures()).filter { !$0.isWebSocket }
      #expect(routes.count > 20)
      // Signing out would end the session used for the other routes.
      for route in routes where route.path != "/api/auth/logout" {
        let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "999999" : String($0) }
          .joined(separator: "/")
        let method = route.method.rawValue.uppercased()
        let anonymous = try await test.client.send(method, "/" + path)
        let person = try await lea.send(method, "/" + path)
        switch route.access {
        case .everyone:
          // Whether a file is public depends on what names it; strangers do not learn whether another one exists.
          let isGuarded = path.contains("metrics") || path.contains("uploads")
          #expect(anonymous.status != 401 || isGuarded, "\(method) \(path)")
        case .signedIn:
          #expect(anonymous.status == 401, "\(method) \(path)")
          #expect(person.status != 401, "\(method) \(path)")
        case .right:
          #expect(anonymous.status == 401, "\(method) \(path)")
          #expect(person.status == 403, "\(method) \(path)")
        }
      }
    }
  }

  @Test func `an unknown path below /api is a JSON error, any other one is the page`() async throws {
    try await TestAppliance.run { test in
      let unknown = try await test.client.get("/api/nothing")
      #expect(unknown.status == 404)
      #expect(unknown.code == "NOT_FOUND")
      let page = try await test.client.get("/machines/17")
      #expect(page.status == 200)
      #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
      let policy = try #require(page.headers["content-security-policy"])
      #expect(!policy.contains("unsafe"))
      #expect(page.headers["x-content-type-options"] == "nosniff")
    }
  }

  @Test func `the OpenAPI document is made from the routes`() async throws {
    try await TestAppliance.run { test in
      let document = try await test.client.get("/api/openapi.json").json
      #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
      #expect(document["paths"]?["/api/vms/{id}/action"]?["post"] != nil)
    }
  }
}
