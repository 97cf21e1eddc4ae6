import HTTP
import Store

/// Reads fields of the request bodies of the Workspace client, in which ids are JSON integers.
enum PersonalRecords {
  static func wrong(_ field: String, _ code: String, fr: String, en: String) -> Failure {
    .invalid([FieldError(field, code, Sentence(fr: fr, en: en))])
  }

  static func required(_ field: String) -> Failure {
    wrong(field, "REQUIRED", fr: "Ce champ est obligatoire.", en: "This field is required.")
  }

  /// A text field of a body; nil if it is missing. Throws 400 if it is not text or too long.
  static func text(_ field: String, of body: JSONValue, most: Int) throws(Failure) -> String? {
    guard let json = body[field], !json.isNull else { return nil }
    guard let text = json.string else {
      throw wrong(field, "NOT_TEXT", fr: "Un texte est attendu.", en: "Text is expected.")
    }
    guard text.fits(most) else {
      throw wrong(field, "TOO_LONG", fr: "Au plus \(most) caractères.", en: "At most \(most) characters.")
    }
    return text
  }

  /// A text field of one line that is not blank, trimmed.
  static func name(_ field: String, of body: JSONValue, most: Int) throws(Failure) -> String? {
    guard let text = try text(field, of: body, most: most) else { return nil }
    let name = text.trimmed()
    if name.isInvisible { throw required(field) }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 32 }) else {
      throw wrong(field, "CONTROL_CHARACTERS", fr: "Sur une seule ligne.", en: "On one line.")
    }
    return name
  }
}
