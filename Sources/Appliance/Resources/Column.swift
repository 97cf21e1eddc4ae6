import HTTP
import Store

/// One column of a resource: a JSON field and a table column.
///
/// Columns are constants of their resource, so that code that reads one (`change.new.text(title)`) does not
/// compile with a wrong name.
struct Column: Sendable {
  /// Where the value comes from.
  enum Source: Sendable {
    /// From the client. `initial` is the default on creation; nil makes it required.
    case client(initial: Value?)
    /// Set once by the server when the row is created.
    case stamp(@Sendable (Account) -> Value)
    /// Computed by SQL when it is read.
    case computed(sql: String)
    /// Computed for the reading account: the one `?` is its id, 0 without sign-in.
    case personal(sql: String)
  }

  /// The JSON field, in camel case.
  let name: String
  let kind: Kind
  /// The name shown to people.
  let label: Sentence
  let source: Source
  var isUnique = false
  /// The table's column, where it is not named after the field.
  private var storedName: String?
  private(set) var format: Format?

  /// The format of a text column.
  struct Format: Sendable {
    /// The error code for texts in another format.
    let code: String
    let sentence: Sentence
    /// Several values that it accepts, for tests.
    let samples: [String]
    let accepts: @Sendable (String) -> Bool
  }

  /// A column written by clients. Without `initial` it is required on creation.
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

  static func personal(_ name: String, _ kind: Kind, fr: String, en: String, sql: String) -> Column {
    Column(name, kind, Sentence(fr: fr, en: en), .personal(sql: sql))
  }

  /// Values must be unique, ignoring case and accents.
  ///
  /// The table must have a unique column `<column>_key`, kept by triggers as `fold(<column>)`.
  func unique() -> Column {
    var column = self
    column.isUnique = true
    return column
  }

  /// Stores it in a column of another name: the field's name may be a word of SQL.
  func stored(as name: String) -> Column {
    var column = self
    column.storedName = name
    return column
  }

  /// Accepts only texts in that format.
  func formatted(_ format: Format) -> Column {
    var column = self
    column.format = format
    return column
  }

  /// The table's column: `isActive` is `is_active`.
  var sqlName: String { storedName ?? Self.sqlName(name) }

  static func sqlName(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "") { text, scalar in
      if ("A"..."Z").contains(scalar) {
        text += "_" + String(scalar).lowercased()
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The SQL expression in a SELECT.
  var sqlExpression: String {
    switch source {
    case .computed(let sql), .personal(let sql): sql
    case .client, .stamp: sqlName
    }
  }

  var isStored: Bool {
    switch source {
    case .computed, .personal: false
    case .client, .stamp: true
    }
  }

  /// The default on creation; nil when the value is required.
  var initial: Value? {
    if case .client(let initial) = source { initial } else { nil }
  }

  var isWritable: Bool {
    if case .client = source { true } else { false }
  }

  /// Whether it may be null.
  var isOptional: Bool { initial == .null }

  /// Whether lists can be filtered by it: `?isActive=true`.
  var isFilter: Bool {
    guard isStored else { return false }
    return switch kind {
    case .choice, .flag, .number, .reference: true
    case .text, .choices, .time, .color, .tags, .file, .files, .audience, .references, .object: false
    }
  }
}
