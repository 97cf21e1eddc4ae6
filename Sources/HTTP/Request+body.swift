import FoundationEssentials

extension Request {
  /// The body as JSON; an empty one is `{}`. Throws 415 for another content type, 400 `MALFORMED_JSON`.
  public func json() throws(Failure) -> JSONValue {
    guard !body.isEmpty else { return .object([:]) }
    guard isJSON else { throw .unsupportedMediaType }
    guard let value = JSONValue(parsing: body) else { throw .malformedJSON }
    return value
  }

  /// The body decoded as a type. Throws as `json()`, and 400 naming the field that does not fit.
  public func decode<T: Decodable>(_ type: T.Type) throws(Failure) -> T {
    guard body.isEmpty || isJSON else { throw .unsupportedMediaType }
    do {
      return try JSONDecoder().decode(type, from: body.isEmpty ? Data("{}".utf8) : Data(body))
    } catch let error as DecodingError {
      throw Self.failure(error)
    } catch {
      throw .malformedJSON
    }
  }

  private var isJSON: Bool {
    guard let type = headers["Content-Type"] else { return false }
    let essence = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    return Headers.equal(essence, "application/json".utf8)
      || essence.count > 5 && Headers.equal(essence.suffix(5), "+json".utf8)
  }

  private static func failure(_ error: DecodingError) -> Failure {
    let missing = Sentence(fr: "Ce champ est obligatoire.", en: "This field is required.")
    let wrong = Sentence(fr: "Ce champ n'a pas le bon type.", en: "This field has the wrong type.")
    switch error {
    case .keyNotFound(let key, let context):
      return .invalid([FieldError(name(context.codingPath + [key]), "REQUIRED", missing)])
    case .typeMismatch(_, let context):
      return .invalid([FieldError(name(context.codingPath), "TYPE", wrong)])
    case .valueNotFound(_, let context):
      return .invalid([FieldError(name(context.codingPath), "REQUIRED", missing)])
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return .invalid([FieldError(name(context.codingPath), "INVALID", wrong)])
    default: return .malformedJSON
    }
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
