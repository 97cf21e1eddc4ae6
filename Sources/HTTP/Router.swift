/// Finds the route of a request.
public struct Router: Sendable {
  public let routes: [Route]
  let fallback: Handler

  public init(routes: [Route], fallback: @escaping Handler = { _ in throw Failure.notFound }) {
    self.routes = routes
    self.fallback = fallback
  }
}
