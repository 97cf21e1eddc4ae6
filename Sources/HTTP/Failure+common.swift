/// The errors defined by HTTP itself.
extension Failure {
  /// 400 `VALIDATION_FAILED`; the message is that of the first field.
  public static func invalid(_ errors: [FieldError]) -> Failure {
    let first = errors.first?.sentence ?? Sentence(fr: "Données non valides.", en: "Invalid data.")
    return Failure(400, "VALIDATION_FAILED", first, errors: errors)
  }

  public static let badRequest = Failure(
    400, "BAD_REQUEST", Sentence(fr: "Requête non valide.", en: "Invalid request."))
  public static let malformedJSON = Failure(
    400, "MALFORMED_JSON",
    Sentence(
      fr: "Le corps de la requête n’est pas du JSON valide.", en: "The request body is not valid JSON."))
  public static let unauthenticated = Failure(
    401, "UNAUTHENTICATED", Sentence(fr: "Connectez-vous pour continuer.", en: "Sign in to continue."))
  public static let forbidden = Failure(
    403, "FORBIDDEN",
    Sentence(fr: "Vous n’avez pas les droits nécessaires.", en: "You do not have permission to do this."))
  public static let notFound = Failure(
    404, "NOT_FOUND", Sentence(fr: "Introuvable.", en: "Not found."))
  public static let methodNotAllowed = Failure(
    405, "METHOD_NOT_ALLOWED",
    Sentence(fr: "Méthode non autorisée.", en: "Method not allowed."))
  public static let timeout = Failure(
    408, "TIMEOUT",
    Sentence(fr: "La requête a pris trop de temps. Réessayez.", en: "The request took too long. Try again."))
  public static let tooLarge = Failure(
    413, "TOO_LARGE",
    Sentence(fr: "Le contenu envoyé est trop volumineux.", en: "The content sent is too large."))
  /// As `tooLarge`, with the limit in MB when it is at least one.
  public static func tooLarge(_ limit: Int) -> Failure {
    guard limit >= 1 << 20 else { return tooLarge }
    return Failure(
      413, "TOO_LARGE",
      Sentence(
        fr: "Contenu trop volumineux : \(limit >> 20) Mo maximum.",
        en: "Content too large: \(limit >> 20) MB maximum."))
  }
  public static let unsupportedMediaType = Failure(
    415, "UNSUPPORTED_MEDIA_TYPE",
    Sentence(fr: "Type de contenu non pris en charge.", en: "Content type not supported."))
  public static let tooManyAnswers = Failure(
    429, "TOO_MANY_ANSWERS",
    Sentence(
      fr: "Trop de téléchargements en cours. Attendez que l’un d’eux se termine, puis réessayez.",
      en: "Too many downloads in progress. Wait for one to finish and try again."),
    headers: [("Retry-After", "5")])
  public static let tooManyConnections = Failure(
    429, "TOO_MANY_CONNECTIONS",
    Sentence(
      fr: "Trop de connexions depuis votre adresse. Fermez des onglets, puis réessayez.",
      en: "Too many connections from your address. Close some tabs and try again."),
    headers: [("Retry-After", "5")])
  public static let expectationFailed = Failure(
    417, "EXPECTATION_FAILED",
    Sentence(fr: "En-tête Expect non pris en charge.", en: "Expect header not supported."))
  public static let upgradeRequired = Failure(
    426, "UPGRADE_REQUIRED",
    Sentence(fr: "Cette adresse est réservée aux WebSockets.", en: "This address is for WebSockets only."),
    headers: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")])
  public static let headersTooLarge = Failure(
    431, "HEADERS_TOO_LARGE",
    Sentence(fr: "Les en-têtes de la requête sont trop volumineux.", en: "The request headers are too large.")
  )
  public static let internalError = Failure(
    500, "INTERNAL_ERROR",
    Sentence(
      fr:
        "Une erreur interne est survenue. Réessayez. Si le problème persiste, contactez votre administrateur.",
      en: "Internal error. Try again. If the problem persists, contact your administrator."))
  public static let notImplemented = Failure(
    501, "NOT_IMPLEMENTED",
    Sentence(fr: "Méthode inconnue.", en: "Unknown method."))
  public static let unavailable = Failure(
    503, "UNAVAILABLE",
    Sentence(
      fr: "Service momentanément indisponible. Réessayez dans quelques secondes.",
      en: "Temporarily unavailable. Try again in a few seconds."),
    headers: [("Retry-After", "5")])
}
