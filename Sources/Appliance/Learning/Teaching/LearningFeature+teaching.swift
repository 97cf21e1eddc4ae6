import HTTP
import Store

/// The courses that a trainer looks after, with how their learners stand.
extension LearningFeature {
  /// Counting reads all learners of each course.
  private static let mostCourses = 20

  private static let row = Schema.members([
    "id": .id, "title": .string, "isPublished": .boolean, "isMandatory": .boolean,
    "deadline": .optional(.time), "total": .integer,
    "counts": .object(LearnerState.allCases.map { ($0.rawValue, .integer, required: true) }),
  ])

  var teachingRoutes: [Route] {
    [
      .get(
        "/api/learning/teaching", .right(Courses.right),
        "List your courses with how many learners are done, late or stuck, newest first",
        response: .array(Self.row), teaching
      ).reading(QueryParameter.paging + [.flag("all", "1: also those of others")])
    ]
  }

  static func teachingSQL(isAll: Bool) -> String {
    """
    SELECT \(Course.columns) FROM courses WHERE courses.id < ? AND courses.deleted_at IS NULL
      \(isAll ? "" : "AND courses.author_id = ?") ORDER BY courses.id DESC LIMIT ?
    """
  }

  private func teaching(_ request: Request) async throws -> Response {
    let account = try request.account()
    let paging = try Paging(request)
    let isAll = try request.query.flag("all")
    let now = clock.now()
    let (bytes, next) = try await database.read { connection in
      let page = try connection.page(
        Self.teachingSQL(isAll: isAll), [paging.before.value] + (isAll ? [] : [account.id.value]),
        limit: min(paging.limit, Self.mostCourses), map: Course.init(_:))
      var json = JSONWriter(reserve: 8_192)
      try json.array { json in
        for course in page.rows { try Self.write(course, now, connection, to: &json) }
      }
      return (json.bytes, page.next)
    }
    return .page(next: next, bytes: bytes)
  }

  private static func write(
    _ course: Course, _ now: Int64, _ connection: Connection, to json: inout JSONWriter
  ) throws {
    let counts = try CourseLearners(course: course, now: now).counts(in: connection)
    json.object { json in
      json.id("id", course.id)
      json.field("title", course.title)
      json.field("isPublished", course.isPublished)
      json.field("isMandatory", course.isMandatory)
      json.time("deadline", course.deadline)
      json.field("total", counts.reduce(0) { $0 + $1.count })
      writeCounts(counts, to: &json)
    }
  }
}
