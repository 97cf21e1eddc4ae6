import Synchronization

/// One client's WebSocket, usable from any thread; what is sent keeps its order.
public final class WebSocket: Sendable {
  public let id: UInt64
  public let peerAddress: String

  init(id: UInt64, peerAddress: String) {
    self.id = id
    self.peerAddress = peerAddress
  }

  /// Queues a message; after a close it goes nowhere.
  public func send(_ frame: Frame) {}

  public func send(text: String) { send(Frame(text: text)) }

  /// Ends the socket: what is queued is still sent, nothing more is received.
  public func close(code: UInt16 = 1000, reason: String = "") {}

  public func ping() {}

  /// Bytes that are queued and not yet taken by the network.
  public var queuedBytes: Int { 0 }

  /// When the peer last said anything.
  public var lastHeard: ContinuousClock.Instant { .now }
}
