import HTTP
import Store

/// Courses: drafts are visible to their authors only, published ones to everyone who is signed in.
///
/// Whoever may manage trainings writes them: it is the one right of the API for learning, and administrators have it.
/// Moderators look after what others say, and get the right from an administrator when they also teach.
enum Courses {
  static let right = Permission.manageTrainings.rawValue
  /// The frame about courses, lessons and enrolments.
  static let frame = "TRAINING_UPDATE"

  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...10_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  private static let category = Column(
    "category",
    .choice([
      .init("technical", Sentence(fr: "Technique", en: "Technical")),
      .init("compliance", Sentence(fr: "Conformité", en: "Compliance")),
      .init("soft-skills", Sentence(fr: "Savoir-être", en: "Soft skills")),
      .init("leadership", Sentence(fr: "Encadrement", en: "Leadership")),
    ]), fr: "Catégorie", en: "Category", initial: "technical".value)
  private static let difficulty = Column(
    "difficulty",
    .choice([
      .init("beginner", Sentence(fr: "Débutant", en: "Beginner")),
      .init("intermediate", Sentence(fr: "Intermédiaire", en: "Intermediate")),
      .init("advanced", Sentence(fr: "Avancé", en: "Advanced")),
    ]), fr: "Niveau", en: "Level", initial: "beginner".value)
  static let isMandatory = Column(
    "isMandatory", .flag, fr: "Obligatoire", en: "Mandatory", initial: false.value)
  /// Until when a mandatory course has to be completed; null for no limit.
  static let dueDate = Column(
    "dueDate", .time, fr: "À terminer avant le", en: "To be completed by", initial: .null)
  /// For whom it is mandatory; everyone who is signed in may read a published course.
  static let audience = Column(
    "audience", .audience, fr: "Obligatoire pour", en: "Mandatory for", initial: "[]".value)
  static let isPublished = Column(
    "isPublished", .flag, fr: "Publié", en: "Published", initial: false.value)
  static let authorID = Column.stamp("authorId", .reference(to: "users"), fr: "Auteur", en: "Author") {
    $0.id.value
  }
  /// Months after which its certificate ends; null for never.
  private static let validMonths = Column(
    "validMonths", .number(1...240), fr: "Validité (mois)", en: "Valid for (months)", initial: .null)
  /// Ids of the courses that must be completed before.
  static let prerequisites = Column(
    "prerequisites", .references(to: "courses"), fr: "Prérequis", en: "Prerequisites", initial: "[]".value)

  private static let columns: [Column] = [
    title, description, category, difficulty,
    Column("duration", .number(0...100_000), fr: "Durée (min)", en: "Duration (min)", initial: 0.value),
    Column("thumbnailUrl", .file, fr: "Image", en: "Picture", initial: "".value),
    authorID,
    .computed(
      "authorName", .text(0...200), fr: "Auteur", en: "Author",
      sql:
        "coalesce((SELECT coalesce(nullif(name, ''), username) FROM users WHERE id = courses.author_id), '—')"
    ),
    isPublished,
    isMandatory, dueDate, audience, validMonths, prerequisites,
    Column("tags", .tags, fr: "Mots-clés", en: "Tags", initial: "[]".value),
    .computed(
      "lessonCount", .number(0...(.max)), fr: "Leçons", en: "Lessons", sql: "courses.lesson_count"),
    .personal(
      "missingPrerequisites", .references(to: "courses"), fr: "Prérequis manquants",
      en: "Missing prerequisites", sql: CoursePrerequisites.missingIDs),
    .personal(
      "enrollmentId", .reference(to: "enrollments"), fr: "Inscription", en: "Enrollment", sql: mine("id")),
    .personal(
      "enrollmentStatus", .choice(Enrolment.Status.allCases.map(\.rawValue)), fr: "État", en: "Status",
      sql: mine("status")),
    .personal("progress", .number(0...100), fr: "Progression", en: "Progress", sql: mine("progress")),
  ]

  private static func mine(_ column: String) -> String {
    "(SELECT \(column) FROM enrollments WHERE course_id = courses.id AND user_id = ?)"
  }

  static let resource = Resource(
    "courses", table: "courses", title: Sentence(fr: "Cours", en: "Courses"),
    noun: Sentence(fr: "un cours", en: "a course"), columns: columns
  )
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right(right))
  .scoped { account, _ in scope(account) }
  .searchable(title, description)
  .belonging(to: .training)
  .publishing(frame)
  .restorable()
  .linked { "/courses/\($0)" }

  /// The table with what follows from its changes; `resource` reads it.
  static func table(_ notifications: Notifications) -> Resource {
    resource.before { change, tx in
      try CoursePrerequisites.check(change, in: tx)
      try check(change)
    }
    .after { change, tx in try follow(change, notifications, in: tx) }
  }

  static func scope(_ account: Account?) -> (sql: String, arguments: [Value]) {
    guard let account else { return ("courses.id = 0", []) }
    return (account.has(right: right) ? "1" : "courses.is_published = 1", [])
  }
}
