import CLibevent
import Glibc

/// The head of a request, copied from libevent.
struct Incoming {
  /// Nil for a method that no route can have.
  var method: Method?
  /// A standard method that no route can have: 405 instead of 501 (RFC 9110, 15.5.6 and 15.6.2).
  var isKnownMethod: Bool
  var target: Target
  var headers = Headers()
  var contentLength: Int?
  var isChunked = false
  /// `Expect` has a value other than `100-continue`.
  var hasStrangeExpectation = false
  var expectsContinue = false
  var isUpgrade = false
  var wantsClose: Bool
  var isHTTP10: Bool
  var forwardedFor: String?
  var isForwardedTLS: Bool?
  /// The error to answer with, found before the body is read.
  var refusal: Failure?
  /// The matched route, found while looking up the body's limit.
  var match: Router.Match = .unknown
  /// The limit passed to evhttp, which enforces it for chunked bodies.
  var bodyLimit: Int?
  /// The key under which resources of this client are counted.
  var holder = ""
  private var hosts = 0
  private var lengths = 0
  private var encodings = 0
  private var hasStrangeName = false

  /// Exactly one `Host` (RFC 9112, 3.2), and one unambiguous length of the body (6.3): given two, libevent
  /// and a proxy might disagree on which counts.
  var isWellFormed: Bool {
    (hosts == 1 || isHTTP10 && hosts == 0) && contentLength != -1 && lengths + encodings <= 1
      && !(isHTTP10 && encodings > 0) && !hasStrangeName
  }

  var hasBody: Bool { isChunked || (contentLength ?? 0) > 0 }

  init(_ request: UnsafeMutablePointer<evhttp_request>) {
    method = Method(request.pointee.type)
    isKnownMethod = [EVHTTP_REQ_TRACE, EVHTTP_REQ_CONNECT].contains { $0 == request.pointee.type }
    target = Target(request)
    isHTTP10 = request.pointee.minor == 0
    wantsClose = isHTTP10
    headers.reserve(request.pointee.headers_size + 32)
    var entry = request.pointee.input_headers?.pointee.tqh_first
    while let current = entry {
      if let name = current.pointee.key, let value = current.pointee.value { take(name, value) }
      entry = current.pointee.next.tqe_next
    }
  }

  private mutating func take(_ name: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>) {
    let length = strlen(name)
    // Another parser may trim the name and see a different header (RFC 9112, 5.1).
    if length == 0 || strpbrk(name, " \t") != nil { hasStrangeName = true }
    headers.append(name: Self.bytes(name, length), value: Self.bytes(value, strlen(value)))
    switch length {
    case 4 where Self.equal(name, "host"): hosts += 1
    case 6 where Self.equal(name, "expect"):
      expectsContinue = Self.equal(value, "100-continue")
      hasStrangeExpectation = !expectsContinue
    case 7 where Self.equal(name, "upgrade"): isUpgrade = Self.equal(value, "websocket")
    case 10 where Self.equal(name, "connection"): readConnection(value)
    case 14 where Self.equal(name, "content-length"):
      contentLength = Self.length(value)
      lengths += 1
    case 15 where Self.equal(name, "x-forwarded-for"):
      forwardedFor = (forwardedFor.map { $0 + "," } ?? "") + String(cString: value)
    case 17 where Self.equal(name, "x-forwarded-proto"): isForwardedTLS = Self.equal(value, "https")
    case 17 where Self.equal(name, "transfer-encoding"):
      encodings += 1
      isChunked = Self.equal(value, "chunked")
      if !isChunked { refusal = .notImplemented }
    default: break
    }
  }

  /// As evhttp does: HTTP/1.0 is kept open only if `keep-alive` comes first.
  private mutating func readConnection(_ value: UnsafePointer<CChar>) {
    if isHTTP10 {
      wantsClose = strncasecmp(value, "keep-alive", 10) != 0
    } else {
      let text = Self.bytes(value, strlen(value))
      wantsClose = text.split(separator: UInt8(ascii: ",")).contains { token in
        Headers.equal(token.filter { $0 != UInt8(ascii: " ") }, "close".utf8)
      }
    }
  }

  /// The length in digits only; -1, which is refused, for anything else.
  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    let digits = bytes(text, strlen(text))
    guard !digits.isEmpty, digits.count < 19 else { return -1 }
    var length = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39 else { return -1 }
      length = length * 10 + Int(digit - 0x30)
    }
    return length
  }

  private static func equal(_ text: UnsafePointer<CChar>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      guard let start = word.baseAddress else { return false }
      return strcasecmp(text, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)) == 0
    }
  }

  private static func bytes(_ text: UnsafePointer<CChar>, _ length: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: length)
  }
}

/// Path and query of the request target.
struct Target {
  /// The decoded path; nil when the encoding is invalid.
  var path: String?
  var query = Query("")

  init(_ request: UnsafeMutablePointer<evhttp_request>) {
    guard let uri = request.pointee.uri else { return }
    if uri.pointee == CChar(UInt8(ascii: "/")) {
      read(uri)
    } else if let elements = request.pointee.uri_elems, evhttp_uri_get_scheme(elements) != nil {
      // The absolute form, which proxies receive.
      if let text = evhttp_uri_get_path(elements), text.pointee != 0 { read(text) } else { path = "/" }
      if let text = evhttp_uri_get_query(elements) { query = Query(String(cString: text)) }
    }
  }

  /// Splits `/path?query`.
  private mutating func read(_ text: UnsafePointer<CChar>) {
    let bytes = UnsafeBufferPointer(
      start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text))
    let whole = bytes.prefix { $0 != UInt8(ascii: "#") }
    let raw = whole.prefix { $0 != UInt8(ascii: "?") }
    // `http:name` is a URI without a root; no route or file may match it.
    guard raw.first == UInt8(ascii: "/") else { return }
    path = Self.decoded(raw)
    if raw.count < whole.count {
      query = Query(String(decoding: whole.dropFirst(raw.count + 1), as: UTF8.self))
    }
  }

  /// Nil for invalid escapes, control characters, an encoded slash, `.` and `..`, which only attacks contain.
  private static func decoded(_ raw: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    var needsCare = false
    var previous: UInt8 = 0
    for byte in raw {
      if byte == UInt8(ascii: "%") || byte >= 0x7F || byte < 0x21 { needsCare = true }
      if byte == UInt8(ascii: "."), previous == UInt8(ascii: "/") { needsCare = true }
      previous = byte
    }
    guard needsCare else { return String(decoding: raw, as: UTF8.self) }
    guard let path = PercentCoding.decode(raw) else { return nil }
    let slashes = { (bytes: any Sequence<UInt8>) in bytes.count { $0 == UInt8(ascii: "/") } }
    guard slashes(path.utf8) == slashes(raw) else { return nil }
    let isDotted = path.utf8.split(separator: UInt8(ascii: "/"))
      .contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    return isDotted ? nil : path
  }
}

extension Method {
  fileprivate init?(_ type: evhttp_cmd_type) {
    switch type {
    case EVHTTP_REQ_GET: self = .get
    case EVHTTP_REQ_HEAD: self = .head
    case EVHTTP_REQ_POST: self = .post
    case EVHTTP_REQ_PUT: self = .put
    case EVHTTP_REQ_PATCH: self = .patch
    case EVHTTP_REQ_DELETE: self = .delete
    case EVHTTP_REQ_OPTIONS: self = .options
    default: return nil
    }
  }
}
