import HTTP

/// One capability of the product: its routes, the jobs it runs, and what it does while the daemon lives.
///
/// Features never call features: they meet at a table, at a topic of the hub, or at a queue.
protocol Feature: Sendable {
  init(_ appliance: Appliance)

  var routes: [Route] { get }

  /// The kinds of job that this feature knows how to run.
  var jobs: [any JobKind] { get }

  /// Called once, in order, after the database is open and before the first request.
  func start() async throws

  /// Called first of all when the daemon stops: ends what lets requests wait.
  func windDown()

  /// Called once, in reverse order, after the last request was answered.
  func stop() async
}

extension Feature {
  var routes: [Route] { [] }
  var jobs: [any JobKind] { [] }
  func start() async throws {}
  func windDown() {}
  func stop() async {}
}
