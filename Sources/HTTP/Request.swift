import Synchronization

/// One request with its complete body. Cheap to copy: the constant part is shared.
public struct Request: Sendable {
  let content: Content
  /// The decoded values of the route's `:names`; set by the router.
  public var parameters: [(name: String, value: String)]
  /// The authenticated sender, set by authorization.
  public var principal: (any Principal)?

  /// The constant part, as received.
  final class Content: Sendable {
    let method: Method
    let path: String
    let query: Query
    let headers: Headers
    let body: [UInt8]
    let peerAddress: String
    let id: UInt64
    let isTLS: Bool
    let takesCookies: Bool
    private let json = Mutex<JSONValue?>(nil)

    init(
      method: Method, path: String, query: Query, headers: Headers, body: [UInt8], peerAddress: String,
      id: UInt64, isTLS: Bool, takesCookies: Bool = true
    ) {
      self.method = method
      self.path = path
      self.query = query
      self.headers = headers
      self.body = body
      self.peerAddress = peerAddress
      self.id = id
      self.isTLS = isTLS
      self.takesCookies = takesCookies
    }

    /// The body as JSON, parsed once; nil if it is not JSON.
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

  /// Creates a request without a connection: for tests and for calling a handler internally.
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
  /// The decoded path without the query.
  public var path: String { content.path }
  public var query: Query { content.query }
  public var headers: Headers { content.headers }
  public var body: [UInt8] { content.body }
  /// The client's address; behind a trusted proxy, the forwarded one.
  public var peerAddress: String { content.peerAddress }
  /// Increases during one run of the server.
  public var id: UInt64 { content.id }
  /// Whether the client uses TLS, to us or to a trusted proxy.
  public var isTLS: Bool { content.isTLS }
  /// False for plain HTTP to a server that has TLS: its cookies are neither read nor set.
  var takesCookies: Bool { content.takesCookies }

  /// The person's own choice, else the browser's preference, else French.
  public var language: Language {
    principal?.language ?? Language.preferred(acceptLanguage: headers["Accept-Language"])
  }

  /// A path parameter; "" when the route has none of this name.
  public func parameter(_ name: String) -> String {
    parameters.first { $0.name == name }?.value ?? ""
  }

  /// The value of a cookie without quotes.
  public func cookie(_ name: String) -> String? {
    guard takesCookies else { return nil }
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
