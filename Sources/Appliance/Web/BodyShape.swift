import HTTP

/// Refuses a body with values of another kind than the route's schema declares: the handler would read them as if they
/// were missing. Members that are `null` count as missing, since older clients send them; whether a value of the right
/// kind is allowed is checked by the handler.
enum BodyShape {
  /// How many fields one refusal names.
  private static let most = 50

  /// Throws 400 for a body that is no object where one is expected and, with `ofFields`, for every field of another
  /// kind. Other content types and invalid JSON are left to the handler.
  static func check(_ request: Request, _ schema: Schema, ofFields: Bool = true) throws(Failure) {
    guard !request.body.isEmpty, let body = try? request.json(), !body.isNull else { return }
    if case .object = schema.kind, body.object == nil { throw notAnObject }
    guard ofFields else { return }
    let wrong = schema.mismatches(in: body, ignoringNull: true).compactMap(error)
    if !wrong.isEmpty { throw .invalid(Array(wrong.prefix(most))) }
  }

  private static func error(_ mismatch: SchemaMismatch) -> FieldError? {
    guard case .kind(let kind) = mismatch.problem, let (code, sentence) = words(kind) else { return nil }
    return FieldError(mismatch.field.prefix(utf8: 100), code, sentence)
  }

  private static func words(_ kind: SchemaMismatch.Kind) -> (String, Sentence)? {
    switch kind {
    case .text: ("NOT_TEXT", Sentence(fr: "Un texte est attendu.", en: "Text is expected."))
    case .integer, .number:
      ("NOT_A_NUMBER", Sentence(fr: "Un nombre est attendu.", en: "A number is expected."))
    case .boolean: ("NOT_A_BOOLEAN", Sentence(fr: "Indiquez true ou false.", en: "Use true or false."))
    case .list: ("NOT_A_LIST", Sentence(fr: "Une liste est attendue.", en: "A list is expected."))
    case .object:
      ("NOT_AN_OBJECT", Sentence(fr: "Un objet JSON est attendu.", en: "A JSON object is expected."))
    case .null: nil
    }
  }

  private static let notAnObject = Failure(
    400, "NOT_AN_OBJECT",
    Sentence(
      fr: "Le corps de la requête doit être un objet JSON, comme {\"name\": \"…\"}.",
      en: "The body must be a JSON object, such as {\"name\": \"…\"}."))
}
