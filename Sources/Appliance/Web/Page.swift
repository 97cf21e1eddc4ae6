import CAssets
import HTTP

/// The web page: embedded in the binary, or read from a folder while one works on it.
struct Page: Sendable {
  let site: Site

  var handler: Handler {
    if let folder = site.assetsFolder { return StaticFiles(folder: folder).handler }
    return StaticFiles(assets: Self.embedded).handler
  }

  /// The table that the C compiler embedded.
  private static var embedded: [Asset] {
    (0..<Int(obox_asset_count)).compactMap { index in
      guard let entry = obox_asset_at(Int32(index))?.pointee, let path = entry.path else { return nil }
      return Asset(
        path: "/" + String(cString: path),
        staticBytes: UnsafeRawBufferPointer(start: entry.bytes, count: Int(entry.length)))
    }
  }
}
