import Synchronization
import Threads

/// Serves HTTP and WebSockets on a loop. The caller starts and stops the loop.
public final class Server: Sendable {
  private let loop: Loop
  private let make: @Sendable () throws(ServerError) -> Engine
  private let engine = Mutex<Engine?>(nil)
  /// Reads files.
  private let reading = WorkQueue("certificate", waiting: 4)

  public init(
    configuration: ServerConfiguration, loop: Loop, router: Router,
    authorize: @escaping Authorize = { _, access in
      if access == .everyone { nil } else { throw Failure.unauthenticated }
    },
    filters: Filters = Filters(), log: @escaping @Sendable (AccessRecord) -> Void = { _ in }
  ) {
    self.loop = loop
    make = { () throws(ServerError) in
      try Engine(
        configuration: configuration, loop: loop, router: router, authorize: authorize, filters: filters,
        log: log)
    }
  }

  /// Starts listening and returns the port. Throws a `ServerError` that states the cause.
  public func start() async throws -> Int {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int, any Error>) in
      loop.run { [self] in
        continuation.resume(
          with: Result {
            let made = try make()
            let port = try made.start()
            engine.withLock { $0 = made }
            return port
          })
      }
    }
  }

  /// Stops listening, finishes requests in progress, closes WebSockets with 1001, and drops the remaining
  /// connections after `grace`.
  public func stop(grace: Duration = .seconds(10)) async {
    guard let engine = engine.withLock({ $0 }) else { return }
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      loop.run { engine.stop(grace: grace) { continuation.resume() } }
    }
  }

  /// The maximum number of connections that the configuration and the system's limit of open files allow; 0
  /// before the start.
  public func connectionLimit() async -> Int {
    await engineNow { $0.mostConnections } ?? 0
  }

  /// Reads certificate and key again, for connections from now on; those that are open keep theirs. Throws when they
  /// cannot be used, and nothing changes.
  public func reloadTLS() async throws {
    guard let engine = engine.withLock({ $0 }), let files = engine.configuration.tls else { return }
    let context = try await reading.perform { try TLSContext(files) }
    await withCheckedContinuation { continuation in
      loop.run {
        engine.use(context)
        continuation.resume()
      }
    }
  }

  /// Reads from the engine on its loop; nil before the start.
  func engineNow<T: Sendable>(_ read: @escaping @Sendable (Engine) -> T) async -> T? {
    guard let engine = engine.withLock({ $0 }) else { return nil }
    return await withCheckedContinuation { continuation in
      loop.run { continuation.resume(returning: read(engine)) }
    }
  }

  /// Calls `body` on the loop when a connection was opened or closed.
  public func observeConnections(_ body: @escaping @Sendable () -> Void) async {
    guard let engine = engine.withLock({ $0 }) else { return }
    await withCheckedContinuation { continuation in
      loop.run {
        engine.connections.observer = body
        continuation.resume()
      }
    }
  }

  /// Number of open connections, including WebSockets; read on the loop.
  public func connectionCount() async -> Int {
    await engineNow { $0.connections.count } ?? 0
  }
}
