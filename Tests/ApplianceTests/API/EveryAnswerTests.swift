import HTTP
import Testing

@testable import Appliance

@Suite struct EveryAnswerTests {
  /// They need a link that was mailed, or speak another protocol: tests of their own ask them.
  private static let elsewhere: Set<String> = [
    "/api/setup", "/api/auth/verify-email", "/api/auth/verify-reset-token", "/socket.io", "/socket.io/",
  ]

  /// Features whose own tests ask their routes: ComplaintsTests, InternalMessagesTests, EventsTests, PersonalRecordsTests,
  /// DocumentsTests, ReadConfirmationTests, TrainingsTests, EnrolmentTests, CertificatesTests, and those of quizzes and the
  /// forum. So do tables for what they have beside their rows.
  private static let ownTests = [
    "/api/complaints", "/api/messages", "/api/events", "/api/agenda", "/api/shortcuts", "/api/calendar",
    "/api/confirmations", "/api/training", "/api/users/:id/trainings", "/api/enroll", "/api/my-enrollments",
    "/api/quizzes", "/api/forum", "/api/certificates", "/api/my-certificates",
  ]

  static func hasOwnTests(_ route: Route, _ tables: [Resource] = []) -> Bool {
    ownTests.contains { route.path.hasPrefix($0) }
      || tables.contains { table in
        route.path.hasPrefix(table.path + "/:id/")
      }
  }

  @Test func `every GET route returns what it declares`() async throws {
    try await TestAppliance.run { test in
      let seed = try await Seed(test)
      let routes = Features.routes(of: test.appliance.makeFeatures())
      for route in routes
      where route.method == .get && !route.isWebSocket && !Self.elsewhere.contains(route.path)
        && !Self.hasOwnTests(route, test.appliance.tables)
      {
        // The client compares each answer with the schema of its route.
        let answer = try await seed.client(for: route).get(seed.path(route) + Self.query(route))
        #expect(answer.status == 200, "\(route.path): \(answer.text)")
        guard route.response != nil else { continue }
        #expect(answer.isJSON, "\(route.path)")
        #expect(Contract.operations.contains("GET \(route.path)"), "\(route.path)")
        #expect(Self.isFull(answer.json), "\(route.path): nothing was compared in \(answer.text)")
      }
    }
  }

  /// They need a code or a link that was mailed or demo data, or speak another protocol: TwoStepTests,
  /// PasswordResetTests, SetupTests, DemoSeedTests and SocketIOTests ask them; BackupsFeatureTests asks what needs a folder.
  private static let changesElsewhere: Set<String> = [
    "POST /api/setup", "POST /api/auth/reset-password", "POST /api/totp/confirm",
    "POST /api/totp/recovery-codes",
    "DELETE /api/totp", "POST /socket.io", "POST /socket.io/", "POST /api/admin/reset-test-data",
    "DELETE /api/admin/demo-data", "POST /api/configuration/test-mail",
    "POST /api/admin/backups", "POST /api/admin/backups/:name/verify", "DELETE /api/admin/backups/running",
    "DELETE /api/admin/backups/:name",
  ]

  @Test func `every route that changes something returns what it declares`() async throws {
    try await TestAppliance.run { test in
      let seed = try await Seed(test)
      let routes = Features.routes(of: test.appliance.makeFeatures()).filter { $0.method != .get }
      let byName = Dictionary(routes.map { ("\($0.method.rawValue) \($0.path)", $0) }) { first, _ in first }
      let changes = seed.changes
      let consoles = ConsoleStandIn(test.appliance.host)
      defer { withExtendedLifetime(consoles) {} }
      let tables = test.appliance.tables.map(\.path)
      let expected = byName.filter { name, route in
        // EveryResourceTests change the tables.
        !Self.changesElsewhere.contains(name) && !Self.hasOwnTests(route)
          && !tables.contains { route.path.hasPrefix($0) }
      }
      #expect(Set(changes.map(\.0)) == Set(expected.keys))
      for (name, body) in changes {
        let route = try #require(byName[name], "\(name)")
        let client = seed.client(for: route)
        let answer =
          route.request == nil && !route.consumes.isEmpty
          ? try await client.send("POST", route.path, content: Array("more".utf8), type: "text/plain")
          : try await client.send(route.method.rawValue, seed.path(route), body)
        #expect((200..<300).contains(answer.status), "\(name): \(answer.text)")
        #expect(answer.isJSON && Contract.operations.contains(name), "\(name)")
        if route.path.hasPrefix("/api/vms/"), route.method != .delete {
          _ = try await test.until(seed.lea, "/api/vms") {
            $0.json["vms"]?.array?.allSatisfy(Self.isIdle) == true
          }
        }
      }
    }
  }

  private static func isIdle(_ machine: JSONValue) -> Bool { machine["job"]?.isNull == true }

  private static func query(_ route: Route) -> String {
    switch route.path {
    case "/api/chat/search", "/api/search": "?q=hello"
    case "/api/search/users": "?q=lea"
    case _ where route.path.hasPrefix("/api/search/"): "?q=row"
    case "/api/monitoring/history", "/api/vms/:id/history": "?hours=1"
    default: ""
    }
  }

  /// Whether there is anything in an answer that a schema can be wrong about.
  private static func isFull(_ json: JSONValue) -> Bool {
    switch json {
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    default: false
    }
  }
}
