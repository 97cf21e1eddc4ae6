extension Request {
  /// Parses the body as JSON; an empty one is `{}`. Throws 415 for another content type, 400
  /// `MALFORMED_JSON`.
  public func json() throws(Failure) -> JSONValue {
    guard !body.isEmpty else { return .object([:]) }
    guard isJSON else { throw .unsupportedMediaType }
    guard let value = JSONValue(parsing: body) else { throw .malformedJSON }
    return value
  }

  private var isJSON: Bool {
    guard let type = headers["Content-Type"] else { return false }
    let essence = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    return Headers.equal(essence, "application/json".utf8)
      || essence.count > 5 && Headers.equal(essence.suffix(5), "+json".utf8)
  }
}
