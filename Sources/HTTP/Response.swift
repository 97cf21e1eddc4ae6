/// An answer: status, headers, body. `Content-Length`, `Date` and `Connection` are the server's.
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

    /// Bytes that it keeps in memory while it waits; those that are there anyway are none.
    var owned: Int {
      switch self {
      case .shared(let bytes) where !bytes.isOwned: 0
      default: count
      }
    }
  }

  public var status: Int
  /// The media type; nil sends none.
  public var contentType: String?
  /// Control characters in them are dropped, so that nothing can be injected.
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

  /// JSON that is already written.
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

  /// Adds a header, beside others of that name.
  public mutating func add(_ name: String, _ value: String) { headers.append((name, value)) }

  /// Sets a header, in place of others of that name.
  public mutating func set(_ name: String, _ value: String) {
    headers.removeAll { Headers.equal($0.name.utf8, name.utf8) }
    headers.append((name, value))
  }
}
