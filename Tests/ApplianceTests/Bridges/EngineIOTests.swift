import HTTP
import Testing

@testable import Appliance

/// The state machine of an Engine.IO session: bytes and times in, actions out, without sockets or a clock.
@Suite struct EngineIOTests {
  private let start = ContinuousClock.now

  @Test(arguments: [
    "", "x", "0{}", "2", "2probe", "9", "4a\u{1e}", "\u{1e}4a", "4a\u{1e}\u{1e}4b", "{\"type\":\"auth\"}",
  ])
  func `a malformed packet is refused`(payload: String) {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(session.receive(payload: Array(payload.utf8), at: start) == nil)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(session.receive(payload: [0x34, 0xFF, 0xFE], at: start) == nil)
  }

  @Test func `binary and late packets are ignored`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    let actions = session.receive(payload: Array("bAQID\u{1e}5\u{1e}6\u{1e}4x".utf8), at: start)
    #expect(actions.map(words) == ["deliver x"])
    #expect(session.isOpen)
  }

  @Test func `a poll waits until there is something to send, and receives all of it`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(words(session.poll()).isEmpty)
    #expect(words(session.send([Frame(text: "4a"), Frame(text: "4b")])) == ["answer 4a|4b"])
    #expect(words(session.send([Frame(text: "4c")])).isEmpty)
    #expect(words(session.send([Frame(text: "4d")])).isEmpty)
    #expect(words(session.poll()) == ["answer 4c|4d"])
    #expect(session.queuedBytes == 0)
  }

  @Test func `a second poll answers the first with a noop, and nothing is lost`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(words(session.poll()).isEmpty)
    #expect(words(session.poll()) == ["answer 6"])
    #expect(words(session.send([Frame(text: "4a")])) == ["answer 4a"])
  }

  @Test func `a client that does not poll loses droppable frames first, then the session`() {
    var limits = EngineIOLimits()
    limits.maxQueued = 40
    var session = EngineIO(.polling, limits: limits, at: start)
    let words20 = String(repeating: "x", count: 16)
    #expect(words(session.send([Frame(text: words20, droppable: true)])).isEmpty)
    #expect(words(session.send([Frame(text: words20)])).isEmpty)
    #expect(words(session.send([Frame(text: words20)])).isEmpty)
    #expect(words(session.send([Frame(text: words20, droppable: true)])).isEmpty)
    #expect(session.queuedBytes == 36)
    #expect(words(session.send([Frame(text: words20)])) == ["end"])
    #expect(words(session.send([Frame(text: "4a")])).isEmpty)
    #expect(!session.isOpen)
  }

  @Test func `the server pings, and a client that does not answer is dropped`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(words(session.poll()).isEmpty)
    #expect(words(session.tick(at: start + .seconds(24))).isEmpty)
    #expect(session.deadline == start + .seconds(25))
    #expect(words(session.tick(at: start + .seconds(25))) == ["answer 2"])
    #expect(session.receive("3", at: start + .seconds(30))?.isEmpty == true)
    #expect(session.deadline == start + .seconds(55))
    #expect(words(session.tick(at: start + .seconds(55))).isEmpty)
    #expect(words(session.poll()) == ["answer 2"])
    #expect(words(session.poll()).isEmpty)
    #expect(words(session.tick(at: start + .seconds(74))).isEmpty)
    #expect(words(session.tick(at: start + .seconds(75))) == ["answer 6", "end"])
    #expect(words(session.tick(at: start + .seconds(100))).isEmpty)
  }

  @Test func `a client's close ends its poll and its session, once`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    _ = session.poll()
    #expect(session.receive("1", at: start).map(words) == ["answer 6", "end"])
    #expect(session.receive("4late", at: start)?.isEmpty == true)
    #expect(words(session.over()).isEmpty)
  }

  @Test func `the server's close follows the last packets, once they are polled`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    _ = session.send([Frame(text: "4a")])
    #expect(words(session.leave(saying: [Frame(text: "41")], at: start)).isEmpty)
    #expect(words(session.send([Frame(text: "4late")])).isEmpty)
    #expect(session.receive("4late", at: start)?.isEmpty == true)
    #expect(words(session.poll()) == ["answer 4a|41|1", "end"])

    var away = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(words(away.leave(at: start)).isEmpty)
    #expect(words(away.tick(at: start + .seconds(9))).isEmpty)
    #expect(words(away.tick(at: start + .seconds(10))) == ["end"])

    var socket = EngineIO(.websocket, limits: EngineIOLimits(), at: start)
    #expect(words(socket.leave(saying: [Frame(text: "41")], at: start)) == ["send 41", "end"])
  }

  /// ```
  /// polls                      the socket that wants to take over
  /// GET … waits
  ///                            2probe → 3probe
  /// ← 6
  ///   (what comes now waits)
  ///                            5 → it is the transport, and gets what waited
  /// ```
  @Test func `upgrading from polling to a WebSocket loses nothing`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    #expect(session.mayUpgrade)
    session.candidateCame(at: start)
    #expect(!session.mayUpgrade)
    _ = session.poll()
    #expect(words(session.candidateSaid("2probe")) == ["candidate 3probe", "answer 6"])
    #expect(words(session.send([Frame(text: "4a")])).isEmpty)
    #expect(words(session.candidateSaid("5")) == ["adopt", "send 4a"])
    #expect(session.transport == .websocket)
    #expect(words(session.send([Frame(text: "4b")])) == ["send 4b"])
    #expect(words(session.poll()) == ["answer 6"])
    #expect(!session.mayUpgrade)
  }

  @Test(arguments: [["5"], ["4x"], ["2probe", "2probe"], ["2probe", "3"], ["2"]])
  func `a WebSocket that sends anything else is closed, and polling continues`(packets: [String]) {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    session.candidateCame(at: start)
    var actions: [EngineIO.Action] = []
    for packet in packets { actions += session.candidateSaid(packet) }
    #expect(words(actions).last == "drop")
    #expect(session.transport == .polling)
    #expect(session.mayUpgrade)
    _ = session.poll()
    #expect(words(session.send([Frame(text: "4a")])) == ["answer 4a"])
  }

  @Test func `a WebSocket that does not complete the upgrade in time is closed`() {
    var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
    session.candidateCame(at: start)
    _ = session.candidateSaid("2probe")
    #expect(session.deadline == start + .seconds(10))
    #expect(words(session.tick(at: start + .seconds(10))) == ["drop"])
    #expect(words(session.poll()).isEmpty)
    #expect(session.isOpen)
  }

  private func words(_ actions: [EngineIO.Action]) -> [String] {
    func text(_ frame: Frame) -> String { String(decoding: frame.payload, as: UTF8.self) }
    return actions.map { action in
      switch action {
      case .answer(let frames): "answer " + frames.map(text).joined(separator: "|")
      case .send(let frame): "send " + text(frame)
      case .sendToCandidate(let frame): "candidate " + text(frame)
      case .dropCandidate: "drop"
      case .adoptCandidate: "adopt"
      case .deliver(let message): "deliver " + message
      case .end: "end"
      }
    }
  }
}

/// Translations of hub frames.
@Suite struct TranslationsTests {
  @Test func `a frame without equivalent has no translation`() {
    let words = Translations<Frame>(SocketIOWords.packets)
    for text in ["", "{}", "{\"type\":\"VM_STATS\"}", "{\"type\":\"VM_STATUS\",\"payload\":{}}"] {
      #expect(words.of(Frame(text: text)).isEmpty)
    }
  }

  @Test func `a frame is translated once for all receivers`() {
    let words = Translations<Frame>(SocketIOWords.packets)
    let frame = Frame(text: Frames.encode("VM_STATS") { $0.value(["vms": [["user_id": "7"]], "total": 1]) })
    let all = words.of(frame)
    #expect(all.count == 1)
    #expect(words.of(frame)[0] === all[0])
    let ones = words.of(frame, for: 8)
    #expect(ones[0] !== all[0])
    #expect(String(decoding: ones[0].payload, as: UTF8.self) == "42[\"vm-stats\",{\"total\":0,\"vms\":[]}]")
    #expect(words.of(Frame(text: frame.payload))[0] !== all[0])
  }

  @Test(arguments: [0, 1, 125, 126, 65_535, 65_536])
  func `the payload of a frame is the JSON it was made of`(length: Int) {
    let text = [UInt8](repeating: 0x61, count: length)
    #expect(Frame(text: text).payload == text)
  }
}

/// Socket.IO packets within Engine.IO messages.
@Suite struct SocketIOPacketTests {
  @Test(arguments: [
    "", "x", "9", "0[]", "2", "2{}", "2[]", "2[7]", "2[\"a\"", "5[\"a\"]", "5x-[]", "2/" + "n[\"a\"]",
    "0/" + String(repeating: "n", count: 300), "2" + String(repeating: "1", count: 16) + "[\"a\"]",
  ])
  func `a malformed packet is refused`(text: String) { #expect(SocketIOPacket(text) == nil) }

  @Test func `a packet is parsed into namespace, number and arguments`() {
    #expect(SocketIOPacket("0") == .connect(namespace: "/", auth: .null))
    #expect(
      SocketIOPacket("0/admin,{\"token\":null}")
        == .connect(namespace: "/admin", auth: ["token": .null]))
    #expect(SocketIOPacket("0/admin") == .connect(namespace: "/admin", auth: .null))
    #expect(SocketIOPacket("1") == .disconnect(namespace: "/"))
    #expect(
      SocketIOPacket("2[\"subscribe-vms\",17]")
        == .event(namespace: "/", name: "subscribe-vms", arguments: [17], ack: nil))
    #expect(
      SocketIOPacket("2/a,12[\"x\"]") == .event(namespace: "/a", name: "x", arguments: [], ack: 12))
    #expect(SocketIOPacket("51-[\"x\",{\"_placeholder\":true,\"num\":0}]") == .unused)
    #expect(SocketIOPacket("31[]") == .unused)
  }
}
