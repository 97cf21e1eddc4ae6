/// The forms that most schemas are made of.
extension Schema {
  /// An object of members that are always there, and of some that are only there at times.
  public static func members(
    _ required: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:]
  ) -> Schema {
    .object(
      required.map { ($0.key, $0.value, required: true) }
        + optional.map { ($0.key, $0.value, required: false) })
  }

  /// The members of two objects as one object; of a member that both have, the first is taken.
  public static func + (one: Schema, other: Schema) -> Schema {
    let known = Set(one.fields.map(\.0))
    return .object(one.fields + other.fields.filter { !known.contains($0.0) })
  }

  /// The members of an object; none of any other kind.
  public var fields: [(String, Schema, required: Bool)] {
    if case .object(let fields) = kind { fields } else { [] }
  }

  /// The words of a type.
  public static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Schema {
    .enumeration(type.allCases.map(\.rawValue))
  }

  /// An id as the API writes it: decimal digits as text.
  public static let id = Schema.limited(.string, [("pattern", "^[0-9]+$")])

  /// A reference to something that may be gone: an id, or "" for none.
  public static let idOrEmpty = Schema.limited(.string, [("pattern", "^[0-9]*$")])

  /// An id in a body: as text or as a number.
  public static let reference = Schema.either([.string, .integer])

  /// A whole number in a body, which older clients write as text.
  public static let numberOrText = Schema.either([.integer, .string])

  /// `{"success":true}`
  public static let success = Schema.members(["success": .boolean])

  /// `{"success":true,"message":…}`, what answers where there is nothing to show.
  public static let done = Schema.named("Done", .members(["success": .boolean, "message": .string]))

  /// The refusals of the API. Some have members of their own beside these.
  public static let failure = Schema.named(
    "Failure",
    .members([
      "success": .boolean, "code": .string, "message": .string, "error": .string,
      "errors": .array(.members(["field": .string, "code": .string, "message": .string])),
    ]))
}
