/// The bounds of one WebSocket.
public struct WebSocketLimits: Sendable {
  /// Bytes of one message, all fragments together.
  public var maxMessage: Int
  /// Bytes that wait to be sent, with what keeping each frame takes; over it droppable frames are dropped, then
  /// the socket is closed with 1013.
  public var maxQueued: Int
  /// A peer silent for this long is pinged.
  public var pingEvery: Duration
  /// A peer silent for this long is dead.
  public var deadAfter: Duration
  /// How long a closing peer may take to read what is left and to say goodbye.
  public var patience: Duration

  /// A peer that is gone is noticed within ten seconds: the connections are looked at once a second.
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

/// What a WebSocket tells its owner, all on the loop's thread.
public protocol WebSocketDelegate: AnyObject, Sendable {
  /// The 101 has been handed over; frames may have been sent before.
  func opened(_ socket: WebSocket)
  func received(text: String, on socket: WebSocket)
  func received(binary: [UInt8], on socket: WebSocket)
  /// Exactly once. The peer's or our own code; nil when the peer vanished.
  func closed(_ socket: WebSocket, code: UInt16?)
}

extension WebSocketDelegate {
  public func opened(_ socket: WebSocket) {}
  public func received(binary: [UInt8], on socket: WebSocket) { socket.close(code: 1003, reason: "") }
}
