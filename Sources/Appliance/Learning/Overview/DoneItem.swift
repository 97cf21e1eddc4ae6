import HTTP
import Store

/// A course or a training that a person has completed.
struct DoneItem: Sendable {
  enum Kind: String, Sendable, CaseIterable { case course, training }

  private static let most = 50

  let kind: Kind
  let id: Int64
  let title: String
  let completedAt: Int64
  /// Percent.
  let score: Int?
  let validUntil: Int64?
  /// Whether its page can still be opened.
  let isOpen: Bool

  private static let coursesSQL = """
    SELECT e.course_id, c.title, e.completed_at, e.score, NULL, c.is_published = 1 AND c.deleted_at IS NULL
    FROM enrollments AS e JOIN courses AS c ON c.id = e.course_id
    WHERE e.user_id = ? AND e.completed_at IS NOT NULL ORDER BY e.completed_at DESC LIMIT ?
    """
  private static let trainingsSQL = """
    SELECT p.training_id, t.title, p.completion_date, p.score, p.valid_until, p.status <> 'cancelled'
    FROM training_participants AS p JOIN trainings AS t ON t.id = p.training_id
    WHERE p.user_id = ? AND p.completion_date IS NOT NULL ORDER BY p.completion_date DESC LIMIT ?
    """

  /// The last ones first.
  static func all(of person: Int64, in connection: Connection) throws -> [DoneItem] {
    let kinds: [(Kind, String)] = [(.course, coursesSQL), (.training, trainingsSQL)]
    let found = try kinds.flatMap { kind, sql in
      try connection.query(sql, person, most) { DoneItem(kind, $0) }
    }
    return Array(found.sorted { ($0.completedAt, $0.id) > ($1.completedAt, $1.id) }.prefix(most))
  }

  private init(_ kind: Kind, _ row: Row) {
    self.kind = kind
    id = row.int64(0)
    title = row.text(1)
    completedAt = row.int64(2)
    score = row.optionalInt(3)
    validUntil = row.optionalInt64(4)
    isOpen = row.bool(5)
  }

  static let schema = Schema.members([
    "kind": .words(Kind.self), "id": .id, "title": .string, "completedAt": .time,
    "score": .described("percent", .optional(.integer)), "validUntil": .optional(.time), "isOpen": .boolean,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", kind.rawValue)
      json.id("id", id)
      json.field("title", title)
      json.time("completedAt", completedAt)
      json.field("score", score)
      json.time("validUntil", validUntil)
      json.field("isOpen", isOpen)
    }
  }
}
