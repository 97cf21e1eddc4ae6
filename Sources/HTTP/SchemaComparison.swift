/// Compares a value with a schema and collects the differences.
struct SchemaComparison {
  let ignoresNull: Bool
  private(set) var found: [SchemaMismatch] = []
  private var path: [SchemaMismatch.Step] = []

  init(ignoresNull: Bool) { self.ignoresNull = ignoresNull }

  mutating func compare(_ value: JSONValue, _ schema: Schema) {
    if ignoresNull, value.isNull { return }
    switch schema {
    case .any: break
    case .described(_, let inner), .named(_, let inner): compare(value, inner)
    case .optional(let inner): if !value.isNull { compare(value, inner) }
    case .limited(let inner, let limits):
      let before = found.count
      compare(value, inner)
      if found.count == before { compare(value, limits: limits) }
    case .either(let options): compare(value, either: options)
    case .null: expect(value.isNull, .null)
    case .string: expect(value.string != nil, .text)
    case .integer: expect(value.int64 != nil, .integer)
    case .number: expect(value.double != nil, .number)
    case .boolean: expect(value.bool != nil, .boolean)
    case .time: compare(value, text: "RFC 3339 in UTC", where: Self.isTime)
    case .enumeration(let words):
      compare(value, text: words.joined(separator: ", "), where: words.contains)
    case .array(let element): compare(value, listOf: element)
    case .map(let element): compare(value, mapOf: element)
    case .object(let fields): compare(value, fields)
    }
  }

  private mutating func compare(_ value: JSONValue, _ fields: [(String, Schema, required: Bool)]) {
    guard let members = value.object else { return note(.kind(.object)) }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      let field = fields.first { $0.0 == name }
      at(.member(name)) { walk in
        if let field { walk.compare(member, field.1) } else { walk.note(.unknown) }
      }
    }
    for (name, _, isRequired) in fields where isRequired && isMissing(members[name]) {
      at(.member(name)) { $0.note(.missing) }
    }
  }

  private func isMissing(_ value: JSONValue?) -> Bool {
    value.map { ignoresNull && $0.isNull } ?? true
  }

  private mutating func compare(_ value: JSONValue, listOf element: Schema) {
    guard let elements = value.array else { return note(.kind(.list)) }
    for (index, member) in elements.enumerated() {
      at(.element(index)) { $0.compare(member, element) }
    }
  }

  private mutating func compare(_ value: JSONValue, mapOf element: Schema) {
    guard let members = value.object else { return note(.kind(.object)) }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      at(.member(name)) { $0.compare(member, element) }
    }
  }

  /// Reports the differences from the alternative that fits best.
  private mutating func compare(_ value: JSONValue, either options: [Schema]) {
    var nearest: [SchemaMismatch]?
    for option in options {
      var walk = self
      walk.found = []
      walk.compare(value, option)
      if walk.found.isEmpty { return }
      let isOtherKind = walk.found.contains { $0.path == path && Self.isKind($0.problem) }
      if nearest == nil || !isOtherKind { nearest = walk.found }
    }
    found += nearest ?? []
  }

  private static func isKind(_ problem: SchemaMismatch.Problem) -> Bool {
    if case .kind = problem { true } else { false }
  }

  private mutating func compare(_ value: JSONValue, text wanted: String, where isRight: (String) -> Bool) {
    guard let text = value.string else { return note(.kind(.text)) }
    if !isRight(text) { note(.value(wanted)) }
  }

  /// Checks the limits of numbers and of text lengths. Patterns only document the format.
  private mutating func compare(_ value: JSONValue, limits: [(String, JSONValue)]) {
    for (keyword, limit) in limits {
      guard let limit = limit.double else { continue }
      let isKept =
        switch keyword {
        case "minimum": value.double.map { $0 >= limit }
        case "maximum": value.double.map { $0 <= limit }
        case "minLength": value.string.map { Double($0.unicodeScalars.count) >= limit }
        case "maxLength": value.string.map { Double($0.unicodeScalars.count) <= limit }
        default: Bool?.none
        }
      if isKept == false { note(.value("\(keyword) \(limit)")) }
    }
  }

  private mutating func expect(_ isRight: Bool, _ kind: SchemaMismatch.Kind) {
    if !isRight { note(.kind(kind)) }
  }

  private mutating func note(_ problem: SchemaMismatch.Problem) {
    found.append(SchemaMismatch(path: path, problem: problem))
  }

  private mutating func at(_ step: SchemaMismatch.Step, _ body: (inout SchemaComparison) -> Void) {
    path.append(step)
    body(&self)
    path.removeLast()
  }

  /// `2026-11-20T09:54:12.345Z`
  private static func isTime(_ text: String) -> Bool {
    let form = Array("0000-00-00T00:00:00.000Z".utf8)
    return text.utf8.count == form.count
      && zip(text.utf8, form).allSatisfy { byte, wanted in
        wanted == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == wanted
      }
  }
}
