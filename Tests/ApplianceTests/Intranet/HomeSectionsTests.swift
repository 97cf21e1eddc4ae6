import HTTP
import Testing

@testable import Appliance

/// The sections of the home page about messages and requests.
@Suite(.timeLimit(.minutes(30))) struct HomeSectionsTests {
  @Test func `home counts unread messages and lists pending requests assigned to the reader`() async throws {
    try await ComplaintsTests.office { office in
      func home(_ client: TestClient) async throws -> JSONValue { try await client.get("/api/home").json }
      #expect(try await home(office.max)["messages"]?["unread"]?.int == 0)
      _ = try await InternalMessagesTests.send(office.lea, to: "max", office.test)
      let id = try await office.submit()
      let toMax: JSONValue = ["assignedToId": .integer(try await office.test.id("max"))]
      _ = try await office.boss.put("\(ComplaintsTests.path)/\(id)/assign", toMax)
      #expect(try await home(office.max)["messages"]?["unread"]?.int == 1)
      #expect(try await home(office.max)["requests"]?["assigned"] == [["id": .string(id), "title": "Clim"]])
      #expect(try await home(office.lea)["requests"]?["assigned"] == [])
      for status in ["in_progress", "resolved"] {
        _ = try await office.max.put("\(ComplaintsTests.path)/\(id)/status", ["status": .string(status)])
      }
      #expect(try await home(office.max)["requests"]?["assigned"] == [])
      _ = try await office.boss.send(
        "PATCH", "/api/system-settings", ["showMessages": false, "showComplaints": false])
      let last = try await home(office.max)
      #expect(last["messages"] == nil && last["requests"] == nil)
    }
  }
}
