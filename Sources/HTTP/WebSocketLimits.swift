/// Limits of one WebSocket.
public struct WebSocketLimits: Sendable {
  /// Maximum bytes of one message, all fragments together.
  public var maxMessage: Int
  /// Maximum bytes waiting to be sent, including the memory overhead of each frame; beyond it droppable
  /// frames are dropped, then the socket is closed with 1013.
  public var maxQueued: Int
  /// Silence after which the peer is pinged.
  public var pingEvery: Duration
  /// Silence after which the peer is considered dead.
  public var deadAfter: Duration
  /// Time a closing peer has to read the rest and to answer the close frame.
  public var patience: Duration

  /// With the defaults a dead peer is noticed within ten seconds; connections are checked once a second.
  public init(
    maxMessage: Int = 256 << 10, maxQueued: Int = 1 << 20, pingEvery: Duration = .milliseconds(4500),
    deadAfter: Duration = .milliseconds(8500), patience: Duration = .seconds(3)
  ) {
    self.maxMessage = maxMessage
    self.maxQueued = maxQueued
    self.pingEvery = pingEvery
    self.deadAfter = deadAfter
    self.patience = patience
  }
}

/// Receives a WebSocket's events, all on the loop's thread.
public protocol WebSocketDelegate: AnyObject, Sendable {
  /// The 101 has been sent; frames may have been queued before.
  func opened(_ socket: WebSocket)
  func received(text: String, on socket: WebSocket)
  func received(binary: [UInt8], on socket: WebSocket)
  /// Frames were passed to the network, and what still waits is in `queuedBytes`. Called after all of them at the
  /// latest.
  func flushed(_ socket: WebSocket)
  /// Called exactly once with the peer's or our close code; nil when the connection broke.
  func closed(_ socket: WebSocket, code: UInt16?)
}

extension WebSocketDelegate {
  public func opened(_ socket: WebSocket) {}
  public func flushed(_ socket: WebSocket) {}
  public func received(binary: [UInt8], on socket: WebSocket) { socket.close(code: 1003, reason: "") }
}
