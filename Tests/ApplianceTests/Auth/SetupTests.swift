import HTTP
import Testing

@testable import Appliance

/// The setup form's choices other than the first admin's account.
@Suite(.timeLimit(.minutes(30))) struct SetupTests {
  private static let machine: JSONValue = [
    "name": "web", "os_type": "debian", "version": "12", "vcpu": 1, "memory": 512, "disk_size": 10,
  ]

  @Test func `admins create no machines unless the form or the configuration allows it`() async throws {
    for (configured, chosen, isAllowed) in [
      (nil, nil, false), (nil, false, false), ("false", true, false), (nil, true, true), ("true", nil, true),
    ] as [(String?, Bool?, Bool)] {
      let settings = configured.map { ["ADMIN_MACHINES": $0] } ?? [:]
      try await TestAppliance.run(settings: settings) { test in
        let (boss, asks) = try await Self.setUp(test, adminMachines: chosen)
        #expect(asks == (configured == nil))
        let quota = try await boss.get("/api/host").json["quota"]
        #expect(quota?["canCreate"]?.bool == isAllowed)
        #expect((quota?["reason"]?.string != nil) == !isAllowed)
        let made = try await boss.post("/api/vms", Self.machine)
        #expect(made.status == (isAllowed ? 202 : 403))
        #expect(made.code == (isAllowed ? nil : "ADMINS_DO_NOT_CREATE"))
      }
    }
  }

  @Test func `the response says whether a person has stored settings`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await lea.get("/api/auth/me").json["hasSettings"]?.bool == false)
      #expect(try await lea.get("/api/user/settings").status == 404)
      #expect(try await lea.put("/api/user/settings", ["theme": "dark"]).status == 200)
      #expect(try await lea.get("/api/auth/me").json["hasSettings"]?.bool == true)
      #expect(try await test.signIn("lea", with: lea).json["hasSettings"]?.bool == true)
    }
  }

  /// Returns the first admin, and whether the form asks about machines.
  private static func setUp(
    _ test: TestAppliance, adminMachines: Bool?
  ) async throws -> (boss: TestClient, asks: Bool?) {
    let link = try #require(try await SetupFeature.link(test.appliance.site, test.appliance.database))
    let token = String(try #require(link.firstMatch(of: /token=(.+)$/)?.1))
    let asks = try await test.client.get("/api/setup?token=\(token)").json["asksAdminMachines"]?.bool
    var body: [String: JSONValue] = [
      "token": .string(token), "username": "boss", "name": "Boss", "email": "boss@example.org",
      "password": .string(TestAppliance.password),
    ]
    body["adminMachines"] = adminMachines.map { .bool($0) }
    let made = try await test.client.post("/api/setup", .object(body))
    #expect(made.status == 201)
    return (test.client.signedIn(made.json["token"]?.string), asks)
  }
}
