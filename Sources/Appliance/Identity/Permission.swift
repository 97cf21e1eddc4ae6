import HTTP

/// A permission that admins can delegate.
enum Permission: String, Sendable, CaseIterable {
  case manageAnnouncements = "manage_announcements"
  case manageDocuments = "manage_documents"
  case manageEvents = "manage_events"
  case manageUsers = "manage_users"
  case validateTopics = "validate_topics"
  case validatePosts = "validate_posts"
  case manageEmployeeCategories = "manage_employee_categories"
  case manageTrainings = "manage_trainings"

  /// Parses a stored list.
  static func words(_ json: String) -> Set<String> {
    Set((JSONValue(parsing: json)?.array ?? []).compactMap(\.string))
  }

  static let schema = Schema.words(Permission.self)

  /// Parses one permission. Throws 400 when it is unknown.
  static func read(_ value: JSONValue?, field: String) throws(Failure) -> Permission {
    guard let permission = value?.string.flatMap(Permission.init) else {
      throw .invalid([
        FieldError(
          field: field, code: "UNKNOWN_PERMISSION",
          sentence: Sentence(
            fr: "Choisissez une valeur parmi : \(allCases.map(\.rawValue).joined(separator: ", ")).",
            en: "Choose one of: \(allCases.map(\.rawValue).joined(separator: ", ")).")
        )
      ])
    }
    return permission
  }

  /// Parses a list of permissions, without duplicates and in order of declaration.
  static func readList(_ value: JSONValue?, field: String) throws(Failure) -> [Permission] {
    var found: Set<Permission> = []
    for word in value?.array ?? [.null] { found.insert(try read(word, field: field)) }
    return allCases.filter(found.contains)
  }

  /// The name shown to people.
  var label: Sentence {
    switch self {
    case .manageAnnouncements: Sentence(fr: "Annonces", en: "Announcements")
    case .manageDocuments: Sentence(fr: "Documents", en: "Documents")
    case .manageEvents: Sentence(fr: "Événements", en: "Events")
    case .manageUsers: Sentence(fr: "Utilisateurs", en: "Users")
    case .validateTopics: Sentence(fr: "Approbation des sujets", en: "Topic approval")
    case .validatePosts: Sentence(fr: "Approbation des messages", en: "Post approval")
    case .manageEmployeeCategories: Sentence(fr: "Catégories", en: "Categories")
    case .manageTrainings: Sentence(fr: "Formations", en: "Trainings")
    }
  }
}
