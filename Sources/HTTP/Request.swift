import Synchronization

/// One request, complete with its body. A small value: what does not change is shared.
public struct Request: Sendable {
  let content: Content
  /// The values of the route's `:names`, decoded; filled by the router.
  public var parameters: [(name: String, value: String)]
  /// Who asks, once authorized.
  public var principal: (any Principal)?

  /// What came over the wire.
  final class Content: Sendable {
    let method: Method
    let path: String
    let query: Query
    let headers: Headers
    let body: [UInt8]
    let peerAddress: String
    let id: UInt64
    let isTLS: Bool
    private let json = Mutex<JSONValue?>(nil)

    init(
      method: Method, path: String, query: Query, headers: Headers, body: [UInt8], peerAddress: String,
      id: UInt64, isTLS: Bool
    ) {
      self.method = method
      self.path = path
      self.query = query
      self.headers = headers
      self.body = body
      self.peerAddress = peerAddress
      self.id = id
      self.isTLS = isTLS
    }

    /// The body as JSON, kept for whoever asks next; nil where it is none.
    func parsed() -> JSONValue? {
      json.withLock { json in
        if json == nil { json = JSONValue(parsing: body) }
        return json
      }
    }
  }

  init(content: Content) {
    self.content = content
    parameters = []
    principal = nil
  }

  /// A request made by hand: for tests, and for calling a handler from within.
  public init(
    method: Method, path: String, query: String = "", headers: [(String, String)] = [], body: [UInt8] = [],
    peerAddress: String = "127.0.0.1", id: UInt64 = 0, isTLS: Bool = false
  ) {
    self.init(
      content: Content(
        method: method, path: path, query: Query(query), headers: Headers(headers), body: body,
        peerAddress: peerAddress, id: id, isTLS: isTLS))
  }

  public var method: Method { content.method }
  /// Decoded, without the query.
  public var path: String { content.path }
  public var query: Query { content.query }
  public var headers: Headers { content.headers }
  public var body: [UInt8] { content.body }
  /// The client's address; behind a trusted proxy, the one it forwards.
  public var peerAddress: String { content.peerAddress }
  /// Growing within one run of the server.
  public var id: UInt64 { content.id }
  /// Whether the client speaks TLS, to us or to a trusted proxy.
  public var isTLS: Bool { content.isTLS }

  /// The person's own choice, else what the browser prefers, else French.
  public var language: Language {
    principal?.language ?? Language.preferred(acceptLanguage: headers["Accept-Language"])
  }

  /// A path parameter; "" only when the route has no such name.
  public func parameter(_ name: String) -> String {
    parameters.first { $0.name == name }?.value ?? ""
  }

  /// The value of a cookie, quotes removed.
  public func cookie(_ name: String) -> String? {
    for header in headers.all("Cookie") {
      for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
        let pair = pair.drop { $0 == UInt8(ascii: " ") }
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
        guard pair[..<equals].elementsEqual(name.utf8) else { continue }
        var value = pair[pair.index(after: equals)...]
        if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
          value = value.dropFirst().dropLast()
        }
        return String(Substring(value))
      }
    }
    return nil
  }
}
