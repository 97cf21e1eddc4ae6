import HTTP
import Store

/// Trainings in a room, at a date. Participants are not a column: see `TrainingParticipants`.
enum Trainings {
  static let right = Permission.manageTrainings.rawValue
  static let frame = "TRAINING_UPDATE"

  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  static let description = Column(
    "description", .text(0...10_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  static let category = Column(
    "category",
    .choice([
      .init("technical", Sentence(fr: "Technique", en: "Technical")),
      .init("management", Sentence(fr: "Management", en: "Management")),
      .init("safety", Sentence(fr: "Sécurité", en: "Safety")),
      .init("compliance", Sentence(fr: "Conformité", en: "Compliance")),
      .init("other", Sentence(fr: "Autre", en: "Other")),
    ]), fr: "Catégorie", en: "Category", initial: "technical".value)
  static let difficulty = Column(
    "difficulty",
    .choice([
      .init("beginner", Sentence(fr: "Débutant", en: "Beginner")),
      .init("intermediate", Sentence(fr: "Intermédiaire", en: "Intermediate")),
      .init("advanced", Sentence(fr: "Avancé", en: "Advanced")),
    ]), fr: "Niveau", en: "Level", initial: "beginner".value)
  /// In minutes.
  static let duration = Column(
    "duration", .number(0...100_000), fr: "Durée (minutes)", en: "Duration (minutes)", initial: 60.value)
  static let instructorID = Column(
    "instructorId", .reference(to: "users"), fr: "Formateur", en: "Instructor", initial: .null)
  /// The name of an instructor without an account.
  static let externalInstructor = Column(
    "externalInstructor", .text(0...200), fr: "Formateur externe", en: "External instructor",
    initial: "".value)
  /// Null while the date is not known.
  static let startDate = Column("startDate", .time, fr: "Début", en: "Start", initial: .null)
  static let endDate = Column("endDate", .time, fr: "Fin", en: "End", initial: .null)
  static let location = Column("location", .text(0...200), fr: "Lieu", en: "Location", initial: "".value)
  /// Null for no limit.
  static let maxParticipants = Column(
    "maxParticipants", .number(1...100_000), fr: "Places", en: "Places", initial: .null)
  static let isMandatory = Column(
    "isMandatory", .flag, fr: "Obligatoire", en: "Mandatory", initial: false.value)
  static let isActive = Column(
    "isActive", .flag, fr: "Inscriptions ouvertes", en: "Open for registration", initial: true.value)
  static let isVisible = Column("isVisible", .flag, fr: "Visible", en: "Visible", initial: true.value)
  /// Until when a mandatory training has to be completed; null for its own date.
  static let dueDate = Column(
    "dueDate", .time, fr: "À suivre avant le", en: "To be completed by", initial: .null)
  /// Months after which a completion expires; null for never.
  static let validMonths = Column(
    "validMonths", .number(1...240), fr: "Validité (mois)", en: "Valid for (months)", initial: .null)
  /// Minutes before the start; null for no reminder.
  static let reminder = Column(
    "reminder", .number(0...40_320), fr: "Rappel (minutes avant)", en: "Reminder (minutes before)",
    initial: 1_440.value)
  static let audience = Column("audience", .audience, fr: "Pour", en: "For", initial: "[]".value)

  static let myValidUntil = Column.personal(
    "myValidUntil", .time, fr: "Valable jusqu’au", en: "Valid until", sql: mine("valid_until"))

  static func resource(_ notifications: Notifications) -> Resource {
    Resource(
      "trainings", table: "trainings", title: Sentence(fr: "Formations", en: "Trainings"),
      noun: Sentence(fr: "une formation", en: "a training"), columns: columns
    )
    .allowing(.list, .get, to: .signedIn)
    .allowing(.create, .change, .delete, to: .right(right))
    .scoped { account, _ in scope(account) }
    .before { change, tx in try check(&change, in: tx) }
    .after { change, tx in try follow(change, notifications, in: tx) }
    .searchable(title, description, location, externalInstructor)
    .belonging(to: .training)
    .linked { "/learn/trainings/\($0)" }
    .publishing(frame)
  }

  private static let columns: [Column] = [
    title, description, category, difficulty, duration, instructorID,
    .computed(
      "instructorName", .text(0...200), fr: "Formateur", en: "Instructor",
      sql: """
        coalesce((SELECT coalesce(nullif(name, ''), username) FROM users WHERE id = trainings.instructor_id),
          nullif(external_instructor, ''), '—')
        """),
    externalInstructor, startDate, endDate, location, maxParticipants,
    .computed(
      "currentParticipants", .number(0...(.max)), fr: "Participants", en: "Participants",
      sql: "(SELECT count(*) \(TrainingParticipants.takenSQL))"),
    .computed(
      "waitingCount", .number(0...(.max)), fr: "En attente", en: "Waiting",
      sql: count("status = 'registered' AND is_waiting = 1")),
    .computed(
      "completedCount", .number(0...(.max)), fr: "Terminée par", en: "Completed by",
      sql: count("completion_date IS NOT NULL")),
    isMandatory, isActive, isVisible,
    Column("thumbnailUrl", .file, fr: "Image", en: "Picture", initial: "".value),
    Column("documentUrls", .files, fr: "Documents", en: "Documents", initial: "[]".value),
    .computed(
      "documentNames", .tags, fr: "Noms des documents", en: "Names of the documents",
      sql: """
        (SELECT json_group_array(coalesce(uploads.name, '')) FROM json_each(trainings.document_urls)
         LEFT JOIN uploads ON uploads.key = substr(json_each.value, \(UploadedFile.prefix.utf8.count + 1)))
        """),
    dueDate, validMonths, reminder, audience,
    .personal(
      "myStatus", .text(0...20), fr: "Ma participation", en: "My participation",
      sql: """
        (SELECT CASE WHEN status = 'registered' AND is_waiting = 1 THEN 'waiting' ELSE status END
         FROM training_participants WHERE training_id = trainings.id AND user_id = ?)
        """),
    .personal(
      "myCompletionDate", .time, fr: "Terminée le", en: "Completed on", sql: mine("completion_date")),
    myValidUntil,
  ]

  private static func count(_ condition: String) -> String {
    "(SELECT count(*) FROM training_participants WHERE training_id = trainings.id AND \(condition))"
  }

  private static func mine(_ column: String) -> String {
    "(SELECT \(column) FROM training_participants WHERE training_id = trainings.id AND user_id = ?)"
  }

  /// Trainings visible to an account: by audience, as participant or as instructor; all of them to managers.
  static func scope(_ account: Account?) -> (sql: String, arguments: [Value]) {
    guard let account else { return ("trainings.id = 0", []) }
    if account.has(right: right) { return ("1", []) }
    let readers = Readership.condition("trainings.audience", for: account)
    return (
      """
      (trainings.is_visible = 1 AND \(readers.sql)) OR trainings.instructor_id = ? OR EXISTS (
        SELECT 1 FROM training_participants
        WHERE training_id = trainings.id AND user_id = ? AND status <> 'cancelled')
      """, readers.arguments + [account.id.value, account.id.value]
    )
  }
}
