import HTTP
import Store
import Testing

@testable import Appliance

extension TestWebSocket {
  /// Opens a socket with a Bearer token, like a client other than our page.
  static func open(
    _ test: TestAppliance, headers: [String: String] = [:], token: String? = nil
  ) async throws -> TestWebSocket {
    var client = test.client
    client.headers = ["Accept-Language": "en"].merging(headers) { _, new in new }
    if let token { client.headers["Authorization"] = "Bearer \(token)" }
    return try await open(client)
  }
}

/// `/ws` over a real socket: first errors, then what a person receives.
@Suite(.timeLimit(.minutes(30))) struct SocketTests {
  @Test func `an unauthenticated socket is greeted, but can request and receive nothing`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { $0.patience = .seconds(600) }
      let socket = try await TestWebSocket.open(test)
      _ = try await socket.next("CONNECTED")
      for topic in ["vms", "system", "presence", "job:1"] {
        try socket.send("SUBSCRIBE", ["topic": .string(topic)])
        #expect(try await socket.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
      }
      let lea = try await test.person("lea")
      _ = try await test.machine(of: lea)
      try socket.send("HEARTBEAT")
      #expect(await socket.next()?["type"]?.string == "HEARTBEAT_ACK")
    }
  }

  @Test func `a wrong token does not sign in, and a second one has no effect`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let socket = try await TestWebSocket.open(test)
      for payload: JSONValue in [[:], ["token": "guess"], ["token": 7], ["userId": "1"]] {
        try socket.send("AUTHENTICATE", payload)
        #expect(try await socket.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
      }
      try socket.send("AUTHENTICATE", ["token": .string(lea.token ?? "")])
      #expect(try await socket.next("AUTHENTICATED")["user"]?["username"]?.string == "lea")
      try socket.send("AUTHENTICATE", ["token": .string(sam.token ?? "")])
      #expect(try await socket.next("ERROR")["code"]?.string == "ALREADY_AUTHENTICATED")
    }
  }

  @Test(arguments: [
    ("not json", "MALFORMED_FRAME"), ("[]", "MALFORMED_FRAME"), ("{\"type\":7}", "MALFORMED_FRAME"),
    ("{\"type\":\"EXPLODE\"}", "UNKNOWN_TYPE"),
    ("{\"type\":\"SUBSCRIBE\",\"payload\":{\"topic\":\"job:-1\"}}", "UNKNOWN_TOPIC"),
    ("{\"type\":\"SUBSCRIBE\",\"payload\":{\"topic\":\"everything\"}}", "UNKNOWN_TOPIC"),
    ("{\"type\":\"SUBSCRIBE\"}", "UNKNOWN_TOPIC"),
    ("{\"type\":\"SUBSCRIBE\",\"payload\":{\"topic\":\"system\"}}", "FORBIDDEN"),
  ])
  func `an invalid frame is answered with an error, and the socket stays open`(frame: String, code: String)
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.open(test, token: lea.token)
      try socket.send(bytes: Array(frame.utf8))
      #expect(try await socket.next("ERROR")["code"]?.string == code)
      try socket.send(bytes: [1, 2, 3], opcode: 2)
      #expect(try await socket.next("ERROR")["code"]?.string == "MALFORMED_FRAME")
      try socket.send("HEARTBEAT")
      _ = try await socket.next("HEARTBEAT_ACK")
    }
  }

  @Test func `another site's page with our cookie is not signed in`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let cookie = lea.cookie
      let foreign = try await TestWebSocket.open(
        test, headers: ["Cookie": cookie, "Origin": "http://127.0.0.1:9999"])
      #expect(try await foreign.next("ERROR")["code"]?.string == "FOREIGN_ORIGIN")
      try foreign.send("SUBSCRIBE", ["topic": "vms"])
      #expect(try await foreign.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
      let own = try await TestWebSocket.open(
        test, headers: ["Cookie": cookie, "Origin": "http://127.0.0.1:\(test.port)"])
      #expect(try await own.next("AUTHENTICATED")["user"]?["username"]?.string == "lea")
    }
  }

  @Test func `a socket without sign-in is closed in time`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { $0.patience = .milliseconds(20) }
      let socket = try await TestWebSocket.open(test)
      #expect(await socket.ended() == 4401)
    }
  }

  @Test func `too many sockets of one person are refused, others are not`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { limits in
        limits.mostOfAccount = 2
        limits.mostUnauthenticated = 2
      }
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      var open: [TestWebSocket] = []
      for token in [lea.token, lea.token, nil, nil] {
        open.append(try await TestWebSocket.open(test, token: token))
      }
      let refusal = await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(test, token: lea.token)
      }
      #expect(refusal?.reason.contains(" 429 ") == true)
      #expect(refusal?.reason.contains("TOO_MANY_SOCKETS") == true)
      open.append(try await TestWebSocket.open(test, token: sam.token))
      try open[2].send("AUTHENTICATE", ["token": .string(lea.token ?? "")])
      #expect(await open[2].ended() == 1008)
      #expect(open.count == 5)
    }
  }

  @Test func `of too many unauthenticated sockets the oldest is closed`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { limits in
        limits.mostUnauthenticated = 2
        limits.patience = .seconds(600)
      }
      let lea = try await test.person("lea")
      let waiting = [try await TestWebSocket.open(test), try await TestWebSocket.open(test)]
      let third = try await TestWebSocket.open(test)
      #expect(await waiting[0].ended() == 1008)
      try third.send("AUTHENTICATE", ["token": .string(lea.token ?? "")])
      #expect(try await third.next("AUTHENTICATED")["user"]?["username"]?.string == "lea")
      try waiting[1].send("HEARTBEAT")
      _ = try await waiting[1].next("HEARTBEAT_ACK")
      // Once signed in, it no longer counts as unauthenticated.
      let fourth = try await TestWebSocket.open(test)
      try waiting[1].send("HEARTBEAT")
      _ = try await waiting[1].next("HEARTBEAT_ACK")
      withExtendedLifetime(fourth) {}
    }
  }

  @Test func `a client that floods the server loses its socket`() async throws {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { limits in
        limits.framesAtOnce = 5
        limits.framesEachSecond = 0
      }
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.open(test, token: lea.token)
      for _ in 0..<6 { try socket.send("HEARTBEAT") }
      #expect(try await socket.next("ERROR")["code"]?.string == "TOO_MANY_FRAMES")
      #expect(await socket.ended() == 1008)
    }
  }
}
