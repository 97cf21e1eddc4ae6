/// The page's index: finds the files it loads and replaces their names.
struct PageIndex {
  private let lines: [Substring]

  /// The style sheets in order.
  let styles: [String]
  /// The page's entry module, and that of its shared worker.
  let entry: String?
  let worker: String?
  /// A classic script that runs before the first paint.
  let early: String?

  var style: String?
  var script: String?
  var workerScript: String?
  var inlined: String?

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    styles = lines.filter { $0.contains("rel=\"stylesheet\"") }.compactMap { Self.attribute("href", in: $0) }
    let module = lines.first { $0.contains("type=\"module\"") }
    entry = module.flatMap { Self.attribute("src", in: $0) }
    worker = module.flatMap { Self.attribute("data-worker", in: $0) }
    early = lines.first { $0.contains("<script src=") }.flatMap { Self.attribute("src", in: $0) }
  }

  func written() -> String {
    var isStyled = false
    return lines.compactMap { line in
      if let style, line.contains("rel=\"stylesheet\"") {
        defer { isStyled = true }
        return isStyled ? nil : "  <link rel=\"stylesheet\" href=\"\(style)\">"
      }
      if let script, line.contains("type=\"module\"") {
        let worker = workerScript.map { " data-worker=\"\($0)\"" } ?? ""
        return "  <script type=\"module\" src=\"\(script)\"\(worker)></script>"
      }
      if let inlined, line.contains("<script src=") { return "  <script>\(inlined)</script>" }
      return String(line)
    }.joined(separator: "\n")
  }

  private static func attribute(_ name: String, in line: Substring) -> String? {
    let parts = line.split(separator: " ").flatMap {
      $0.split(separator: ">", omittingEmptySubsequences: true)
    }
    let found = parts.first { $0.hasPrefix("\(name)=\"") }
    return found?.split(separator: "\"").dropFirst().first.map(String.init)
  }
}
