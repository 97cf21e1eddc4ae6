import HTTP

/// Refuses a JSON body of another kind than the route wants: a list where fields are wanted would be read as if it said
/// nothing. `null` says nothing, as older clients write it.
enum BodyShape {
  static func check(_ request: Request, _ schema: Schema) throws(Failure) {
    guard isObject(schema), let first = request.body.first(where: { !isSpace($0) }) else { return }
    switch first {
    case UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "t"), UInt8(ascii: "f"),
      0x30...0x39:
      // Other kinds of content are the handler's to read, and what is no JSON is its to refuse.
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
