/// The refusals that HTTP itself knows.
extension Failure {
  /// 400 `VALIDATION_FAILED`; the sentence is that of the first field.
  public static func invalid(_ errors: [FieldError]) -> Failure {
    let first = errors.first?.sentence ?? Sentence(fr: "Données non valides.", en: "Invalid data.")
    return Failure(400, "VALIDATION_FAILED", first, errors: errors)
  }

  public static let badRequest = Failure(
    400, "BAD_REQUEST", Sentence(fr: "Requête mal formée.", en: "Malformed request."))
  public static let malformedJSON = Failure(
    400, "MALFORMED_JSON",
    Sentence(fr: "Le corps de la requête n'est pas du JSON valide.", en: "The body is not valid JSON."))
  public static let unauthenticated = Failure(
    401, "UNAUTHENTICATED", Sentence(fr: "Veuillez vous connecter.", en: "Please sign in."))
  public static let forbidden = Failure(
    403, "FORBIDDEN",
    Sentence(fr: "Vous n'avez pas le droit de faire cela.", en: "You are not allowed to do that."))
  public static let notFound = Failure(
    404, "NOT_FOUND", Sentence(fr: "Introuvable.", en: "Not found."))
  public static let methodNotAllowed = Failure(
    405, "METHOD_NOT_ALLOWED",
    Sentence(fr: "Cette méthode n'est pas permise ici.", en: "This method is not allowed here."))
  public static let timeout = Failure(
    408, "TIMEOUT", Sentence(fr: "La requête a mis trop longtemps.", en: "The request took too long."))
  public static let tooLarge = Failure(
    413, "TOO_LARGE", Sentence(fr: "Le corps de la requête est trop grand.", en: "The body is too large."))
  /// The same, with the limit in MB where it has some.
  public static func tooLarge(_ limit: Int) -> Failure {
    guard limit >= 1 << 20 else { return tooLarge }
    return Failure(
      413, "TOO_LARGE",
      Sentence(
        fr: "C’est trop grand : \(limit >> 20) Mo au plus.",
        en: "That is too large: \(limit >> 20) MB at most."))
  }
  public static let unsupportedMediaType = Failure(
    415, "UNSUPPORTED_MEDIA_TYPE",
    Sentence(fr: "Ce type de contenu n'est pas accepté.", en: "This content type is not accepted."))
  public static let tooManyAnswers = Failure(
    429, "TOO_MANY_ANSWERS",
    Sentence(
      fr: "Trop de téléchargements sont en cours. Attendez que l’un d’eux se termine, puis réessayez.",
      en: "Too many downloads are in progress. Wait for one of them to finish, then try again."),
    headers: [("Retry-After", "5")])
  public static let tooManyConnections = Failure(
    429, "TOO_MANY_CONNECTIONS",
    Sentence(
      fr: "Trop de connexions sont ouvertes depuis votre adresse. Fermez des onglets, puis réessayez.",
      en: "Too many connections are open from your address. Close some tabs, then try again."),
    headers: [("Retry-After", "5")])
  public static let expectationFailed = Failure(
    417, "EXPECTATION_FAILED",
    Sentence(fr: "Cette attente ne peut être satisfaite.", en: "This expectation cannot be met."))
  public static let upgradeRequired = Failure(
    426, "UPGRADE_REQUIRED",
    Sentence(fr: "Cette adresse est réservée aux WebSockets.", en: "This address is for WebSockets only."),
    headers: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")])
  public static let headersTooLarge = Failure(
    431, "HEADERS_TOO_LARGE",
    Sentence(fr: "Les en-têtes de la requête sont trop grands.", en: "The request's headers are too large."))
  public static let internalError = Failure(
    500, "INTERNAL_ERROR",
    Sentence(fr: "Une erreur interne est survenue.", en: "Something went wrong on our side."))
  public static let notImplemented = Failure(
    501, "NOT_IMPLEMENTED",
    Sentence(fr: "Cette méthode n'est pas connue.", en: "This method is not known."))
  public static let unavailable = Failure(
    503, "UNAVAILABLE",
    Sentence(fr: "Service momentanément indisponible.", en: "Temporarily unavailable."),
    headers: [("Retry-After", "5")])
}
