import HTTP
import Testing

@testable import Appliance

extension TestWebSocket {
  func send(text: String) throws { try send(bytes: Array(text.utf8)) }
}

/// An Engine.IO client that polls.
struct Polling: Sendable {
  let client: TestClient
  let sid: String

  private var path: String { "/socket.io/?EIO=4&transport=polling&sid=\(sid)" }

  static func open(_ client: TestClient) async throws -> Polling {
    let answer = try await client.get("/socket.io/?EIO=4&transport=polling")
    let open = JSONValue(parsing: Array(answer.body.dropFirst()))
    #expect(answer.body.first == UInt8(ascii: "0"))
    #expect(open?["upgrades"] == ["websocket"])
    guard let sid = open?["sid"]?.string else { throw TestClient.Broken(reason: answer.text) }
    return Polling(client: client, sid: sid)
  }

  static func signedIn(_ client: TestClient) async throws -> Polling {
    let session = try await open(client)
    try await session.say("40{\"token\":\"\(client.token ?? "")\"}")
    #expect(try await session.hear().first?.hasPrefix("40{\"sid\":\"") == true)
    return session
  }

  @discardableResult
  func say(_ text: String) async throws -> TestClient.Answer {
    try await client.send("POST", path, content: Array(text.utf8), type: "text/plain;charset=UTF-8")
  }

  func poll() async throws -> TestClient.Answer { try await client.get(path) }

  /// The packets of the next poll.
  func hear() async throws -> [String] {
    try await poll().text.split(separator: "\u{1e}").map(String.init)
  }
}
