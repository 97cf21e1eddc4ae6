import HTTP

/// `Prefer: handling=strict` (RFC 7240): what a route does not declare in its schema is refused and not ignored.
enum StrictBody {
  /// How many fields one refusal names.
  private static let most = 50

  static func isAsked(_ request: Request) -> Bool {
    request.headers.all("Prefer").contains { header in
      header.split(byte: ",").contains { preference in
        // A preference may have parameters of its own, after a semicolon.
        let text = preference.split(byte: ";").first ?? ""
        let parts = text.split(byte: "=", maxSplits: 1).map { $0.without(byte: " ").without(byte: "\"") }
        return parts.count == 2 && parts[0].lowercased() == "handling" && parts[1].lowercased() == "strict"
      }
    }
  }

  /// Throws 400 with every field of the body that the route does not let a client set.
  static func check(_ request: Request, _ schema: Schema?) throws(Failure) {
    // What is no JSON is the handler's to refuse.
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
