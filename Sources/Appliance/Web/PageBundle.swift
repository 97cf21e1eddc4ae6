import HTTP

/// The page as served: all modules in one script and all styles in one sheet, named by content hash and
/// cached for ever; and an index that refers to them and contains the script to run before the first paint.
///
/// A first visit loads the index and these files; later visits load the index only.
struct PageBundle {
  typealias Problem = PageModule.Problem

  private static let folder = "/built/"
  private static let forEver = "public, max-age=31536000, immutable"

  private(set) var assets: [Asset] = []
  private let files: [String: [UInt8]]

  init(_ files: [String: [UInt8]]) throws(Problem) {
    self.files = files
    var index = PageIndex(String(decoding: try file("/index.html"), as: UTF8.self))
    if !index.styles.isEmpty { index.style = add("page", "css", try sheet(of: index.styles)) }
    if let entry = index.entry {
      let script = try ModuleLinker.link(entry, source: { files[$0] })
      let path = add("app", "js", script.bytes)
      index.script = path
      for module in script.modules { assets.append(Self.facade(of: module, in: path)) }
    }
    if let entry = index.worker {
      index.workerScript = add("live-worker", "js", try ModuleLinker.link(entry, source: { files[$0] }).bytes)
    }
    if let early = index.early { index.inlined = String(decoding: try file(early), as: UTF8.self) }
    let policy =
      index.inlined.map { SafeHeaders.policy(inline: ContentHash.sha256($0.utf8)) } ?? SafeHeaders.policy
    assets.append(
      Asset(
        path: "/index.html", bytes: Array(index.written().utf8),
        headers: [("Content-Security-Policy", policy)]))
    let built = Set(assets.map(\.path))
    assets += files.filter { !built.contains($0.key) }.map { Asset(path: $0.key, bytes: $0.value) }
  }

  private func file(_ path: String) throws(Problem) -> [UInt8] {
    guard let bytes = files[path] else { throw Problem(path: "/index.html", text: "there is no \(path)") }
    return bytes
  }

  private mutating func add(_ name: String, _ kind: String, _ bytes: [UInt8]) -> String {
    let path = "\(Self.folder)\(name)-\(ContentHash.name(of: bytes)).\(kind)"
    assets.append(Asset(path: path, bytes: bytes, cacheControl: Self.forEver))
    return path
  }

  /// Concatenates style sheets. Refuses rules whose meaning depends on their place in a file.
  private func sheet(of paths: [String]) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    for path in paths {
      let text = String(decoding: try file(path), as: UTF8.self)
      for word in ["@import", "@charset"] where text.contains(word) {
        throw Problem(path: path, text: "\(word) is not linked")
      }
      for address in Self.addresses(in: text) where !Self.isAbsolute(address) {
        throw Problem(path: path, text: "url(\(address.prefix(30)) is not linked")
      }
      bytes += Array((text + "\n").utf8)
    }
    return bytes
  }

  /// The text after each `url(`, without its quote.
  private static func addresses(in text: String) -> [Substring] {
    var rest = text[...]
    var found: [Substring] = []
    while let at = rest.firstIndex(of: "(") {
      if rest[..<at].hasSuffix("url") {
        found.append(rest[at...].dropFirst().drop { $0 == "\"" || $0 == "'" })
      }
      rest = rest[at...].dropFirst()
    }
    return found
  }

  private static func isAbsolute(_ address: Substring) -> Bool {
    ["/", "data:", "#"].contains { address.hasPrefix($0) }
  }

  /// A module at its original path that re-exports the bundled one, so that it does not run twice.
  private static func facade(of module: (path: String, name: String, exports: [String]), in script: String)
    -> Asset
  {
    var text = "import { \(module.name) } from '\(script)'\n"
    let names = module.exports.filter { $0 != "default" }
    if !names.isEmpty { text += "export const { \(names.joined(separator: ", ")) } = \(module.name)\n" }
    if module.exports.contains("default") { text += "export default \(module.name).default\n" }
    return Asset(path: module.path, bytes: Array(text.utf8))
  }
}
