/// The `Connection` header of a response.
enum Ending {
  case none
  case keepAlive
  case close
}

extension Engine {
  /// Appends the status line and headers, including the empty line.
  func appendHead(of response: Response, to bytes: inout [UInt8], ending: Ending) {
    bytes.appendStatusLine(response.status)
    bytes.append(contentsOf: currentDateLine())
    switch ending {
    case .none: break
    case .keepAlive: bytes.append("Connection: keep-alive\r\n")
    case .close: bytes.append("Connection: close\r\n")
    }
    if let contentType = response.contentType { bytes.appendHeader("Content-Type", contentType) }
    if response.mayHaveBody {
      bytes.append("Content-Length: ")
      bytes.appendDecimal(Int64(response.body.count))
      bytes.append("\r\n")
    }
    bytes.append(contentsOf: fixedHeaders)
    for (name, value) in response.headers { bytes.appendHeader(name, value) }
    bytes.append("\r\n")
  }
}

extension Response {
  /// Whether a response with this status may have a body (RFC 9110, 6.4.1).
  var mayHaveBody: Bool { status >= 200 && status != 204 && status != 304 }
}

extension [UInt8] {
  /// Control characters are removed, against header injection.
  mutating func appendHeader(_ name: String, _ value: String) {
    append(contentsOf: name.utf8)
    append(": ")
    let start = count
    append(contentsOf: value.utf8)
    if self[start...].contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      self[start...].removeAll { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
    }
    append("\r\n")
  }

  mutating func appendStatusLine(_ status: Int) {
    append("HTTP/1.1 ")
    appendDecimal(Int64(status))
    append(UInt8(ascii: " "))
    append(Self.reason(status))
    append("\r\n")
  }

  private static func reason(_ status: Int) -> StaticString {
    switch status {
    case 101: "Switching Protocols"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 416: "Range Not Satisfiable"
    case 417: "Expectation Failed"
    case 426: "Upgrade Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    default: "Status"
    }
  }
}
