import Glibc
import Synchronization

/// Serves the web page's files: conditional GET, gzip computed once, and the index for the paths of the page
/// itself.
public struct StaticFiles: Sendable {
  private let find: @Sendable (String) -> PreparedFile?
  private let index: String

  public init(assets: [Asset], index: String = "/index.html") {
    let files = Dictionary(assets.map { ($0.path, PreparedFile($0)) }) { first, _ in first }
    find = { files[$0] }
    self.index = index
  }

  /// For development: reads the files again for each request, which blocks the loop during the read.
  public init(folder: String, index: String = "/index.html") {
    find = { path in
      FileContent.path(of: path, in: folder).flatMap(FileContent.read).map {
        PreparedFile(Asset(path: path, bytes: $0))
      }
    }
    self.index = index
  }

  /// Answers GET and HEAD; for use as a router's fallback. A path without a dot that matches no file gets the
  /// index.
  public var handler: Handler {
    { request in try respond(to: request) }
  }

  private func respond(to request: Request) throws(Failure) -> Response {
    let path = request.path == "/" ? index : request.path
    if let file = find(path) { return file.response(to: request) }
    let name = path.split(byte: "/").last ?? ""
    guard !name.hasByte("."), let file = find(index) else { throw .notFound }
    return file.response(to: request)
  }
}

/// A file with what is computed from it once, on first use.
final class PreparedFile: Sendable {
  private let asset: Asset
  private let prepared = Mutex<Prepared?>(nil)

  private struct Prepared {
    let tag: String
    let zipped: SharedBytes?
  }

  init(_ asset: Asset) { self.asset = asset }

  func response(to request: Request) -> Response {
    let prepared = prepare()
    let zipped = Self.acceptsGzip(request.headers["Accept-Encoding"]) ? prepared.zipped : nil
    let tag = zipped == nil ? "\"\(prepared.tag)\"" : "\"\(prepared.tag)-gzip\""
    var response = Response(headers: [("ETag", tag), ("Cache-Control", asset.cacheControl)])
    for (name, value) in asset.headers { response.add(name, value) }
    if prepared.zipped != nil { response.add("Vary", "Accept-Encoding") }
    if Self.matches(request.headers["If-None-Match"], prepared.tag) {
      response.status = 304
      return response
    }
    response.contentType = asset.contentType
    if zipped != nil { response.add("Content-Encoding", "gzip") }
    response.body = .shared(zipped ?? asset.bytes)
    return response
  }

  private func prepare() -> Prepared {
    prepared.withLock { kept in
      if let kept { return kept }
      let isWorthwhile = asset.bytes.count > 512 && ContentType.isCompressible(asset.contentType)
      let made = Prepared(
        tag: Self.tag(asset.bytes),
        zipped: isWorthwhile ? Gzip.compress(asset.bytes).map(SharedBytes.init) : nil)
      kept = made
      return made
    }
  }

  /// An ETag: FNV-1a of the content, and its length. A weak hash is enough, since nobody else writes the
  /// files.
  private static func tag(_ bytes: SharedBytes) -> String {
    let hash = bytes.withBytes { bytes in
      bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16) + "-" + String(bytes.count, radix: 16)
  }

  /// The tag of either encoding matches, as both have the same content.
  private static func matches(_ header: String?, _ tag: String) -> Bool {
    guard let header else { return false }
    return header.split(byte: ",").contains { entry in
      let entry = entry.without(byte: " ")
      let plain = entry.hasBytes(prefix: "W/") ? entry.dropFirst(2) : entry[...]
      return plain == "*" || plain == "\"\(tag)\"" || plain == "\"\(tag)-gzip\""
    }
  }

  private static func acceptsGzip(_ header: String?) -> Bool {
    guard let header else { return false }
    return header.split(byte: ",").contains { entry in
      let parts = entry.split(byte: ";").map { $0.without(byte: " ").lowercased() }
      guard parts.first == "gzip" || parts.first == "*" else { return false }
      return !parts.dropFirst().contains { $0.hasPrefix("q=0") && !$0.contains { "123456789".contains($0) } }
    }
  }
}

/// Reads small files whole.
private enum FileContent {
  private static let most = 64 << 20

  /// The real path of a file; nil unless it is inside the folder after resolving `..` and links.
  static func path(of path: String, in folder: String) -> String? {
    guard path.hasBytes(prefix: "/"), let root = resolved(folder), let file = resolved(folder + path) else {
      return nil
    }
    return file.utf8.starts(with: (root == "/" ? root : root + "/").utf8) ? file : nil
  }

  private static func resolved(_ path: String) -> String? {
    guard !path.utf8.contains(0), let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Nil when there is no such regular file, or it is too large.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      information.st_size <= most
    else { return nil }
    let size = Int(information.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = 0
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        guard got > 0 else { break }
        count += got
      }
    }
  }
}
