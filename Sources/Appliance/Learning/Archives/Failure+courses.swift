import HTTP

/// What is wrong with a file of a course's archive.
extension Failure {
  enum Flaw {
    case missing, notText, notJSON, tooLong, noName, twice
    case noList(Int)

    fileprivate var error: (code: String, sentence: Sentence) {
      switch self {
      case .missing:
        ("FILE_MISSING", Sentence(fr: "manque dans l’archive.", en: "is missing in the archive."))
      case .notText: ("NOT_TEXT", Sentence(fr: "n’est pas du texte en UTF-8.", en: "is not text in UTF-8."))
      case .notJSON:
        ("MALFORMED_JSON", Sentence(fr: "n’est pas du JSON valide.", en: "is not valid JSON."))
      case .tooLong: ("TOO_LONG", Sentence(fr: "est trop long.", en: "is too long."))
      case .noName:
        (
          "NOT_A_NAME", Sentence(fr: "n’est pas le nom d’un fichier.", en: "is not the name of a file.")
        )
      case .noList(let most):
        (
          "NOT_A_LIST",
          Sentence(
            fr: "n’est pas une liste de \(most) éléments au plus.",
            en: "is not a list of at most \(most) elements.")
        )
      case .twice:
        ("TWICE", Sentence(fr: "nomme deux fois le même fichier.", en: "names the same file twice."))
      }
    }
  }

  /// A flaw of a file, or of a part of it.
  static func inCourse(_ file: String, _ flaw: Flaw, _ part: String = "") -> Failure {
    let (code, sentence) = flaw.error
    let place = part.isEmpty ? file : "\(file), \(part)"
    return Failure(
      400, code, Sentence(fr: "\(place) \(sentence(.fr))", en: "\(place) \(sentence(.en))"),
      errors: [FieldError(place, code, sentence)])
  }

  /// The same error, of a part of a file.
  func inCourse(_ file: String, _ part: String) -> Failure {
    let fields = errors.map { error in
      let place = [part, error.field].filter { !$0.isEmpty }.joined(separator: ".")
      return FieldError("\(file), \(place)", error.code, error.sentence)
    }
    let place = fields.first?.field ?? file
    let said = fields.first?.sentence ?? sentence
    return Failure(
      status, code, Sentence(fr: "\(place) : \(said(.fr))", en: "\(place): \(said(.en))"), errors: fields,
      headers: headers.map { ($0.name, $0.value) })
  }
}
