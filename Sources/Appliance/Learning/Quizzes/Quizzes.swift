import HTTP
import Store

/// The quizzes of courses, without their questions, which have versions. Everyone who sees the course sees that there
/// is a quiz; its questions are for those who are enrolled.
enum Quizzes {
  static let mostPerCourse = 100

  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  /// May be left out when there is a lesson.
  static let courseID = Column(
    "courseId", .reference(to: "courses"), fr: "Cours", en: "Course", initial: .null)
  static let lessonID = Column(
    "lessonId", .reference(to: "lessons"), fr: "Leçon", en: "Lesson", initial: .null)
  private static let description = Column(
    "description", .text(0...2_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  static let passingScore = Column(
    "passingScore", .number(0...100), fr: "Score requis (%)", en: "Passing score (%)", initial: 70.value)
  static let timeLimit = Column(
    "timeLimit", .number(1...1_440), fr: "Durée limite (min)", en: "Time limit (min)", initial: .null)
  static let allowRetries = Column(
    "allowRetries", .flag, fr: "Plusieurs tentatives", en: "Several attempts", initial: true.value)
  static let maxAttempts = Column(
    "maxAttempts", .number(1...100), fr: "Nombre de tentatives", en: "Number of attempts", initial: 3.value)
  static let isRequired = Column(
    "isRequired", .flag, fr: "Obligatoire", en: "Required", initial: true.value)
  static let shuffles = Column(
    "shuffles", .flag, fr: "Mélanger questions et réponses", en: "Shuffle questions and answers",
    initial: false.value)
  /// How many of the questions an attempt asks; all when null.
  static let pool = Column(
    "pool", .number(1...Int64(QuizQuestion.most)), fr: "Questions tirées au sort", en: "Questions drawn",
    initial: .null)
  static let negative = Column(
    "negative", .number(0...100), fr: "Pénalité par erreur (%)", en: "Penalty for a wrong answer (%)",
    initial: 0.value)
  /// Grows whenever the questions change.
  static let version = Column.stamp("version", .number(1...(.max)), fr: "Version", en: "Version") { _ in
    1.value
  }

  private static func mine(_ what: String) -> String {
    "(SELECT \(what) FROM quiz_attempts WHERE quiz_id = quizzes.id AND user_id = ? AND is_past = 0)"
  }

  private static let columns: [Column] = [
    title, courseID, lessonID, description, passingScore, timeLimit, allowRetries, maxAttempts, isRequired,
    shuffles, pool, negative, version,
    .computed(
      "questionCount", .number(0...(.max)), fr: "Questions", en: "Questions",
      sql: """
        (SELECT question_count FROM quiz_versions
          WHERE quiz_id = quizzes.id AND quiz_versions.version = quizzes.version)
        """),
    .computed(
      "courseTitle", .text(0...200), fr: "Cours", en: "Course",
      sql: "(SELECT c.title FROM courses AS c WHERE c.id = quizzes.course_id)"),
    .personal(
      "attemptCount", .number(0...(.max)), fr: "Vos tentatives", en: "Your attempts", sql: mine("count(*)")),
    .personal(
      "extraAttempts", .number(0...(.max)), fr: "Tentatives accordées", en: "Further attempts",
      sql: "coalesce((SELECT count FROM quiz_extra_attempts WHERE quiz_id = quizzes.id AND user_id = ?), 0)"),
    .personal("bestScore", .number(0...100), fr: "Votre score", en: "Your score", sql: mine("max(score)")),
    .personal("isPassed", .flag, fr: "Réussi", en: "Passed", sql: mine("coalesce(max(passed), 0)")),
    .personal(
      "isOpen", .flag, fr: "En cours", en: "In progress", sql: mine("count(*) > count(submitted_at)")),
  ]

  /// Has the routes that any table has for its list, deleting and restoring; `QuizzesFeature` has the others.
  static let resource = Resource(
    "quizzes", table: "quizzes", title: Sentence(fr: "Quiz", en: "Quizzes"),
    noun: Sentence(fr: "un quiz", en: "a quiz"), columns: columns
  )
  .allowing(.list, to: .signedIn)
  .allowing(.delete, to: .right(Courses.right))
  .scoped { account, _ in scope(account) }
  .before { change, tx in try check(&change, in: tx) }
  .after { change, tx in try follow(change, in: tx) }
  .searchable(title, description)
  .belonging(to: .training)
  .publishing(Courses.frame)
  .restorable()
  .linked { "/quizzes/\($0)" }

  static func scope(_ account: Account?) -> (sql: String, arguments: [Value]) {
    guard let account else { return ("quizzes.id = 0", []) }
    let published = account.has(right: Courses.right) ? "" : " AND c.is_published = 1"
    return (
      """
      EXISTS (SELECT 1 FROM courses AS c WHERE c.id = quizzes.course_id AND c.deleted_at IS NULL\(published))
      """, []
    )
  }

  /// Whether an account may read the questions of a visible quiz.
  static func isOpen(_ course: Int64, to account: Account, in connection: Connection) throws -> Bool {
    if account.has(right: Courses.right) { return true }
    return try Enrolment.of(account.id, in: course, connection) != nil
  }

  /// Who may read the pictures of questions.
  static let fileReaders: [String: ResourceFiles.Reader] = [
    resource.name: { id, account, now, connection in
      guard let account, try resource.isVisible(id, to: account, at: now, in: connection),
        let course = try connection.scalar("SELECT course_id FROM quizzes WHERE id = ?", id)
      else { return false }
      return try isOpen(course, to: account, in: connection)
    }
  ]
}
