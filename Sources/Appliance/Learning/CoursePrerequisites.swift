import HTTP
import Store

/// The courses that must be completed before one may enrol in another.
///
/// Only published ones count: nobody could complete a draft or a deleted course. One that is taken again stays completed.
enum CoursePrerequisites {
  /// SQL: the ids of those that a person has not completed, as a JSON array. Argument: the person.
  static let missingIDs = """
    (SELECT json_group_array(CAST(p.id AS TEXT)) FROM json_each(courses.prerequisites)
      JOIN courses AS p ON p.id = CAST(json_each.value AS INTEGER) AND p.is_published = 1 AND p.deleted_at IS NULL
      WHERE NOT EXISTS (SELECT 1 FROM enrollments AS e
        WHERE e.course_id = p.id AND e.user_id = ? AND coalesce(e.completed_at, e.renewed_at) IS NOT NULL))
    """

  private static let missingSQL = """
    SELECT p.id, p.title FROM courses AS c, json_each(c.prerequisites) AS j
      JOIN courses AS p ON p.id = CAST(j.value AS INTEGER) AND p.is_published = 1 AND p.deleted_at IS NULL
    WHERE c.id = ? AND NOT EXISTS (SELECT 1 FROM enrollments AS e
      WHERE e.course_id = p.id AND e.user_id = ? AND coalesce(e.completed_at, e.renewed_at) IS NOT NULL)
    """

  /// Throws 409 with the courses that the person has to complete first.
  static func require(_ course: Int64, of person: Int64, in connection: Connection) throws {
    let missing = try connection.query(missingSQL, course, person) { (id: $0.int64(0), title: $0.text(1)) }
    guard !missing.isEmpty else { return }
    let titles = missing.map(\.title).joined(separator: ", ")
    throw Failure(
      409, "PREREQUISITES_MISSING",
      Sentence(fr: "Terminez d’abord : \(titles).", en: "Complete first: \(titles)."),
      details: [
        (
          "missing",
          .array(missing.map { ["id": .string(String($0.id)), "title": .string($0.title)] })
        )
      ])
  }

  /// Throws 400 when a course would require itself, directly or through others: nobody could enrol.
  static func check(_ change: Resource.Change, in tx: Transaction) throws {
    guard let new = change.new, new[Courses.prerequisites] != change.old?[Courses.prerequisites] else {
      return
    }
    var waiting = ids(new.text(Courses.prerequisites))
    var seen: Set<Int64> = []
    while let next = waiting.popLast() {
      guard next != new.id else { throw Failure.invalid([circle]) }
      guard seen.insert(next).inserted else { continue }
      let further = try tx.first("SELECT prerequisites FROM courses WHERE id = ?", next) { $0.text(0) }
      waiting += ids(further ?? "[]")
    }
  }

  private static func ids(_ list: String) -> [Int64] {
    (JSONValue(parsing: list)?.array ?? []).compactMap { $0.string.flatMap { Int64(digits: $0) } }
  }

  private static let circle = Courses.prerequisites.wrong(
    "PREREQUISITE_CIRCLE", fr: "Un cours ne peut pas être son propre prérequis, même indirectement.",
    en: "A course cannot be its own prerequisite, not even through others.")
}
