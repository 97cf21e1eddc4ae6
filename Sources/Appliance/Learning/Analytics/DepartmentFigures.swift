import HTTP
import Store

/// How far the people of a department are with courses and trainings.
struct DepartmentFigures: Sendable {
  private static let most = 200

  let department: String
  let people: Int64
  let enrolled: Int64
  let completed: Int64
  let registered: Int64
  let attended: Int64

  static let sql = """
    SELECT u.department, count(*), sum((SELECT count(*) FROM enrollments AS e WHERE e.user_id = u.id)),
      sum((SELECT count(*) FROM enrollments AS e WHERE e.user_id = u.id AND e.completed_at IS NOT NULL)),
      sum((SELECT count(*) FROM training_participants AS p WHERE p.user_id = u.id AND p.status <> 'cancelled')),
      sum((SELECT count(*) FROM training_participants AS p
        WHERE p.user_id = u.id AND p.completion_date IS NOT NULL AND p.status <> 'cancelled'))
    FROM users AS u WHERE u.is_active = 1 AND u.is_approved = 1 GROUP BY u.department
    """

  /// By name; those without a department last.
  static func all(in connection: Connection) throws -> [DepartmentFigures] {
    let found = try connection.query(sql) { row in
      DepartmentFigures(
        department: row.text(0), people: row.int64(1), enrolled: row.int64(2), completed: row.int64(3),
        registered: row.int64(4), attended: row.int64(5))
    }
    let sorted = found.sorted {
      ($0.department.isEmpty ? 1 : 0, $0.department) < ($1.department.isEmpty ? 1 : 0, $1.department)
    }
    return Array(sorted.prefix(most))
  }

  static let schema = Schema.members([
    "department": .string, "people": .integer,
    "courses": .members(["enrolled": .integer, "completed": .integer]),
    "trainings": .members(["registered": .integer, "completed": .integer]),
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("department", department)
      json.field("people", people)
      json.object("courses") { json in
        json.field("enrolled", enrolled)
        json.field("completed", completed)
      }
      json.object("trainings") { json in
        json.field("registered", registered)
        json.field("completed", attended)
      }
    }
  }

  static let heading = [
    Sentence(fr: "Service", en: "Department"), Sentence(fr: "Personnes", en: "People"),
    Sentence(fr: "Inscriptions aux cours", en: "Course enrolments"),
    Sentence(fr: "Cours terminés", en: "Courses completed"),
    Sentence(fr: "Inscriptions aux formations", en: "Training registrations"),
    Sentence(fr: "Formations terminées", en: "Trainings completed"),
  ]

  var cells: [String] {
    [department] + [people, enrolled, completed, registered, attended].map { String($0) }
  }
}
