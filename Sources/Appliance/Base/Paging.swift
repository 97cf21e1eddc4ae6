import HTTP

/// The parameters `?limit=` and `?before=` of a list.
struct Paging: Sendable {
  /// At most 500; 100 by default.
  let limit: Int
  /// Only ids below this; the maximum id when not given.
  let before: Int64

  init(_ request: Request) throws(Failure) {
    limit = try Self.limit(request)
    before = try Self.number("before", request) ?? .max
  }

  /// Parses `?limit=` only.
  static func limit(_ request: Request) throws(Failure) -> Int {
    try number("limit", request).map { Int(min($0, 500)) } ?? 100
  }

  private static func number(_ name: String, _ request: Request) throws(Failure) -> Int64? {
    guard let text = request.query[name] else { return nil }
    guard let value = Int64(digits: text), value > 0 else {
      throw .invalid([
        FieldError(
          field: name, code: "NOT_A_NUMBER",
          sentence: Sentence(
            fr: "Indiquez un nombre entier positif.", en: "Enter a positive whole number."))
      ])
    }
    return value
  }
}
