import CAssets
import HTTP

/// The web page: embedded in the binary, or read from a folder while one works on it.
struct Page: Sendable {
  let site: Site

  var handler: Handler {
    if let folder = site.assetsFolder { return StaticFiles(folder: folder).handler }
    return StaticFiles(assets: Self.embedded, index: "/index.html").handler
  }

  private static var embedded: [Asset] {
    let table = withUnsafePointer(to: obox_assets) { pointer in
      UnsafeRawPointer(pointer).assumingMemoryBound(to: obox_asset.self)
    }
    return (0..<Int(obox_asset_count)).map { index in
      let entry = table[index]
      let path = "/" + String(cString: entry.path)
      return Asset(
        path: path, contentType: ContentType.of(path),
        bytes: UnsafeRawBufferPointer(start: entry.bytes, count: Int(entry.length)))
    }
  }
}
