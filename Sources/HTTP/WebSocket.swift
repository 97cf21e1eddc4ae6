import Synchronization

/// One client's WebSocket, usable from any thread; messages are sent in order.
public final class WebSocket: Sendable {
  public let id: UInt64
  public let peerAddress: String
  let engine: Engine
  private let maxQueued: Int
  private let state = Mutex(State())
  private let heard = Atomic<Int64>(Clock.coarseMilliseconds)
  // Set and read on the loop's thread only.
  nonisolated(unsafe) var channel: SocketChannel?

  private struct State {
    /// Frames not yet passed to libevent.
    var queue: [Frame] = []
    var queuedBytes = 0
    var droppableCount = 0
    /// Bytes passed to libevent but not yet taken by the kernel.
    var bufferedBytes = 0
    var pongCount = 0
    /// The latest pong that did not fit in the queue.
    var latePong: Frame?
    var isDirty = false
    var isClosing = false
    var subprotocol: String?

    var total: Int { queuedBytes + bufferedBytes }

    /// Returns true when the loop must be told.
    mutating func append(_ frame: Frame) -> Bool {
      queue.append(frame)
      queuedBytes += frame.cost
      if frame.droppable { droppableCount += 1 }
      defer { isDirty = true }
      return !isDirty
    }

    mutating func dropDroppable() {
      guard droppableCount > 0 else { return }
      queue.removeAll { $0.droppable }
      queuedBytes = queue.reduce(0) { $0 + $1.cost }
      droppableCount = 0
    }

    mutating func dropAll() {
      (queue, queuedBytes, droppableCount, pongCount, latePong) = ([], 0, 0, 0, nil)
    }
  }

  private enum Outcome { case nothing, dirty, overflow }

  init(id: UInt64, peerAddress: String, engine: Engine, maxQueued: Int) {
    self.id = id
    self.peerAddress = peerAddress
    self.engine = engine
    self.maxQueued = maxQueued
  }

  /// Queues a message; ignored after a close. When the peer reads too slowly, older droppable messages are
  /// dropped first, then the socket is closed with 1013.
  public func send(_ frame: Frame) {
    let outcome = state.withLock { state -> Outcome in
      guard !state.isClosing else { return .nothing }
      if state.total + frame.cost > maxQueued {
        state.dropDroppable()
        guard state.total + frame.cost <= maxQueued else {
          if frame.droppable { return .nothing }
          state.isClosing = true
          state.dropAll()
          return .overflow
        }
      }
      return state.append(frame) ? .dirty : .nothing
    }
    switch outcome {
    case .nothing: break
    case .dirty: engine.markDirty(self)
    case .overflow: engine.loop.run { self.channel?.close(code: 1013, reason: "too slow") }
    }
  }

  public func send(text: String) { send(Frame(text: text)) }

  /// Closes the socket: queued messages are still sent, received ones are ignored.
  public func close(code: UInt16 = 1000, reason: String = "") {
    let isFirst = state.withLock { state in
      defer { state.isClosing = true }
      return !state.isClosing
    }
    if isFirst { engine.loop.run { self.channel?.close(code: code, reason: reason) } }
  }

  /// Bytes that are queued and not yet taken by the network, with what keeping each frame takes.
  public var queuedBytes: Int { state.withLock { $0.total } }

  /// When the peer last sent anything, in milliseconds of the monotonic clock.
  public var lastHeard: Int64 { heard.load(ordering: .relaxed) }

  /// Whether the socket is being closed, by either side.
  public var isClosing: Bool { state.withLock { $0.isClosing } }

  /// The subprotocol of the handshake's response; must be set while accepting.
  public var subprotocol: String? {
    get { state.withLock { $0.subprotocol } }
    set { state.withLock { $0.subprotocol = newValue } }
  }
}

extension WebSocket {
  func noteHeard() { heard.store(Clock.coarseMilliseconds, ordering: .relaxed) }

  /// Queues a ping, pong or close frame, also while closing.
  func sendControl(_ frame: Frame) {
    if state.withLock({ $0.append(frame) }) { engine.markDirty(self) }
  }

  /// Answers a ping. Pongs are bounded: of a peer that pings and does not read, only the latest and a few
  /// others are kept.
  func sendPong(_ payload: [UInt8]) {
    let frame = Frame(.pong, payload: payload)
    let isNew = state.withLock { state in
      guard state.pongCount < Self.mostPongs else {
        state.latePong = frame
        return false
      }
      state.pongCount += 1
      return state.append(frame)
    }
    if isNew { engine.markDirty(self) }
  }

  func refuseFurther() { state.withLock { $0.isClosing = true } }

  /// Takes the next frames in order, about `bytes` in total; empty when there are none.
  func take(_ bytes: Int) -> [Frame] {
    state.withLock { state in
      state.isDirty = false
      if state.queuedBytes <= bytes, state.queue.count <= Self.mostAtOnce {
        defer { state.dropAll() }
        return state.latePong.map { state.queue + [$0] } ?? state.queue
      }
      var taken = 0
      var count = 0
      while count < min(state.queue.count, Self.mostAtOnce), taken < bytes {
        taken += state.queue[count].cost
        if state.queue[count].droppable { state.droppableCount -= 1 }
        count += 1
      }
      let batch = Array(state.queue.prefix(count))
      state.queue.removeFirst(count)
      state.queuedBytes -= taken
      return batch
    }
  }

  /// The kernel accepts at most 1024 buffers in one call.
  private static let mostAtOnce = 256
  private static let mostPongs = 64

  func noteBuffered(_ bytes: Int) { state.withLock { $0.bufferedBytes = bytes } }

  func forgetQueue() { state.withLock { $0.dropAll() } }
}
