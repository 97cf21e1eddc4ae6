extension Request {
  /// Parses the body as JSON; an empty one is `{}`. Throws 415 for another content type, 400
  /// `MALFORMED_JSON`. Further calls return the same value without parsing again.
  public func json() throws(Failure) -> JSONValue {
    guard !body.isEmpty else { return .object([:]) }
    guard isJSON else { throw .unsupportedMediaType }
    guard let value = content.parsed() else { throw .malformedJSON }
    return value
  }

  /// The same request as if it had come without a body.
  public func withoutBody() -> Request {
    guard !body.isEmpty else { return self }
    var request = Request(
      content: Content(
        method: method, path: path, query: query, headers: headers, body: [], peerAddress: peerAddress,
        id: id,
        isTLS: isTLS))
    request.parameters = parameters
    request.principal = principal
    return request
  }

  private var isJSON: Bool {
    guard let type = headers["Content-Type"] else { return false }
    let essence = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    return Headers.equal(essence, "application/json".utf8)
      || essence.count > 5 && Headers.equal(essence.suffix(5), "+json".utf8)
  }
}

extension Query {
  /// Whether a parameter is set: `1` or `true`. Throws 400 for a word that is no truth value.
  public func flag(_ name: String) throws(Failure) -> Bool {
    switch self[name] {
    case nil, "", "0", "false": return false
    case "1", "true": return true
    default:
      throw .invalid([
        FieldError(name, "NOT_A_BOOLEAN", Sentence(fr: "Indiquez true ou false.", en: "Use true or false."))
      ])
    }
  }
}
