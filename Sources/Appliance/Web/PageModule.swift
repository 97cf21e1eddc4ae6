/// An ES module of the page, parsed into imports, exports and remaining code.
///
/// Every `import` and `export` statement must start at the beginning of a line and have one of the supported
/// forms; anything else is refused.
struct PageModule {
  /// `names` pairs each name in the other module with the local one; `namespace` is the local name of `* as`.
  struct Import: Equatable {
    let from: String
    var names: [Name] = []
    var namespace: String?
  }

  struct Name: Equatable {
    let outer: String
    let inner: String
  }

  struct Problem: Error, CustomStringConvertible {
    let path: String
    let text: String
    var description: String { "\(path): \(text)" }
  }

  let path: String
  private(set) var imports: [Import] = []
  /// `outer` is the exported name, `inner` the local one.
  private(set) var exports: [Name] = []
  /// Names re-exported from another module.
  private(set) var passedOn: [Import] = []
  private(set) var code: [UInt8] = []

  /// The modules that must run before this one, in order.
  private(set) var needs: [String] = []

  init(path: String, source: [UInt8]) throws(Problem) {
    self.path = path
    code.reserveCapacity(source.count)
    var pending: String?
    for line in source.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if let begun = pending {
        let statement = begun + " " + String(decoding: line, as: UTF8.self)
        pending = try take(statement)
      } else if Self.isStatement(line) {
        pending = try take(String(decoding: line, as: UTF8.self))
      } else {
        code.append(contentsOf: line)
      }
      code.append(0x0A)
    }
    if let pending { throw problem("it never ends: \(pending)") }
    for word in ["import(", "import.meta"] where Self.contains(source, word) {
      throw problem("\(word) is not linked")
    }
  }

  /// Parses one statement; returns it when it continues on the next line.
  private mutating func take(_ statement: String) throws(Problem) -> String? {
    if Self.hasOpenBrace(statement) { return statement }
    let text = Self.trimmed(statement)
    if text.hasPrefix("import ") {
      try takeImport(Self.trimmed(text.dropFirst(7)))
    } else {
      try takeExport(Self.trimmed(text.dropFirst(7)))
    }
    return nil
  }

  private mutating func takeImport(_ text: String) throws(Problem) {
    guard let (clause, from) = try source(text) else {
      let from = try specifier(text)
      imports.append(Import(from: from))
      return needs.append(from)
    }
    var entry = Import(from: from)
    for part in try parts(clause) {
      if part.hasPrefix("{") {
        entry.names += try names(part)
      } else if part.hasPrefix("* as ") {
        entry.namespace = try identifier(part.dropFirst(5))
      } else {
        entry.names.append(Name(outer: "default", inner: try identifier(part[...])))
      }
    }
    imports.append(entry)
    needs.append(from)
  }

  private mutating func takeExport(_ text: String) throws(Problem) {
    if text.hasPrefix("{") {
      guard let (clause, from) = try source(text) else {
        return exports += try names(text).map { Name(outer: $0.inner, inner: $0.outer) }
      }
      passedOn.append(Import(from: from, names: try names(clause)))
      return needs.append(from)
    }
    if text.hasPrefix("default ") {
      let value = text.dropFirst(8)
      for word in ["class", "function", "async"] where value.hasPrefix(word) {
        throw problem("name it first: \(text)")
      }
      exports.append(Name(outer: "default", inner: "$default"))
      return code.append(contentsOf: Array("const $default = \(value)".utf8))
    }
    for word in ["const ", "class ", "function* ", "function ", "async function* ", "async function "]
    where text.hasPrefix(word) {
      let name = text.dropFirst(word.count).prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
      guard !name.isEmpty else { break }
      exports.append(Name(outer: String(name), inner: String(name)))
      return code.append(contentsOf: Array(text.utf8))
    }
    throw problem("this form is not linked: export \(text)")
  }
}

extension PageModule {
  private func problem(_ text: String) -> Problem { Problem(path: path, text: text) }

  /// The parts before and after the last `from`; nil when there is none.
  private func source(_ text: String) throws(Problem) -> (clause: String, from: String)? {
    var rest = text[...]
    while let found = rest.lastIndex(of: "f") {
      let tail = text[found...]
      if tail.hasPrefix("from '") || tail.hasPrefix("from \"") {
        return (Self.trimmed(text[..<found]), try specifier(Self.trimmed(tail.dropFirst(5))))
      }
      rest = text[..<found]
    }
    return nil
  }

  /// The path for a quoted, relative specifier.
  private func specifier(_ text: String) throws(Problem) -> String {
    let inside = text.dropFirst().dropLast()
    guard let quote = text.first, quote == "'" || quote == "\"", text.last == quote, text.count > 2,
      inside.hasPrefix("."),
      !inside.contains(quote)
    else { throw problem("no relative path: \(text)") }
    var folders = path.split(separator: "/").dropLast().map(String.init)
    for part in inside.split(separator: "/") {
      switch part {
      case ".": break
      case "..":
        guard folders.popLast() != nil else { throw problem("outside of the page: \(text)") }
      default: folders.append(String(part))
      }
    }
    return "/" + folders.joined(separator: "/")
  }

  /// Splits `a, { b, c }` into its parts.
  private func parts(_ clause: String) throws(Problem) -> [String] {
    guard let brace = clause.firstIndex(of: "{"), brace != clause.startIndex else {
      return clause.hasPrefix("{") ? [clause] : clause.split(separator: ",").map { Self.trimmed($0) }
    }
    let before = clause[..<brace].split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
    return before + [Self.trimmed(clause[brace...])]
  }

  /// Parses `{ a, b as c }`.
  private func names(_ text: String) throws(Problem) -> [Name] {
    guard text.hasPrefix("{"), text.hasSuffix("}") else { throw problem("no list of names: \(text)") }
    var names: [Name] = []
    for part in text.dropFirst().dropLast().split(separator: ",") {
      let words = part.split { $0 == " " || $0 == "\n" }
      switch words.count {
      case 0: continue
      case 1: names.append(Name(outer: try identifier(words[0]), inner: String(words[0])))
      case 3 where words[1] == "as":
        names.append(Name(outer: try identifier(words[0]), inner: try identifier(words[2])))
      default: throw problem("no name: \(part)")
      }
    }
    return names
  }

  private func identifier(_ text: Substring) throws(Problem) -> String {
    guard !text.isEmpty, text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }) else {
      throw problem("no name: \(text)")
    }
    return String(text)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text).drop { $0 == " " }
    while let last = text.last, last == " " || last == ";" || last == "\r" { text.removeLast() }
    return String(text)
  }

  /// Whether a list of names continues on the next line; braces of code are ignored.
  private static func hasOpenBrace(_ text: String) -> Bool {
    guard text.hasPrefix("import ") || text.hasPrefix("export {") else { return false }
    return text.contains("{") && !text.contains("}")
  }

  private static func isStatement(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, first == 0x69 || first == 0x65 else { return false }
    return line.starts(with: "import ".utf8) || line.starts(with: "export ".utf8)
  }

  private static func contains(_ source: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    var from = source.startIndex
    while let found = source[from...].firstIndex(of: word[0]) {
      if source[found...].starts(with: word) { return true }
      from = found + 1
    }
    return false
  }
}
