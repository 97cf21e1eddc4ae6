import HTTP
import Store

/// One column of a resource: a field of its JSON and a column of its table.
///
/// A column is a named constant of its resource, so that code which reads it (`change.new.text(title)`) does not
/// compile with a wrong name.
struct Column: Sendable {
  /// Where the value comes from.
  enum Source: Sendable {
    /// The client's body. `initial` is what a create without it gets; nil makes it required.
    case client(initial: Value?)
    /// Written once by the server, when the row is made.
    case stamp(@Sendable (Account) -> Value)
    /// Calculated by SQL when it is read.
    case computed(sql: String)
  }

  /// The JSON field, in camel case.
  let name: String
  let kind: Kind
  /// What people call it.
  let label: Sentence
  let source: Source
  var isUnique = false

  /// A column that clients write. Without `initial` a create must give it.
  init(_ name: String, _ kind: Kind, fr: String, en: String, initial: Value? = nil) {
    self.init(name, kind, Sentence(fr: fr, en: en), .client(initial: initial))
  }

  private init(_ name: String, _ kind: Kind, _ label: Sentence, _ source: Source) {
    self.name = name
    self.kind = kind
    self.label = label
    self.source = source
  }

  static func stamp(
    _ name: String, _ kind: Kind, fr: String, en: String, _ value: @escaping @Sendable (Account) -> Value
  ) -> Column {
    Column(name, kind, Sentence(fr: fr, en: en), .stamp(value))
  }

  static func computed(_ name: String, _ kind: Kind, fr: String, en: String, sql: String) -> Column {
    Column(name, kind, Sentence(fr: fr, en: en), .computed(sql: sql))
  }

  /// No two rows have the same value, as people read it: case and accents make no difference.
  ///
  /// The table has `<column>_key`, unique, kept by triggers as `fold(<column>)`.
  func unique() -> Column {
    var column = self
    column.isUnique = true
    return column
  }

  /// The column of the table: `isActive` is `is_active`.
  var sqlName: String { Self.sqlName(name) }

  static func sqlName(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "") { text, scalar in
      if ("A"..."Z").contains(scalar) {
        text += "_" + String(scalar).lowercased()
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// What a SELECT reads it by.
  var sqlExpression: String {
    if case .computed(let sql) = source { sql } else { sqlName }
  }

  var isStored: Bool {
    if case .computed = source { false } else { true }
  }

  /// What a create gets where the body does not give it; nil where it must.
  var initial: Value? {
    if case .client(let initial) = source { initial } else { nil }
  }

  var isWritable: Bool {
    if case .client = source { true } else { false }
  }

  /// Whether null is a value of it.
  var isOptional: Bool { initial == .null }

  /// Whether a list can be narrowed to one value of it: `?isActive=true`.
  var isFilter: Bool {
    guard isStored else { return false }
    return switch kind {
    case .choice, .flag, .number, .reference: true
    case .text, .choices, .time, .color, .tags, .file, .audience, .object: false
    }
  }
}
