/// One file of the page.
public struct Asset: Sendable {
  public let path: String
  public let contentType: String
  let bytes: SharedBytes

  /// `/app.js`; a nil content type is found by the path's extension.
  public init(path: String, contentType: String? = nil, bytes: SharedBytes) {
    self.path = path
    self.contentType = contentType ?? "application/octet-stream"
    self.bytes = bytes
  }

  public init(path: String, contentType: String? = nil, bytes: [UInt8]) {
    self.init(path: path, contentType: contentType, bytes: SharedBytes(bytes))
  }

  /// Bytes that live as long as the process, such as those embedded in the binary.
  public init(path: String, contentType: String? = nil, staticBytes: UnsafeRawBufferPointer) {
    self.init(path: path, contentType: contentType, bytes: SharedBytes(staticBytes: staticBytes))
  }
}

/// Serves the page's files.
public struct StaticFiles: Sendable {
  public init(assets: [Asset], index: String = "/index.html") {}

  public init(folder: String, index: String = "/index.html") {}

  public var handler: Handler { { _ in throw Failure.notFound } }
}
