import HTTP

/// Refuses a JSON body that is not an object where one is expected: a handler would read a list as an object
/// without fields. `null` is accepted as an empty body, since older clients send it.
enum BodyShape {
  static func check(_ request: Request, _ schema: Schema) throws(Failure) {
    guard isObject(schema), let first = request.body.first(where: { !isSpace($0) }) else { return }
    switch first {
    case UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "t"), UInt8(ascii: "f"),
      0x30...0x39:
      // Other content types and invalid JSON are left to the handler.
      if (try? request.json()) != nil { throw wrong }
    default: return
    }
  }

  private static func isObject(_ schema: Schema) -> Bool {
    if case .object = schema.kind { true } else { false }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static let wrong = Failure(
    400, "NOT_AN_OBJECT",
    Sentence(
      fr: "Le corps de la requête doit être un objet JSON, comme {\"name\": \"…\"}.",
      en: "The body must be a JSON object, such as {\"name\": \"…\"}."))
}
