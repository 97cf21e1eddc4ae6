import HTTP
import Store

extension Quizzes {
  /// Takes the course from the lesson where only that is given; refuses another course, and a lesson of another one.
  private static func checkPlace(_ new: inout Record, _ old: Record?, in tx: Transaction) throws {
    if let lesson = new.int64(lessonID), new[lessonID] != old?[lessonID] {
      let course = try tx.scalar(
        "SELECT course_id FROM lessons WHERE id = ? AND deleted_at IS NULL", lesson)
      guard let course else { throw Failure.invalid([lessonID.unknownReference]) }
      if new[courseID] == .null { new[courseID] = course.value }
      guard new.int64(courseID) == course else { throw Failure.invalid([otherCourse]) }
    }
    guard let course = new.int64(courseID) else { throw Failure.invalid([courseID.required]) }
    if let old {
      guard old.int64(courseID) == course else { throw Failure.invalid([fixed]) }
      return
    }
    let isThere = try tx.scalar("SELECT 1 FROM courses WHERE id = ? AND deleted_at IS NULL", course)
    guard isThere != nil else { throw Failure.invalid([courseID.unknownReference]) }
    let count = try tx.scalar(
      "SELECT count(*) FROM quizzes WHERE course_id = ? AND deleted_at IS NULL", course)
    guard count ?? 0 < mostPerCourse else { throw tooMany }
  }

  static func check(_ change: inout Resource.Change, in tx: Transaction) throws {
    guard var new = change.new, change.verb != .restore else { return }
    try checkPlace(&new, change.old, in: tx)
    change.new = new
  }

  /// Computes everyone's progress again, which counts required quizzes.
  static func follow(_ change: Resource.Change, in tx: Transaction) throws {
    guard let course = (change.new ?? change.old)?.int64(courseID) else { return }
    let counted = [isRequired, allowRetries, maxAttempts, version]
    if change.verb == .change, counted.allSatisfy({ change.old?[$0] == change.new?[$0] }) { return }
    try EnrolmentProgress.compute(of: .course(course), in: tx)
  }

  private static let fixed = courseID.wrong(
    "FIXED", fr: "Un quiz reste dans son cours.", en: "A quiz stays in its course.")
  private static let otherCourse = lessonID.wrong(
    "OTHER_COURSE", fr: "Cette leçon est d’un autre cours.", en: "This lesson belongs to another course.")
  private static let tooMany = Failure(
    409, "TOO_MANY_QUIZZES",
    Sentence(
      fr: "Ce cours a déjà \(mostPerCourse) quiz.", en: "This course already has \(mostPerCourse) quizzes."))
}
