/// Finds the route of a path: fixed paths in a dictionary, those with parameters in a tree of segments.
public struct Router: Sendable {
  public let routes: [Route]
  let fallback: Handler
  private var exact: [String: Leaf] = [:]
  private var root = Node()

  enum Match {
    case route(Route, [(name: String, value: String)])
    /// No route matches, and the path is not below `/api`: handled by the fallback, the web page.
    case fallback
    /// The path exists, but only for these methods.
    case otherMethods([Method])
    case upgradeRequired
    case unknown
  }

  /// `fallback` answers GET and HEAD of paths that match no route and are not below `/api`. Of two routes
  /// with the same method and path the first one wins.
  public init(routes: [Route], fallback: @escaping Handler = { _ in throw Failure.notFound }) {
    self.routes = routes
    self.fallback = fallback
    for route in routes {
      let segments = Self.segments(route.path)
      if segments.contains(where: { $0.hasPrefix(":") || $0.hasPrefix("*") }) {
        root.insert(Entry(route), at: segments[...])
      } else {
        exact[route.path, default: Leaf()].insert(Entry(route))
      }
    }
  }

  /// The shortest ping interval, silence limit or closing time of all WebSockets, in milliseconds.
  var shortestSilence: Int64 {
    routes.reduce(.max) { shortest, route in
      guard case .webSocket(let limits, _) = route.action else { return shortest }
      return [limits.pingEvery, limits.deadAfter, limits.patience].reduce(shortest) {
        min($0, $1.milliseconds)
      }
    }
  }

  func match(_ method: Method, _ path: String, isUpgrade: Bool) -> Match {
    if let leaf = exact[path] { return choose(leaf, [], method, path, isUpgrade) }
    var values: [Substring] = []
    if let leaf = root.find(Self.segments(path)[...], &values) {
      return choose(leaf, values, method, path, isUpgrade)
    }
    return unmatched(method, path)
  }

  private func choose(
    _ leaf: Leaf, _ values: [Substring], _ method: Method, _ path: String, _ isUpgrade: Bool
  ) -> Match {
    if isUpgrade, method == .get, let socket = leaf.webSocket { return found(socket, values) }
    let entry = leaf.entry(method) ?? (method == .head ? leaf.entry(.get) : nil)
    if let entry { return found(entry, values) }
    if leaf.webSocket != nil, method == .get || method == .head {
      return path == "/" ? .fallback : .upgradeRequired
    }
    return .otherMethods(leaf.methods)
  }

  private func found(_ entry: Entry, _ values: [Substring]) -> Match {
    guard !values.isEmpty else { return .route(entry.route, []) }
    return .route(entry.route, zip(entry.names, values).map { ($0, String($1)) })
  }

  private func unmatched(_ method: Method, _ path: String) -> Match {
    guard method == .get || method == .head, path != "/api", !path.hasBytes(prefix: "/api/") else {
      return .unknown
    }
    return .fallback
  }

  private static func segments(_ path: String) -> [Substring] {
    Array(path[...].split(byte: "/", omittingEmptySubsequences: false).dropFirst())
  }
}

extension Router {
  /// A route with the names of its path parameters in order.
  private struct Entry {
    let route: Route
    let names: [String]

    init(_ route: Route) {
      self.route = route
      names = Router.segments(route.path).filter { $0.hasPrefix(":") || $0.hasPrefix("*") }
        .map { String($0.dropFirst()) }
    }
  }

  /// The routes of one path.
  private struct Leaf {
    private var entries: [Entry] = []
    private(set) var webSocket: Entry?

    mutating func insert(_ entry: Entry) {
      if entry.route.isWebSocket {
        if webSocket == nil { webSocket = entry }
      } else if self.entry(entry.route.method) == nil {
        entries.append(entry)
      }
    }

    func entry(_ method: Method) -> Entry? { entries.first { $0.route.method == method } }

    var methods: [Method] {
      var methods = entries.map(\.route.method)
      if webSocket != nil, !methods.contains(.get) { methods.append(.get) }
      if methods.contains(.get), !methods.contains(.head) { methods.append(.head) }
      return methods
    }
  }

  /// A node of the tree of segments. Literals are tried before parameters, and parameters before `*name`.
  private struct Node {
    private var literals: [String: Node] = [:]
    private var parameter: [Node] = []
    private var leaf: Leaf?
    private var rest: Leaf?

    mutating func insert(_ entry: Entry, at segments: ArraySlice<Substring>) {
      guard let segment = segments.first else {
        leaf = leaf ?? Leaf()
        leaf?.insert(entry)
        return
      }
      if segment.hasPrefix("*") {
        rest = rest ?? Leaf()
        rest?.insert(entry)
      } else if segment.hasPrefix(":") {
        if parameter.isEmpty { parameter.append(Node()) }
        parameter[0].insert(entry, at: segments.dropFirst())
      } else {
        literals[String(segment), default: Node()].insert(entry, at: segments.dropFirst())
      }
    }

    /// Appends the parameters' values to `values`; a parameter does not match an empty segment.
    func find(_ segments: ArraySlice<Substring>, _ values: inout [Substring]) -> Leaf? {
      guard let segment = segments.first else { return leaf }
      if let node = literals[String(segment)], let leaf = node.find(segments.dropFirst(), &values) {
        return leaf
      }
      guard !segment.isEmpty else { return nil }
      let depth = values.count
      if let node = parameter.first {
        values.append(segment)
        if let leaf = node.find(segments.dropFirst(), &values) { return leaf }
        values.removeSubrange(depth...)
      }
      guard let rest else { return nil }
      values.append(Substring(segments.joined(separator: "/")))
      return rest
    }
  }
}
