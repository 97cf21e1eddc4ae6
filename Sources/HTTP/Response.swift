/// A response: status, headers, body. The server adds `Content-Length`, `Date` and `Connection`.
public struct Response: Sendable {
  public enum Body: Sendable {
    case none
    case bytes([UInt8])
    case shared(SharedBytes)

    public var count: Int {
      switch self {
      case .none: 0
      case .bytes(let bytes): bytes.count
      case .shared(let bytes): bytes.count
      }
    }
  }

  public var status: Int
  /// The `Content-Type`; nil sends none.
  public var contentType: String?
  /// Control characters are removed from them, against header injection.
  public var headers: [(name: String, value: String)]
  public var body: Body

  public init(
    status: Int = 200, contentType: String? = nil, headers: [(name: String, value: String)] = [],
    body: Body = .none
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }

  public static func json(_ status: Int = 200, _ build: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    build(&writer)
    return json(status, bytes: writer.bytes)
  }

  /// A response of JSON that is already encoded.
  public static func json(_ status: Int = 200, bytes: [UInt8]) -> Response {
    Response(status: status, contentType: "application/json; charset=utf-8", body: .bytes(bytes))
  }

  public static func json(_ status: Int = 200, _ value: JSONValue) -> Response {
    json(status) { $0.value(value) }
  }

  public static func text(_ text: String, status: Int = 200) -> Response {
    Response(status: status, contentType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
  }

  public static func bytes(_ bytes: [UInt8], contentType: String, status: Int = 200) -> Response {
    Response(status: status, contentType: contentType, body: .bytes(bytes))
  }

  public static func empty(_ status: Int = 204) -> Response { Response(status: status) }

  /// Adds a header; others of that name stay.
  public mutating func add(_ name: String, _ value: String) { headers.append((name, value)) }

  /// Sets a header, replacing others of that name.
  public mutating func set(_ name: String, _ value: String) {
    headers.removeAll { Headers.equal($0.name.utf8, name.utf8) }
    headers.append((name, value))
  }
}
