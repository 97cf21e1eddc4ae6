/// One static file of the web page.
public struct Asset: Sendable {
  /// For example `/app.js`.
  public let path: String
  public let contentType: String
  let bytes: SharedBytes
  /// The `Cache-Control` header. Revalidation is cheap, since every file has an ETag.
  let cacheControl: String
  /// Extra headers for this file.
  let headers: [(name: String, value: String)]

  /// `contentType` nil derives the type from the path's extension.
  public init(
    path: String, contentType: String? = nil, bytes: SharedBytes, cacheControl: String = "no-cache",
    headers: [(name: String, value: String)] = []
  ) {
    self.path = path
    self.contentType = contentType ?? ContentType.of(path)
    self.bytes = bytes
    self.cacheControl = cacheControl
    self.headers = headers
  }

  public init(
    path: String, contentType: String? = nil, bytes: [UInt8], cacheControl: String = "no-cache",
    headers: [(name: String, value: String)] = []
  ) {
    self.init(
      path: path, contentType: contentType, bytes: SharedBytes(bytes), cacheControl: cacheControl,
      headers: headers)
  }
}

/// Media types by file extension.
enum ContentType {
  static func of(_ path: String) -> String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return unknown }
    return switch path[path.utf8.index(after: dot)...].lowercased() {
    case "html": "text/html; charset=utf-8"
    case "js", "mjs": "text/javascript; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "json", "map": "application/json; charset=utf-8"
    case "webmanifest": "application/manifest+json"
    case "txt", "md": "text/plain; charset=utf-8"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "webp": "image/webp"
    case "ico": "image/x-icon"
    case "woff2": "font/woff2"
    case "woff": "font/woff"
    case "wasm": "application/wasm"
    case "pdf": "application/pdf"
    default: unknown
    }
  }

  /// Whether gzip is likely to make this type smaller.
  static func isCompressible(_ type: String) -> Bool {
    type.hasPrefix("text/") || type.hasPrefix("application/json") || type.hasPrefix("application/manifest")
      || type == "image/svg+xml" || type == "application/wasm"
  }

  private static let unknown = "application/octet-stream"
}
