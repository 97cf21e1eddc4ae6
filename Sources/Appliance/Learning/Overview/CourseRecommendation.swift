import HTTP
import Store

/// A course for somebody, and why it is one.
struct CourseRecommendation: Sendable {
  enum Reason: Sendable, Equatable {
    /// A course that the person has completed is its prerequisite.
    case next(after: String)
    /// People of the same department take it.
    case colleagues
    /// It has come out within the last month.
    case new

    var code: String {
      switch self {
      case .next: "next"
      case .colleagues: "colleagues"
      case .new: "new"
      }
    }

    var rank: Int {
      switch self {
      case .next: 0
      case .colleagues: 1
      case .new: 2
      }
    }

    var sentence: Sentence {
      switch self {
      case .next(let title):
        Sentence(fr: "La suite de «\u{a0}\(title)\u{a0}».", en: "Follows “\(title)”.")
      case .colleagues:
        Sentence(fr: "Suivi dans votre service.", en: "Taken in your department.")
      case .new: Sentence(fr: "Nouveau.", en: "New.")
      }
    }
  }

  static let most = 6
  /// The newest courses and some colleagues are looked at.
  private static let mostRead = 50
  private static let mostColleagues = 30
  private static let isNew = 30 * Training.day

  let id: Int64
  let title: String
  let picture: String
  let reason: Reason

  static func candidatesSQL(_ readers: String) -> String {
    """
    SELECT courses.id, courses.title, courses.thumbnail_url, courses.created_at,
      (SELECT max(p.title) FROM json_each(courses.prerequisites) AS j
        JOIN courses AS p ON p.id = CAST(j.value AS INTEGER)
        JOIN enrollments AS d ON d.course_id = p.id AND d.user_id = ?1 AND d.completed_at IS NOT NULL),
      (SELECT count(*) FROM enrollments AS e WHERE e.course_id = courses.id AND e.user_id IN (
        SELECT u.id FROM users AS u WHERE u.department = ?2 AND ?2 <> '' AND u.is_active = 1
        LIMIT \(mostColleagues)))
    FROM courses WHERE courses.id < ?3 AND courses.is_published = 1 AND courses.deleted_at IS NULL
      AND courses.author_id IS NOT ?1 AND NOT (courses.is_mandatory = 1 AND \(readers))
      AND NOT EXISTS (SELECT 1 FROM enrollments AS mine WHERE mine.course_id = courses.id AND mine.user_id = ?1)
      AND NOT EXISTS (SELECT 1 FROM json_each(courses.prerequisites) AS j
        JOIN courses AS p ON p.id = CAST(j.value AS INTEGER) AND p.is_published = 1 AND p.deleted_at IS NULL
        WHERE NOT EXISTS (SELECT 1 FROM enrollments AS d
          WHERE d.course_id = p.id AND d.user_id = ?1 AND d.completed_at IS NOT NULL))
    ORDER BY courses.id DESC LIMIT ?
    """
  }

  static func all(for account: Account, at now: Int64, in connection: Connection) throws
    -> [CourseRecommendation]
  {
    let readers = Readership.condition("courses.audience", for: account)
    let given: [Value] =
      [account.id.value, account.department.value, Int64.max.value] + readers.arguments + [mostRead.value]
    let found = try connection.query(candidatesSQL(readers.sql), arguments: given) { row in
      reason(row, at: now).map {
        CourseRecommendation(id: row.int64(0), title: row.text(1), picture: row.text(2), reason: $0)
      }
    }.compactMap { $0 }
    return Array((0...2).flatMap { rank in found.filter { $0.reason.rank == rank } }.prefix(most))
  }

  private static func reason(_ row: Row, at now: Int64) -> Reason? {
    if let previous = row.optionalText(4) { return .next(after: previous) }
    if row.int64(5) > 0 { return .colleagues }
    return row.int64(3) > now - isNew ? .new : nil
  }
}
