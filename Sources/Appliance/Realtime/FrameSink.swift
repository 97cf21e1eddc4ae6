import HTTP

/// Where the frames of the hub go: a client's socket, or a bridge that says the same in other words.
///
/// Usable from any thread; what is sent keeps its order.
protocol FrameSink: AnyObject, Sendable {
  /// The number of the request that opened it.
  var id: UInt64 { get }
  var peerAddress: String { get }
  /// Bytes that wait to be taken by the network.
  var queuedBytes: Int { get }
  /// Whether nothing that is sent from here on arrives.
  var isClosing: Bool { get }

  /// Queues a frame of `/ws`. Who reads too slowly first loses the droppable ones, then the connection.
  func send(_ frame: Frame)

  /// Ends it once what is queued is sent.
  func close(code: UInt16, reason: String)
}

extension WebSocket: FrameSink {}
