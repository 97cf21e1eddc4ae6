/// Answers a request. Starts on the loop's thread and must not block it.
public typealias Handler = @Sendable (Request) async throws -> Response

/// One entry of the API: method, path, required access and handler.
public struct Route: Sendable {
  /// Accepts a WebSocket on the loop's thread before the 101 is sent; throwing refuses the handshake.
  public typealias Accept = @Sendable (Request, WebSocket) throws -> any WebSocketDelegate

  enum Action: Sendable {
    case handler(Handler)
    case webSocket(WebSocketLimits, Accept)
  }

  public let method: Method
  /// For example `/api/vms/:id/action`; a last segment `*name` matches the rest of the path.
  public let path: String
  public let access: Access
  public let summary: String
  public let request: Schema?
  public let response: Schema?
  /// Maximum bytes of the body; nil is the server's default.
  public let bodyLimit: Int?
  /// The query parameters it reads.
  public private(set) var query: [QueryParameter] = []
  /// Media types of responses other than JSON: files, pages, tables.
  public private(set) var produces: [String] = []
  /// Media types of bodies other than JSON.
  public private(set) var consumes: [String] = []
  /// Whether the handler itself rejects fields of a wrong kind, with its own error codes.
  public private(set) var checksKinds = false
  /// The schema of its errors, when another protocol prescribes one.
  public private(set) var refusal: Schema?
  private(set) var action: Action

  public init(
    _ method: Method, _ path: String, _ access: Access, _ summary: String, request: Schema? = nil,
    response: Schema? = nil, bodyLimit: Int? = nil, handler: @escaping Handler
  ) {
    self.init(
      method, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      action: .handler(handler))
  }

  private init(
    _ method: Method, _ path: String, _ access: Access, _ summary: String, request: Schema?,
    response: Schema?,
    bodyLimit: Int?, action: Action
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.summary = summary
    self.request = request
    self.response = response
    self.bodyLimit = bodyLimit
    self.action = action
  }

  public var isWebSocket: Bool {
    if case .webSocket = action { true } else { false }
  }

  /// The handler; nil for a WebSocket.
  public var handler: Handler? {
    if case .handler(let handler) = action { handler } else { nil }
  }

  public static func get(
    _ path: String, _ access: Access, _ summary: String, request: Schema? = nil, response: Schema? = nil,
    bodyLimit: Int? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .get, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      handler: handler)
  }

  public static func post(
    _ path: String, _ access: Access, _ summary: String, request: Schema? = nil, response: Schema? = nil,
    bodyLimit: Int? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .post, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      handler: handler
    )
  }

  public static func put(
    _ path: String, _ access: Access, _ summary: String, request: Schema? = nil, response: Schema? = nil,
    bodyLimit: Int? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .put, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      handler: handler)
  }

  public static func patch(
    _ path: String, _ access: Access, _ summary: String, request: Schema? = nil, response: Schema? = nil,
    bodyLimit: Int? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .patch, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      handler: handler)
  }

  public static func delete(
    _ path: String, _ access: Access, _ summary: String, request: Schema? = nil, response: Schema? = nil,
    bodyLimit: Int? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .delete, path, access, summary, request: request, response: response, bodyLimit: bodyLimit,
      handler: handler)
  }

  /// The same route with query parameters.
  public func reading(_ query: QueryParameter...) -> Route { reading(query) }

  public func reading(_ query: [QueryParameter]) -> Route {
    var route = self
    route.query += query
    return route
  }

  /// The same route with responses other than JSON.
  public func producing(_ types: String...) -> Route {
    var route = self
    route.produces += types
    return route
  }

  /// The same route with bodies other than JSON.
  public func consuming(_ types: String...) -> Route {
    var route = self
    route.consumes += types
    return route
  }

  /// The same route, whose handler itself rejects fields of a wrong kind, with its own error codes.
  public func checkingKinds() -> Route {
    var route = self
    route.checksKinds = true
    return route
  }

  /// Whether it accepts a body.
  public var takesBody: Bool { request != nil || !consumes.isEmpty }

  /// The same route with another handler.
  public func handled(by handler: @escaping Handler) -> Route {
    var route = self
    route.action = .handler(handler)
    return route
  }

  /// The same route with its own schema of errors.
  public func refusing(_ schema: Schema) -> Route {
    var route = self
    route.refusal = schema
    return route
  }

  public static func webSocket(
    _ path: String, _ access: Access, _ summary: String, limits: WebSocketLimits = WebSocketLimits(),
    accept: @escaping Accept
  ) -> Route {
    Route(
      .get, path, access, summary, request: nil, response: nil, bodyLimit: nil,
      action: .webSocket(limits, accept))
  }
}

/// One query parameter of a route.
public struct QueryParameter: Sendable {
  public let name: String
  public let schema: Schema
  public let summary: String
  public let isRequired: Bool

  public init(_ name: String, _ schema: Schema = .string, _ summary: String, required: Bool = false) {
    self.name = name
    self.schema = schema
    self.summary = summary
    isRequired = required
  }

  /// A flag that is set by `1` and `true`, and not set by `0` and `false`.
  public static func flag(_ name: String, _ summary: String) -> QueryParameter {
    QueryParameter(name, .enumeration(["1", "0", "true", "false"]), summary)
  }

  /// `?limit=` and `?before=` of a paged list.
  public static let paging = [
    QueryParameter(
      "limit", .limited(.integer, [("minimum", 1), ("default", 100)]),
      "rows of a page; more than 500 count as 500"),
    QueryParameter("before", .string, "where the next page goes on: `X-Next-Before` of the one before"),
  ]
}
