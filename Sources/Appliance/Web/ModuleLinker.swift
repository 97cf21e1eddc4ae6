/// Bundles an ES module and everything it imports into one script.
///
/// Each module becomes a function, called in the order in which a browser would run the modules; imports
/// become constants. This is equivalent unless modules import each other in a cycle or export a variable that
/// changes; both are refused.
struct ModuleLinker {
  /// A bundled script and its modules.
  struct Script {
    let bytes: [UInt8]
    let modules: [(path: String, name: String, exports: [String])]
  }

  typealias Problem = PageModule.Problem

  private let source: (String) -> [UInt8]?
  private var order: [PageModule] = []
  private var names: [String: String] = [:]
  private var exports: [String: Set<String>] = [:]
  private var open: [String] = []

  static func link(_ entry: String, source: @escaping (String) -> [UInt8]?) throws(Problem) -> Script {
    var linker = ModuleLinker(source: source)
    try linker.visit(entry, from: entry)
    return linker.script()
  }

  private init(source: @escaping (String) -> [UInt8]?) { self.source = source }

  /// Depth first: imported modules before the importing one.
  private mutating func visit(_ path: String, from: String) throws(Problem) {
    if names[path] != nil { return }
    if open.contains(path) {
      throw Problem(path: from, text: "imports itself by way of \((open + [path]).joined(separator: " → "))")
    }
    guard let bytes = source(path) else { throw Problem(path: from, text: "there is no \(path)") }
    let module = try PageModule(path: path, source: bytes)
    open.append(path)
    for needed in module.needs { try visit(needed, from: path) }
    open.removeLast()
    try check(module)
    names[path] = "$\(order.count)"
    order.append(module)
  }

  /// Checks that every imported name is exported, as a browser would.
  private mutating func check(_ module: PageModule) throws(Problem) {
    for entry in module.imports + module.passedOn {
      for name in entry.names where exports[entry.from]?.contains(name.outer) != true {
        throw Problem(path: module.path, text: "\(entry.from) exports no \(name.outer)")
      }
    }
    let passedOn = module.passedOn.flatMap(\.names).map(\.inner)
    exports[module.path] = Set(module.exports.map(\.outer) + passedOn)
  }

  private func script() -> Script {
    var bytes: [UInt8] = []
    var modules: [(path: String, name: String, exports: [String])] = []
    for (index, module) in order.enumerated() {
      bytes += Array("// \(module.path)\nconst $\(index) = (() => {\n\(prelude(module))".utf8)
      bytes += module.code
      bytes += Array("\nreturn { \(results(module)) };\n})();\n".utf8)
      modules.append((module.path, "$\(index)", (exports[module.path] ?? []).sorted()))
    }
    bytes += Array("export { \(modules.map(\.name).joined(separator: ", ")) };\n".utf8)
    return Script(bytes: bytes, modules: modules)
  }

  private func prelude(_ module: PageModule) -> String {
    var text = ""
    for entry in module.imports {
      let from = names[entry.from] ?? ""
      if let namespace = entry.namespace { text += "const \(namespace) = \(from);\n" }
      guard !entry.names.isEmpty else { continue }
      let taken = entry.names.map { $0.outer == $0.inner ? $0.inner : "\($0.outer): \($0.inner)" }
      text += "const { \(taken.joined(separator: ", ")) } = \(from);\n"
    }
    return text
  }

  private func results(_ module: PageModule) -> String {
    let own = module.exports.map { $0.outer == $0.inner ? $0.inner : "\($0.outer): \($0.inner)" }
    let passedOn = module.passedOn.flatMap { entry in
      entry.names.map { "\($0.inner): \(names[entry.from] ?? "").\($0.outer)" }
    }
    return (own + passedOn).joined(separator: ", ")
  }
}
