import HTTP

/// `Prefer: handling=strict` (RFC 7240): fields that the route's schema does not declare are refused instead
/// of ignored.
enum StrictBody {
  /// Maximum number of fields named in one error.
  private static let most = 50

  static func isAsked(_ request: Request) -> Bool {
    request.headers.all("Prefer").contains { header in
      header.split(byte: ",").contains { preference in
        // A preference may have parameters after a semicolon.
        let text = preference.split(byte: ";").first ?? ""
        let parts = text.split(byte: "=", maxSplits: 1).map { $0.without(byte: " ").without(byte: "\"") }
        return parts.count == 2 && parts[0].lowercased() == "handling" && parts[1].lowercased() == "strict"
      }
    }
  }

  /// Throws 400 with every field of the body that a client may not set.
  static func check(_ request: Request, _ schema: Schema?) throws(Failure) {
    // Invalid JSON is left to the handler.
    guard !request.body.isEmpty, let body = try? request.json() else { return }
    let fields = (schema ?? .object([])).mismatches(in: body).filter { $0.problem == .unknown }
    guard !fields.isEmpty else { return }
    throw .invalid(
      fields.prefix(most).map { mismatch in
        FieldError(field: mismatch.field.prefix(utf8: 100), code: "UNKNOWN_FIELD", sentence: sentence)
      })
  }

  private static let sentence = Sentence(
    fr: "Champ inconnu ou en lecture seule.",
    en: "Unknown or read-only field.")
}
