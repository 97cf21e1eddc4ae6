import HTTP
import Store

/// The learners of a course: those enrolled, and those for whom it is mandatory.
struct CourseLearners: Sendable {
  /// Below this bit of a key is the id of the person, above it the rank of their state.
  static let shift: Int64 = 40

  struct Filter: Sendable {
    var state: LearnerState?
    var department: String?
    var pattern: SearchPattern?
  }

  /// A person's place in the list.
  struct Key: Sendable {
    let value: Int64
    var person: Int64 { value & (1 << CourseLearners.shift - 1) }
    var state: LearnerState { LearnerState(rank: value >> CourseLearners.shift) ?? .underway }
  }

  struct Count: Sendable {
    let state: LearnerState
    let department: String
    let count: Int
  }

  let course: Course
  /// Milliseconds since 1970.
  let now: Int64

  /// Parameters: 1 the course, 2 to 5 of `LearnerState.rankSQL`, 6 its author or 0, 7 a part of the name.
  private static let named = "(?7 = '' OR holds(?7, u.name, u.username))"
  private static let mandatory = """
    FROM users AS u LEFT JOIN enrollments AS e ON e.course_id = ?1 AND e.user_id = u.id
    WHERE u.is_active = 1 AND u.is_approved = 1
      AND (e.id IS NOT NULL OR u.id <> ?6 AND \(Readership.includesSQL("?2", "u"))) AND \(named)
    """
  private static let voluntary = """
    FROM enrollments AS e CROSS JOIN users AS u ON u.id = e.user_id AND u.is_active = 1
    WHERE e.course_id = ?1 AND \(named)
    """
  static func countSQL(isMandatory: Bool) -> String {
    """
    SELECT \(LearnerState.rankSQL(isMandatory: isMandatory)) AS rank, u.department, count(*) \(isMandatory ? mandatory : voluntary)
    GROUP BY rank, u.department
    """
  }

  static func pageSQL(isMandatory: Bool) -> String {
    """
    SELECT (\(LearnerState.rankSQL(isMandatory: isMandatory)) << \(shift)) | u.id AS key \(isMandatory ? mandatory : voluntary)
      AND (?8 IS NULL OR u.department = ?8) AND (?9 = 0 OR key >> \(shift) = ?9) AND key < ?10
    ORDER BY key DESC LIMIT ?11
    """
  }

  /// The rank of each learner, and where from.
  private var ranked: String {
    let isMandatory = course.isRequired
    return
      "\(LearnerState.rankSQL(isMandatory: isMandatory)) AS rank \(isMandatory ? Self.mandatory : Self.voluntary)"
  }

  private func arguments(_ pattern: SearchPattern?) -> [Value] {
    [
      course.id.value, course.audience.value, now.value, (course.deadline ?? .max).value,
      (now - LearnerState.patience).value, (course.author ?? 0).value, (pattern?.needle ?? "").value,
    ]
  }

  /// How many there are, by state and department.
  func counts(_ pattern: SearchPattern? = nil, in connection: Connection) throws -> [Count] {
    try connection.query(
      Self.countSQL(isMandatory: course.isRequired), arguments: arguments(pattern)
    ) { row in
      Count(
        state: LearnerState(rank: row.int64(0)) ?? .underway, department: row.text(1), count: row.int(2))
    }
  }

  /// A page of them, those who need attention first.
  func page(_ filter: Filter, below: Int64 = .max, limit: Int, in connection: Connection) throws
    -> ListPage<Key>
  {
    let given: [Value] =
      arguments(filter.pattern) + [
        filter.department.map(\.value) ?? .null, (filter.state?.rank ?? 0).value, below.value,
      ]
    return try connection.page(
      Self.pageSQL(isMandatory: course.isRequired), given, limit: limit
    ) { Key(value: $0.int64(0)) }
  }

  /// The state of one person. Throws 404 when they have nothing to do with the course.
  func state(of person: Int64, in connection: Connection) throws -> LearnerState {
    let sql = "SELECT \(ranked) AND u.id = ?8"
    let rank = try connection.scalar(sql, arguments: arguments(nil) + [person.value])
    guard let state = rank.flatMap(LearnerState.init(rank:)) else { throw Failure.notFound }
    return state
  }

  /// Those who are late or stuck.
  func toRemind(in connection: Connection) throws -> [Int64] {
    let sql = """
      SELECT u.id, \(ranked) AND rank >= 4
      """
    return try connection.query(sql, arguments: arguments(nil)) { $0.int64(0) }
  }
}
