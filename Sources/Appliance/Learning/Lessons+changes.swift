import HTTP
import Store

extension Lessons {
  /// Puts a new lesson last, unless it has a place; refuses one without a course, and another course.
  static func check(_ change: inout Resource.Change, in tx: Transaction) throws {
    guard var new = change.new, change.verb != .restore else { return }
    // A longer text would be shown as it is.
    guard new.text(content).utf8.count <= Markdown.mostBytes else { throw Failure.invalid([tooLong]) }
    let course = new.int64(courseID) ?? 0
    if let old = change.old {
      guard old[courseID] == new[courseID] else { throw Failure.invalid([fixed]) }
    } else {
      let isThere = try tx.scalar("SELECT 1 FROM courses WHERE id = ? AND deleted_at IS NULL", course)
      guard isThere != nil else { throw Failure.invalid([courseID.unknownReference]) }
      let count = try tx.scalar(
        "SELECT count(*) FROM lessons WHERE course_id = ? AND deleted_at IS NULL", course)
      guard count ?? 0 < mostPerCourse else { throw tooMany }
    }
    if new[order] == .null {
      let last = try tx.scalar("SELECT max(position) FROM lessons WHERE course_id = ?", course) ?? 0
      new[order] = min(last + 1, 1_000_000).value
    }
    change.new = new
  }

  /// Attaches the files of the text, and computes everyone's progress again when other lessons count.
  static func follow(_ change: Resource.Change, in tx: Transaction) throws {
    try LessonFiles.tie(change, in: tx)
    guard let course = (change.new ?? change.old)?.int64(courseID) else { return }
    if change.verb == .change, change.old?[isRequired] == change.new?[isRequired] { return }
    try EnrolmentProgress.compute(of: .course(course), in: tx)
  }

  /// Puts all lessons of a course into an order. Throws 409 when they are not these.
  static func arrange(_ lessons: [Int64], of course: Int64, in tx: Transaction) throws {
    let there = try tx.query("SELECT id FROM lessons WHERE course_id = ? AND deleted_at IS NULL", course) {
      $0.int64(0)
    }
    guard lessons.count == there.count, Set(lessons) == Set(there) else { throw others }
    for (place, lesson) in lessons.enumerated() {
      try tx.execute(
        """
        UPDATE lessons SET position = ?1, updated_at = max(updated_at + 1, ?2)
        WHERE id = ?3 AND position <> ?1
        """, place + 1, tx.now, lesson)
    }
  }

  private static let fixed = courseID.wrong(
    "FIXED", fr: "Une leçon reste dans son cours.", en: "A lesson stays in its course.")
  private static let tooLong = content.wrong(
    "TOO_LONG", fr: "Au plus \(Markdown.mostBytes >> 10) Kio. Partagez ce texte en deux leçons.",
    en: "At most \(Markdown.mostBytes >> 10) KiB. Split this text into two lessons.")
  private static let tooMany = Failure(
    409, "TOO_MANY_LESSONS",
    Sentence(
      fr: "Ce cours a déjà \(mostPerCourse) leçons. Créez un autre cours pour la suite.",
      en: "This course already has \(mostPerCourse) lessons. Create another course for the rest."))
  private static let others = Failure(
    409, "CHANGED_MEANWHILE",
    Sentence(
      fr: "Les leçons de ce cours ont changé. Vérifiez leur ordre, puis recommencez.",
      en: "The lessons of this course have changed. Check their order and try again."))
}
