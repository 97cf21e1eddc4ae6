import Testing

@testable import HTTP

/// The WebSocket protocol without a socket.
@Suite struct WebSocketMachineTests {
  typealias Action = WebSocketMachine.Action

  private func receive(_ machine: inout WebSocketMachine, _ bytes: [UInt8]) -> [Action] {
    bytes.withUnsafeBufferPointer { machine.receive($0) }
  }

  private func receive(_ frames: ClientFrame..., maxMessage: Int = 1000) -> [Action] {
    var machine = WebSocketMachine(maxMessage: maxMessage)
    return receive(&machine, frames.flatMap(\.bytes))
  }

  private func failing(_ code: UInt16) -> [Action] {
    [.send(.close, [UInt8(code >> 8), UInt8(code & 255)]), .end(code: code)]
  }

  @Test(
    arguments: [
      (ClientFrame(opcode: 1, payload: [0x61], isMasked: false), 1002, "unmasked"),
      (ClientFrame(opcode: 1, payload: [0x61], reserved: 4), 1002, "reserved bit 1"),
      (ClientFrame(opcode: 1, payload: [0x61], reserved: 1), 1002, "reserved bit 3"),
      (ClientFrame(opcode: 3, payload: [0x61]), 1002, "unknown opcode"),
      (ClientFrame(opcode: 11, payload: [0x61]), 1002, "unknown control opcode"),
      (ClientFrame(opcode: 0, payload: [0x61]), 1002, "continuation of nothing"),
      (ClientFrame(opcode: 9, payload: [0x61], isFinal: false), 1002, "fragmented ping"),
      (ClientFrame(opcode: 9, payload: [UInt8](repeating: 1, count: 126)), 1002, "long ping"),
      (ClientFrame(opcode: 1, payload: [0xC3, 0x28]), 1007, "bad UTF-8"),
      (ClientFrame(opcode: 1, payload: [0xED, 0xA0, 0x80]), 1007, "a surrogate in UTF-8"),
      (ClientFrame(opcode: 1, payload: [0xE2, 0x82]), 1007, "cut UTF-8"),
      (ClientFrame(opcode: 2, payload: [UInt8](repeating: 1, count: 1001)), 1009, "too large"),
      (ClientFrame(opcode: 1, payload: [1], claimed: 1 << 62), 1009, "an absurd length"),
      (ClientFrame(opcode: 8, payload: [3]), 1002, "half a close code"),
      (ClientFrame.close(1005), 1002, "a close code that is never sent"),
      (ClientFrame.close(999), 1002, "a close code below all"),
      (ClientFrame.close(2000), 1002, "a close code of nobody"),
      (ClientFrame.close(5000), 1002, "a close code above all"),
      (ClientFrame.close(1000, [0xFF]), 1007, "a close reason of bad UTF-8"),
    ] as [(ClientFrame, UInt16, String)])
  func `a protocol violation ends the connection with its code`(
    _ frame: ClientFrame, _ code: UInt16, _ name: String
  ) {
    #expect(receive(frame, .text("after")) == failing(code))
  }

  @Test func `a length with its highest bit set is malformed`() {
    #expect(receive(ClientFrame(opcode: 2, payload: [1], claimed: 1 << 63)) == failing(1002))
  }

  @Test func `a length not in its shortest form is malformed`() {
    var machine = WebSocketMachine(maxMessage: 1000)
    #expect(receive(&machine, [0x81, 0xFE, 0x00, 0x05, 1, 2, 3, 4, 5, 6, 7, 8, 9]) == failing(1002))
  }

  @Test func `a new message inside a fragmented one is refused`() {
    #expect(receive(.text("a", isFinal: false), .text("b")) == failing(1002))
  }

  @Test func `the limit applies to all fragments together`() {
    let half = String(repeating: "x", count: 600)
    #expect(receive(.text(half, isFinal: false), .more(half, isFinal: true)) == failing(1009))
  }

  @Test func `messages arrive unchanged`() {
    #expect(receive(.text("hé"), .text(""), .text("c")) == [.text("hé"), .text(""), .text("c")])
    #expect(receive(ClientFrame(opcode: 2, payload: [0, 255])) == [.binary([0, 255])])
  }

  @Test(arguments: [125, 126, 127, 65_535, 65_536, 200_000])
  func `every length is parsed`(_ length: Int) {
    let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    #expect(receive(ClientFrame(opcode: 2, payload: payload), maxMessage: 300_000) == [.binary(payload)])
  }

  @Test func `fragments are joined, with control frames between them`() {
    let actions = receive(
      .text("one ", isFinal: false), .ping([1, 2]), .more("two ", isFinal: false),
      ClientFrame(opcode: 10, payload: []), .more("three", isFinal: true), .text("next"))
    #expect(actions == [.send(.pong, [1, 2]), .text("one two three"), .text("next")])
  }

  @Test func `a fragment may end within a character`() {
    let euro = Array("€".utf8)
    let actions = receive(
      ClientFrame(opcode: 1, payload: [euro[0]], isFinal: false),
      ClientFrame(opcode: 0, payload: Array(euro[1...])))
    #expect(actions == [.text("€")])
  }

  @Test func `any splitting of the bytes gives the same result`() {
    let bytes = [
      ClientFrame.text("a", isFinal: false), .ping(),
      .more(String(repeating: "b", count: 300), isFinal: true),
      .text("c"), .close(1000),
    ].flatMap(\.bytes)
    var whole = WebSocketMachine(maxMessage: 1000)
    let expected = receive(&whole, bytes)
    for size in [1, 2, 3, 5, 7, 100] {
      var machine = WebSocketMachine(maxMessage: 1000)
      var actions: [Action] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        actions += receive(&machine, Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(actions == expected)
    }
  }

  @Test func `a close frame is answered with its code, and nothing follows`() {
    let actions = receive(.close(1001, Array("bye".utf8)), .text("late"))
    #expect(actions == [.send(.close, [3, 0xE9]), .end(code: 1001)])
    #expect(receive(ClientFrame(opcode: 8, payload: [])) == [.send(.close, []), .end(code: 1005)])
  }

  @Test func `after our close frame nothing is delivered while waiting for the peer's`() {
    var machine = WebSocketMachine(maxMessage: 1000)
    #expect(machine.close(code: 1000, reason: "x") == [.send(.close, [3, 0xE8, 0x78]), .end(code: 1000)])
    #expect(machine.close(code: 1000, reason: "") == [])
    #expect(receive(&machine, ClientFrame.text("late").bytes + ClientFrame.ping().bytes) == [])
    #expect(!machine.hasEnded)
    #expect(receive(&machine, ClientFrame.close(1000).bytes) == [.end(code: 1000)])
    #expect(machine.hasEnded)
  }

  @Test func `a close reason is cut at a character boundary`() {
    let payload = Frame.closePayload(code: 1000, reason: String(repeating: "é", count: 100))
    #expect(payload.count == 124)
    #expect(String(validating: payload[2...], as: UTF8.self) != nil)
  }

  @Test func `random bytes never trap`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var machine = WebSocketMachine(maxMessage: 1000)
      let noise = (0..<Int.random(in: 1...300)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let masked = noise.enumerated().map { $0 == 1 ? $1 | 0x80 : $1 }
      _ = receive(&machine, masked)
      _ = receive(&machine, noise)
    }
  }
}
