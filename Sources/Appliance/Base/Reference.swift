import HTTP

/// What a body says of a reference to another row: an id as text or number, none, or nothing at all.
enum Reference: Sendable, Equatable {
  case missing, none
  case id(Int64)

  /// Throws 400 where it is neither an id nor empty.
  init(_ field: String, of body: JSONValue) throws(Failure) {
    switch body[field] {
    case nil: self = .missing
    case .null?, .string("")?: self = .none
    case let value?:
      guard let id = value.int64 ?? value.string.flatMap({ Int64(digits: $0) }), id > 0 else {
        throw .invalid([
          FieldError(
            field: field, code: "INVALID_REFERENCE",
            sentence: Sentence(fr: "ID non valide.", en: "Invalid ID."))
        ])
      }
      self = .id(id)
    }
  }

  var id: Int64? {
    if case .id(let id) = self { id } else { nil }
  }
}

extension Request {
  /// The id in the path. Throws 404 where it cannot be one.
  func id(_ name: String = "id") throws(Failure) -> Int64 {
    guard let id = Int64(digits: parameter(name)), id > 0 else { throw .notFound }
    return id
  }
}
