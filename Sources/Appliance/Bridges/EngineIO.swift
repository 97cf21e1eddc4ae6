import HTTP

/// The state machine of one Engine.IO 4 session, without I/O: input in, actions out.
///
/// A frame is one packet: a digit for its type, followed by its text.
/// https://socket.io/docs/v4/engine-io-protocol/
struct EngineIO: Sendable {
  enum Transport: String, Sendable {
    case polling, websocket
  }

  enum Action: Sendable {
    /// Answer the waiting poll.
    case answer([Frame])
    /// Send over the session's WebSocket.
    case send(Frame)
    /// Send over the WebSocket of an upgrade in progress.
    case sendToCandidate(Frame)
    case dropCandidate
    case adoptCandidate
    /// Pass a message to the owner.
    case deliver(String)
    /// The session is over; close its socket. Issued once.
    case end
  }

  private enum Phase { case open, leaving, over }
  private enum Candidate { case none, silent, probed }

  private(set) var transport: Transport
  /// When `tick` must be called next.
  var deadline: ContinuousClock.Instant { min(heartbeat, candidateUntil ?? heartbeat) }

  private let limits: EngineIOLimits
  private var phase = Phase.open
  private var candidate = Candidate.none
  private var candidateUntil: ContinuousClock.Instant?
  /// When the next ping is due or, after a ping, when the pong is overdue.
  private var heartbeat: ContinuousClock.Instant
  private var isPinged = false
  private var isPolled = false
  private var queue: [Frame] = []
  private(set) var queuedBytes = 0

  init(_ transport: Transport, limits: EngineIOLimits, at now: ContinuousClock.Instant) {
    self.transport = transport
    self.limits = limits
    heartbeat = now + limits.pingInterval
  }

  var isOpen: Bool { phase == .open }

  /// Whether a WebSocket may start an upgrade from polling.
  var mayUpgrade: Bool { phase == .open && transport == .polling && candidate == .none }

  /// Handles a poll. An earlier poll that is still waiting is answered with a noop.
  mutating func poll() -> [Action] {
    guard phase != .over, transport == .polling else { return [.answer([Packet.noop])] }
    let older: [Action] = isPolled ? [.answer([Packet.noop])] : []
    isPolled = true
    return older + flush()
  }

  /// Handles the body of a POST: packets separated by `\u{1e}`. Returns nil when it is malformed; the session
  /// must then be ended.
  mutating func receive(payload: [UInt8], at now: ContinuousClock.Instant) -> [Action]? {
    guard let text = String(validating: payload, as: UTF8.self), !text.isEmpty else { return nil }
    var actions: [Action] = []
    for packet in text.split(byte: "\u{1e}", omittingEmptySubsequences: false) {
      guard let more = receive(packet, at: now) else { return nil }
      actions += more
    }
    return actions
  }

  /// Handles one packet. Returns nil when it is malformed.
  mutating func receive(_ packet: Substring, at now: ContinuousClock.Instant) -> [Action]? {
    guard phase == .open else { return [] }
    switch packet.unicodeScalars.first {
    case "1": return over()
    case "3":
      isPinged = false
      heartbeat = now + limits.pingInterval
      return []
    case "4": return [.deliver(String(packet.unicodeScalars.dropFirst()))]
    // Binary data in base64 is not supported. Upgrade packets and noops are ignored here.
    case "b", "5", "6": return []
    default: return nil
    }
  }

  /// Sends packets, or queues them for the next poll.
  mutating func send(_ frames: [Frame]) -> [Action] {
    guard phase == .open else { return [] }
    guard transport == .polling else { return frames.map(Action.send) }
    for frame in frames {
      if queuedBytes + frame.count > limits.maxQueued { dropDroppable() }
      if queuedBytes + frame.count > limits.maxQueued {
        if frame.droppable { continue }
        return over()
      }
      queue.append(frame)
      queuedBytes += frame.count
    }
    return flush()
  }

  /// Ends the session with final packets. With polling, these wait for a poll for a limited time.
  mutating func leave(saying last: [Frame] = [], at now: ContinuousClock.Instant) -> [Action] {
    guard phase == .open else { return [] }
    guard transport == .polling else { return last.map(Action.send) + over() }
    phase = .leaving
    queue += last
    heartbeat = now + limits.farewell
    return dropCandidate() + flush()
  }

  /// Ends the session at once, after its transport was lost or the client violated the protocol.
  mutating func over() -> [Action] {
    guard phase != .over else { return [] }
    phase = .over
    let poll: [Action] = isPolled ? [.answer([Packet.noop])] : []
    isPolled = false
    dropAll()
    return dropCandidate() + poll + [.end]
  }

  /// Handles timeouts and pings that are due.
  mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    guard phase != .over else { return [] }
    var actions: [Action] = []
    if let until = candidateUntil, now >= until { actions += dropCandidate() }
    guard now >= heartbeat else { return actions }
    if isPinged || phase == .leaving { return actions + over() }
    isPinged = true
    heartbeat = now + limits.pingTimeout
    return actions + send([Packet.ping])
  }
}

/// The upgrade from polling to a WebSocket.
extension EngineIO {
  /// A WebSocket was opened for an upgrade.
  mutating func candidateCame(at now: ContinuousClock.Instant) {
    candidate = .silent
    candidateUntil = now + limits.upgradeTimeout
  }

  mutating func candidateSaid(_ packet: String) -> [Action] {
    switch (candidate, packet) {
    case (.silent, "2probe"):
      candidate = .probed
      // The client now waits for its poll to be answered before it completes the upgrade.
      return [.sendToCandidate(Packet.probed)] + flush()
    case (.probed, "5"):
      candidate = .none
      candidateUntil = nil
      let poll: [Action] = isPolled ? [.answer([Packet.noop])] : []
      isPolled = false
      transport = .websocket
      let waiting = queue
      dropAll()
      return poll + [.adoptCandidate] + waiting.map(Action.send)
    default: return dropCandidate()
    }
  }

  mutating func candidateLeft() {
    candidate = .none
    candidateUntil = nil
  }

  private mutating func dropCandidate() -> [Action] {
    guard candidate != .none else { return [] }
    candidateLeft()
    return [.dropCandidate]
  }

  /// Answers the waiting poll if there is something to send.
  private mutating func flush() -> [Action] {
    guard isPolled else { return [] }
    if phase == .leaving {
      isPolled = false
      let last = queue + [Packet.close]
      return [.answer(last)] + over()
    }
    guard !queue.isEmpty || candidate == .probed else { return [] }
    isPolled = false
    let frames = queue.isEmpty ? [Packet.noop] : queue
    dropAll()
    return [.answer(frames)]
  }

  private mutating func dropAll() {
    queue = []
    queuedBytes = 0
  }

  private mutating func dropDroppable() {
    queue.removeAll(where: \.droppable)
    queuedBytes = queue.reduce(0) { $0 + $1.count }
  }
}

/// Limits and timeouts of a session.
struct EngineIOLimits: Sendable {
  var pingInterval: Duration = .seconds(25)
  var pingTimeout: Duration = .seconds(20)
  /// Maximum duration of an upgrade.
  var upgradeTimeout: Duration = .seconds(10)
  /// How long the final packets wait for a poll.
  var farewell: Duration = .seconds(10)
  /// Maximum bytes of one POST, and of one message over a WebSocket.
  var maxPayload = 100_000
  /// Maximum bytes waiting for a poll.
  var maxQueued = 1 << 20
}

extension EngineIO {
  /// Constant packets.
  enum Packet {
    static let close = Frame(text: "1")
    static let ping = Frame(text: "2")
    static let probed = Frame(text: "3probe")
    static let noop = Frame(text: "6")

    /// The first packet of a session, with its id and settings.
    static func open(_ sid: String, _ transport: Transport, _ limits: EngineIOLimits) -> Frame {
      var json = JSONWriter()
      json.object { json in
        json.field("sid", sid)
        json.array("upgrades") { json in
          if transport == .polling { json.value(Transport.websocket.rawValue) }
        }
        json.field("pingInterval", Int(limits.pingInterval / .milliseconds(1)))
        json.field("pingTimeout", Int(limits.pingTimeout / .milliseconds(1)))
        json.field("maxPayload", limits.maxPayload)
      }
      return Frame(text: [UInt8(ascii: "0")] + json.bytes)
    }

    /// Packets as the body of a response.
    static func payload(_ frames: [Frame]) -> [UInt8] {
      Array(frames.map(\.payload).joined(separator: [0x1E]))
    }
  }
}
