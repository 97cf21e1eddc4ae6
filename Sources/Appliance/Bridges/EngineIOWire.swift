import HTTP
import Synchronization

/// Receives the events of an Engine.IO session, on the loop's thread.
protocol EngineIOOwner: AnyObject, Sendable {
  func received(_ message: String)
  /// Called exactly once.
  func ended()
}

/// An Engine.IO session with its polls, WebSocket and timer: performs the actions of the state machine.
///
/// Everything runs on the loop's thread unless stated otherwise.
final class EngineIOWire: Sendable {
  private struct State {
    var session: EngineIO
    weak var owner: (any EngineIOOwner)?
    var polls: [CheckedContinuation<[Frame], Never>] = []
    var socket: WebSocket?
    var candidate: WebSocket?
    var timer: LoopTimer?
    var timerIsFor: ContinuousClock.Instant?
    var farewell: (code: UInt16, reason: String) = (1000, "")
  }

  private let loop: Loop
  private let state: Mutex<State>

  init(_ transport: EngineIO.Transport, limits: EngineIOLimits, loop: Loop, socket: WebSocket? = nil) {
    self.loop = loop
    let session = EngineIO(transport, limits: limits, at: .now)
    state = Mutex(State(session: session, socket: socket))
  }

  /// Starts the session and its heartbeat.
  func open(owner: any EngineIOOwner) {
    state.withLock { $0.owner = owner }
    perform([])
  }

  var transport: EngineIO.Transport { state.withLock { $0.session.transport } }
  var isOpen: Bool { state.withLock { $0.session.isOpen } }
  var queuedBytes: Int { state.withLock { $0.session.queuedBytes + ($0.socket?.queuedBytes ?? 0) } }

  /// Waits for the next packets.
  func poll() async -> [Frame] {
    await withCheckedContinuation { continuation in
      let actions = state.withLock { state in
        state.polls.append(continuation)
        return state.session.poll()
      }
      perform(actions)
    }
  }

  /// Handles the body of a POST; false when it is malformed.
  func receive(_ payload: [UInt8]) -> Bool {
    apply { $0.receive(payload: payload, at: .now) }
  }

  func send(_ frames: [Frame]) {
    perform(state.withLock { $0.session.send(frames) })
  }

  /// Ends the session with final packets. A WebSocket is closed with `code`.
  func leave(saying last: [Frame] = [], code: UInt16 = 1000, reason: String = "") {
    perform(
      state.withLock { state in
        state.farewell = (code, reason)
        return state.session.leave(saying: last, at: .now)
      })
  }

  /// Offers a WebSocket for an upgrade from polling; returns false when the session cannot be upgraded.
  func offer(_ candidate: WebSocket) -> Bool {
    let isWanted = state.withLock { state in
      guard state.session.mayUpgrade else { return false }
      state.candidate = candidate
      state.session.candidateCame(at: .now)
      return true
    }
    perform([])
    return isWanted
  }

  /// Runs a handler of client input; when the input is malformed, ends the session and returns false.
  private func apply(_ body: (inout EngineIO) -> [EngineIO.Action]?) -> Bool {
    let (actions, isGood) = state.withLock { state in
      if let actions = body(&state.session) { return (actions, true) }
      state.farewell = (1002, "")
      return (state.session.over(), false)
    }
    perform(actions)
    return isGood
  }

  private func perform(_ actions: [EngineIO.Action]) {
    for action in actions {
      switch action {
      case .answer(let frames):
        let poll = state.withLock { $0.polls.isEmpty ? nil : $0.polls.removeFirst() }
        poll?.resume(returning: frames)
      case .send(let frame): state.withLock { $0.socket }?.send(frame)
      case .sendToCandidate(let frame): state.withLock { $0.candidate }?.send(frame)
      case .dropCandidate:
        let dropped = state.withLock { state in
          defer { state.candidate = nil }
          return state.candidate
        }
        dropped?.close()
      case .adoptCandidate:
        state.withLock { state in
          state.socket = state.candidate
          state.candidate = nil
        }
      case .deliver(let message): state.withLock { $0.owner }?.received(message)
      case .end: end()
      }
    }
    schedule()
  }

  private func end() {
    let (owner, socket, timer, farewell) = state.withLock { state in
      defer { (state.owner, state.socket, state.timer, state.timerIsFor) = (nil, nil, nil, nil) }
      return (state.owner, state.socket, state.timer, state.farewell)
    }
    timer?.cancel()
    socket?.close(code: farewell.code, reason: farewell.reason)
    owner?.ended()
  }

  /// One timer, set to the earliest deadline.
  private func schedule() {
    let old: LoopTimer? = state.withLock { state in
      let due = state.session.deadline
      guard state.owner != nil, due < state.timerIsFor ?? due + .seconds(1) else { return nil }
      let old = state.timer
      state.timerIsFor = due
      state.timer = loop.timer(after: max(.zero, due - .now)) { [weak self] in self?.tick() }
      return old
    }
    old?.cancel()
  }

  private func tick() {
    perform(
      state.withLock { state in
        (state.timer, state.timerIsFor) = (nil, nil)
        return state.session.tick(at: .now)
      })
  }
}

extension EngineIOWire: WebSocketDelegate {
  func received(text: String, on socket: WebSocket) {
    let isCandidate = state.withLock { $0.candidate === socket }
    if isCandidate { return perform(state.withLock { $0.session.candidateSaid(text) }) }
    guard state.withLock({ $0.socket === socket }) else { return }
    _ = apply { $0.receive(Substring(text), at: .now) }
  }

  /// Binary data is not supported.
  func received(binary: [UInt8], on socket: WebSocket) {}

  func closed(_ socket: WebSocket, code: UInt16?) {
    perform(
      state.withLock { state in
        if state.candidate === socket {
          state.candidate = nil
          state.session.candidateLeft()
          return []
        }
        return state.socket === socket ? state.session.over() : []
      })
  }
}
