import HTTP

/// A reference to another row in a request body: an id as text or number, explicitly none, or absent.
enum Reference: Sendable, Equatable {
  case missing, none
  case id(Int64)

  /// Throws 400 for a value that is neither an id nor empty.
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
  /// An id in the path. Throws 404 when it is not a valid id.
  func id(_ name: String = "id") throws(Failure) -> Int64 {
    guard let id = Int64(digits: parameter(name)), id > 0 else { throw .notFound }
    return id
  }
}
