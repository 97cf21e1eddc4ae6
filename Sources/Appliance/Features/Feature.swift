import HTTP

/// One capability of the product: its routes, jobs, socket handlers, and what it does while the daemon runs.
/// All of it is data, collected once at start.
///
/// Features never call features: they share tables, topics of the hub and queues.
protocol Feature: Sendable {
  var routes: [Route] { get }

  /// The kinds of job that this feature runs.
  var jobs: [any JobKind] { get }

  /// Called after a socket has subscribed to a topic, to send it the current state.
  var onSubscribe: [SubscribeHandler] { get }

  /// The handlers of this feature's `/ws` frames, by type.
  var frameHandlers: [String: FrameHandler] { get }

  /// The protocols of older clients on `/ws`, by the type of their first frame.
  var dialects: [String: Dialect] { get }

  /// Called once, in order, after the database is open and before the first request.
  func start() async throws

  /// Called before the server stops: ends long polls and other requests that wait for an event.
  func windDown()

  /// Called once, in reverse order, after the last request was answered.
  func stop() async
}

extension Feature {
  var routes: [Route] { [] }
  var jobs: [any JobKind] { [] }
  var onSubscribe: [SubscribeHandler] { [] }
  var frameHandlers: [String: FrameHandler] { [:] }
  var dialects: [String: Dialect] { [:] }
  func start() async throws {}
  func windDown() {}
  func stop() async {}
}

/// Sends the current state of a topic to a socket that has subscribed to it. Runs on the loop's thread and
/// must not block.
typealias SubscribeHandler = @Sendable (Subscriber, Topic) -> Void

/// Handles a frame of a signed-in socket. Runs on the loop's thread and must not block.
typealias FrameHandler = @Sendable (Subscriber, JSONValue) -> Void

/// Takes over a socket of `/ws` whose first frame belongs to another protocol.
typealias Dialect = @Sendable (WebSocket, Language) -> any WebSocketDelegate
