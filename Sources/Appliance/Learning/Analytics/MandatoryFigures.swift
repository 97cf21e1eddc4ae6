import HTTP
import Store

/// How many of those who have to complete a course or a training have done so.
struct MandatoryFigures: Sendable {
  /// Of each kind, the newest; each counts all people.
  private static let most = 50

  let kind: DoneItem.Kind
  let id: Int64
  let title: String
  let deadline: Int64?
  var done = 0
  var underway = 0
  var late = 0
  var missing = 0
  var total: Int { done + underway + late + missing }

  /// Parameters: 1 the course, 2 its audience, 3 the time, 4 its deadline or the farthest future, 5 its author or 0.
  private static let courseSQL = """
    SELECT CASE WHEN \(CourseDuty.isDoneSQL("?3")) THEN 'done'
        WHEN e.completed_at IS NOT NULL OR ?4 <= ?3 THEN 'late'
        WHEN e.started_at IS NOT NULL THEN 'underway' ELSE 'missing' END AS state, count(*)
    FROM users AS u LEFT JOIN enrollments AS e ON e.course_id = ?1 AND e.user_id = u.id
    WHERE u.is_active = 1 AND u.is_approved = 1 AND \(Readership.includesSQL("?2", "u"))
      AND (e.id IS NOT NULL OR u.id <> ?5) GROUP BY state
    """
  private static let coursesSQL = """
    SELECT \(Course.columns) FROM courses INDEXED BY courses_mandatory WHERE courses.is_mandatory = 1
      AND courses.is_published = 1 AND courses.deleted_at IS NULL ORDER BY courses.id DESC LIMIT ?
    """
  private static let trainingsSQL = """
    SELECT \(Training.columns) FROM trainings INDEXED BY trainings_mandatory WHERE trainings.is_mandatory = 1
      AND trainings.is_active = 1 AND trainings.is_visible = 1 ORDER BY trainings.id DESC LIMIT ?
    """

  /// Courses, then trainings.
  static func all(at now: Int64, in connection: Connection) throws -> [MandatoryFigures] {
    let courses = try connection.query(coursesSQL, most, map: Course.init(_:))
    let trainings = try connection.query(trainingsSQL, most, map: Training.init(_:))
    return try courses.map { try of($0, now, connection) } + trainings.map { try of($0, now, connection) }
  }

  private static func of(_ course: Course, _ now: Int64, _ connection: Connection) throws
    -> MandatoryFigures
  {
    var figures = MandatoryFigures(
      kind: .course, id: course.id, title: course.title, deadline: course.deadline)
    try connection.forEach(
      courseSQL, course.id, course.audience, now, course.deadline ?? .max, course.author ?? 0
    ) { row in
      switch row.text(0) {
      case "done": figures.done = row.int(1)
      case "late": figures.late = row.int(1)
      case "underway": figures.underway = row.int(1)
      default: figures.missing = row.int(1)
      }
    }
    return figures
  }

  private static func of(_ training: Training, _ now: Int64, _ connection: Connection) throws
    -> MandatoryFigures
  {
    var figures = MandatoryFigures(
      kind: .training, id: training.id, title: training.title, deadline: training.deadline)
    for (state, count) in try TrainingCompliance(training: training, now: now).counts(in: connection) {
      switch state {
      case .done: figures.done += count
      case .registered, .waiting: figures.underway += count
      case .late, .expired: figures.late += count
      case .missing: figures.missing += count
      }
    }
    return figures
  }

  static let schema = Schema.members([
    "kind": .words(DoneItem.Kind.self), "id": .id, "title": .string, "deadline": .optional(.time),
    "total": .integer, "done": .integer,
    "underway": .described("begun, or registered", .integer),
    "late": .described("not done by the deadline, or no longer valid", .integer), "missing": .integer,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", kind.rawValue)
      json.id("id", id)
      json.field("title", title)
      json.time("deadline", deadline)
      json.field("total", total)
      json.field("done", done)
      json.field("underway", underway)
      json.field("late", late)
      json.field("missing", missing)
    }
  }

  static let heading = [
    Sentence(fr: "Type", en: "Kind"), Sentence(fr: "Titre", en: "Title"),
    Sentence(fr: "Échéance", en: "Deadline"), Sentence(fr: "Personnes", en: "People"),
    Sentence(fr: "À jour", en: "Done"), Sentence(fr: "En cours", en: "In progress"),
    Sentence(fr: "En retard", en: "Late"), Sentence(fr: "Pas commencé", en: "Not started"),
  ]

  func cells(in language: Language) -> [String] {
    let word =
      kind == .course
      ? Sentence(fr: "Cours", en: "Course") : Sentence(fr: "Formation", en: "Training")
    return [word(language), title, deadline.map(RFC3339.text) ?? ""]
      + [total, done, underway, late, missing].map { String($0) }
  }
}
