import TestSupport
import Testing

@testable import HTTP

/// The cases of the Autobahn test suite, by number. The suite itself needs Python 2, and cannot run here.
@Suite struct AutobahnTests {
  /// Echoes text and binary messages.
  final class Echo: WebSocketDelegate {
    func received(text: String, on socket: WebSocket) { socket.send(text: text) }
    func received(binary: [UInt8], on socket: WebSocket) { socket.send(Frame(binary: binary)) }
    func closed(_ socket: WebSocket, code: UInt16?) {}
  }

  /// The resulting actions when the bytes arrive in pieces whose sizes come from `next`.
  private func actions(_ bytes: [UInt8], next: () -> Int) -> [WebSocketMachine.Action] {
    var machine = WebSocketMachine(maxMessage: AutobahnCase.maxMessage)
    var actions: [WebSocketMachine.Action] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + max(1, next()))
      bytes.withUnsafeBufferPointer {
        actions += machine.receive(UnsafeBufferPointer(rebasing: $0[start..<end]))
      }
      start = end
    }
    return actions
  }

  @Test(arguments: AutobahnCase.all) func `the case passes with all bytes at once`(_ test: AutobahnCase) {
    #expect(actions(test.bytes) { .max / 2 } == test.expected)
  }

  @Test(arguments: AutobahnCase.all) func `the case passes byte by byte`(_ test: AutobahnCase) {
    // Long inputs are split into bytes only at their start and end.
    var given = 0
    let found = actions(test.bytes) {
      let isInTheMiddle = given > 500 && given < test.bytes.count - 2000
      defer { given += isInTheMiddle ? 997 : 1 }
      return isInTheMiddle ? 997 : 1
    }
    #expect(found == test.expected)
  }

  @Test(arguments: AutobahnCase.all) func `the case passes in random pieces`(_ test: AutobahnCase) {
    for seed in UInt64(1)...3 {
      var generator = SeededRandom(seed: seed)
      let largest = [7, 300, 5000][Int(seed) - 1]
      #expect(
        actions(test.bytes) { Int.random(in: 1...max(largest, test.bytes.count / 200), using: &generator) }
          == test.expected,
        "seed \(seed)")
    }
  }

  @Test func `every case passes over a connection`() async throws {
    try await serving { server in
      for test in AutobahnCase.all {
        let client = try server.client()
        #expect(try await client.exchange(WebSocketTests.handshake).status == 101)
        let goodbye = test.ends ? [] : ClientFrame.close(1000).bytes
        async let sent = client.send(test.bytes + goodbye)
        let answer = test.ends ? [] : Frame.encoded(.close, payload: [0x03, 0xE8])
        #expect(try await client.rest() == test.answers + answer, "\(test.number)")
        _ = await sent
      }
    }
  }

  @Test(arguments: [
    "2.10", "3.4", "4.2.2", "5.19", "6.2.2", "6.20.1", "7.1.6", "7.3.6", "9.4.3", "9.x, one byte over",
  ])
  func `the case passes over TLS`(_ number: String) async throws {
    let test = try #require(AutobahnCase.all.first { $0.number == number })
    try await TLSTests.serving([Self.route]) { server in
      let goodbye = test.ends ? [] : ClientFrame.close(1000).bytes
      let answer = try await TLSTests.exchange(
        server.port, Array(WebSocketTests.handshake.utf8) + test.bytes + goodbye)
      let expected = test.answers + (test.ends ? [] : Frame.encoded(.close, payload: [0x03, 0xE8]))
      #expect(answer.suffix(expected.count) == expected[...])
    }
  }

  private static let route = Route.webSocket(
    "/ws", .everyone, "socket",
    limits: WebSocketLimits(
      maxMessage: AutobahnCase.maxMessage, maxQueued: 4 << 20, pingEvery: .seconds(600),
      deadAfter: .seconds(600))
  ) { _, _ in Echo() }

  private func serving(_ test: (TestServer) async throws -> Void) async throws {
    try await TestServer.run([Self.route], test)
  }
}
