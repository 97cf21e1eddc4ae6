import HTTP

/// A receiver of the hub's frames: a client's WebSocket, or a bridge that translates them.
///
/// Usable from any thread; frames are sent in order.
protocol FrameSink: AnyObject, Sendable {
  /// The id of the request that opened it.
  var id: UInt64 { get }
  var peerAddress: String { get }
  /// Bytes waiting to be sent.
  var queuedBytes: Int { get }
  /// Whether it is being closed, so that further frames are not delivered.
  var isClosing: Bool { get }

  /// Queues a frame of `/ws`. A receiver that reads too slowly first loses droppable frames, then the
  /// connection.
  func send(_ frame: Frame)

  /// Closes it after the queued frames are sent.
  func close(code: UInt16, reason: String)

  /// The role or the rights of its person may have changed.
  func accountChanged(_ account: Account)
}

extension FrameSink {
  func accountChanged(_ account: Account) {}
}

extension WebSocket: FrameSink {}
