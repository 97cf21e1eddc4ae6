import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// A real server on a free port on loopback, with its access log.
final class TestServer: Sendable {
  let loop: Loop
  let server: Server
  let port: Int
  private let log: @Sendable () -> [AccessRecord]

  private init(server: Server, loop: Loop, port: Int, log: @escaping @Sendable () -> [AccessRecord]) {
    self.loop = loop
    self.server = server
    self.port = port
    self.log = log
  }

  var logged: [AccessRecord] { log() }

  func client(from address: String? = nil) throws -> RawClient { try RawClient(port: port, from: address) }

  /// Bytes of request bodies counted at present.
  func bodyBytes() async -> Int { await server.engineNow { $0.bodies.used } ?? -1 }

  /// Bytes of responses waiting for their readers.
  func unreadBytes() async -> Int { await server.engineNow { $0.unread.used } ?? -1 }

  /// Runs work in one turn of the loop, during which nothing is sent or received.
  func onLoop<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
      loop.run { continuation.resume(returning: work()) }
    }
  }

  /// Runs a test against a server, and stops the server in any case.
  static func run(
    _ routes: [Route] = [], configuration: ServerConfiguration = .patient,
    authorize: @escaping Authorize = { _, access in
      if access == .everyone { nil } else { throw Failure.unauthenticated }
    },
    filters: Filters = Filters(), fallback: @escaping Handler = { _ in throw Failure.notFound },
    _ test: (TestServer) async throws -> Void
  ) async throws {
    let loop = Loop()
    loop.start()
    let records = Records()
    var configuration = configuration
    configuration.port = 0
    let server = Server(
      configuration: configuration, loop: loop, router: Router(routes: routes, fallback: fallback),
      authorize: authorize, filters: filters, log: { records.add($0) })
    let port = try await server.start()
    await server.observeConnections { anything.signal() }
    let running = TestServer(server: server, loop: loop, port: port, log: { records.all })
    let result: Result<Void, any Error>
    do {
      try await test(running)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await server.stop(grace: .milliseconds(100))
    await loop.stop()
    try result.get()
  }
}

private final class Records: Sendable {
  private let list = Mutex<[AccessRecord]>([])
  func add(_ record: AccessRecord) { list.withLock { $0.append(record) } }
  var all: [AccessRecord] { list.withLock { $0 } }
}

/// Signalled by the servers of this process when a connection opens or closes, and by the tests' own
/// delegates and gates.
let anything = Changes()

/// Waits at most a minute until `condition` holds, checking it at each signal; returns whether it did.
func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
  await anything.wait(until: condition)
}

/// Repeats a call until it returns true, at most a minute; returns whether it did.
func again(_ isDone: @Sendable () async -> Bool) async -> Bool {
  let end = ContinuousClock.now + .seconds(300)
  while ContinuousClock.now < end {
    if await isDone() { return true }
  }
  return false
}

/// A gate at which a handler waits until the test opens it.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var arrivals = 0
  }
  private let state = Mutex(State())

  var arrivals: Int { state.withLock { $0.arrivals } }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock {
        $0.arrivals += 1
        if !$0.isOpen { $0.waiting.append(continuation) }
        return $0.isOpen
      }
      anything.signal()
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

extension ServerConfiguration {
  /// Deadlines that a busy machine does not reach, for tests that are not about deadlines.
  static var patient: ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.headerDeadline = .seconds(300)
    configuration.bodyDeadline = .seconds(300)
    configuration.idleTimeout = .seconds(300)
    configuration.writeDeadline = .seconds(300)
    configuration.lingerDeadline = .seconds(300)
    configuration.lingerPause = .seconds(300)
    return configuration
  }
}
