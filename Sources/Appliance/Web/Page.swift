import CAssets
import HTTP

/// The web page's files: embedded in the binary and bundled once, or read from a folder during development.
struct Page: Sendable {
  let site: Site

  var handler: Handler {
    if let folder = site.assetsFolder { return StaticFiles(folder: folder).handler }
    // Bundled in the background at start, or by the first request.
    Task.detached { _ = Self.files }
    return { request in try await Self.files.handler(request) }
  }

  private static let files = StaticFiles(assets: built())

  private static func built() -> [Asset] {
    do {
      return try PageBundle(embedded).assets
    } catch {
      // Cannot happen, as a test bundles the page; the single files would work as well, only slower.
      return embedded.map { Asset(path: $0.key, bytes: $0.value) }
    }
  }

  /// The files embedded by the C compiler, by path.
  static let embedded: [String: [UInt8]] = {
    var files: [String: [UInt8]] = [:]
    for index in 0..<obox_asset_count {
      guard let entry = obox_asset_at(index)?.pointee, let path = entry.path else { continue }
      files["/" + String(cString: path)] = Array(
        UnsafeRawBufferPointer(start: entry.bytes, count: Int(entry.length)))
    }
    return files
  }()
}
