/// Shorthands for common schemas.
extension Schema {
  /// An object with required and optional members.
  public static func members(
    _ required: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:]
  ) -> Schema {
    .object(
      required.map { ($0.key, $0.value, required: true) }
        + optional.map { ($0.key, $0.value, required: false) })
  }

  /// The members of two objects as one object; of a member in both, the first is taken.
  public static func + (one: Schema, other: Schema) -> Schema {
    let known = Set(one.fields.map(\.0))
    return .object(one.fields + other.fields.filter { !known.contains($0.0) })
  }

  /// The members of an object; empty for any other kind.
  public var fields: [(String, Schema, required: Bool)] {
    if case .object(let fields) = kind { fields } else { [] }
  }

  /// The raw values of an enumeration.
  public static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Schema {
    .enumeration(type.allCases.map(\.rawValue))
  }

  /// An id as the API writes it: decimal digits as text.
  public static let id = Schema.limited(.string, [("pattern", "^[0-9]+$")])

  /// A reference to a row that may be deleted: an id, or "" for none.
  public static let idOrEmpty = Schema.limited(.string, [("pattern", "^[0-9]*$")])

  /// An id in a body: a string or a number.
  public static let reference = Schema.either([.string, .integer])

  /// A whole number in a body; older clients send it as a string.
  public static let numberOrText = Schema.either([.integer, .string])

  /// `{"success":true}`
  public static let success = Schema.members(["success": .boolean])

  /// `{"success":true,"message":…}`: the response of operations without content to return.
  public static let done = Schema.named("Done", .members(["success": .boolean, "message": .string]))

  /// The errors of the API. Some have further members.
  public static let failure = Schema.named(
    "Failure",
    .members([
      "success": .boolean, "code": .string, "message": .string, "error": .string,
      "errors": .array(.members(["field": .string, "code": .string, "message": .string])),
    ]))
}
