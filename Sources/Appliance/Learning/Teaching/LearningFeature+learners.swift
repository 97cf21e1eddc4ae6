import HTTP
import Store

/// The learners of a course, for trainers.
extension LearningFeature {
  static let learners = "/api/courses/:id/learners"
  /// People in an export.
  private static let mostExported = 20_000
  private static let batch = 500

  static let filters = [
    QueryParameter("state", .words(LearnerState.self), "only those in this state"),
    QueryParameter("department", .string, "only those of this department"),
    QueryParameter("q", .string, "only those with this text in their name"),
  ]

  private static let schema = Schema.members([
    "title": .string, "isMandatory": .boolean, "deadline": .optional(.time), "total": .integer,
    "counts": .object(LearnerState.allCases.map { ($0.rawValue, .integer, required: true) }),
    "patience": .described("days without progress after which somebody is stuck", .integer),
    "departments": .array(.string),
    "people": .described("those who need attention first", .array(CourseLearner.schema)),
  ])

  var learnerRoutes: [Route] {
    let access = Access.right(Courses.right)
    return [
      .get(
        Self.learners, access, "List the learners of a course: where they are, and who is late or stuck",
        response: Self.schema, listLearners
      ).reading(QueryParameter.paging + Self.filters),
      .get(Self.learners + ".csv", access, "Export the learners of a course as a table", exportLearners)
        .reading(Self.filters).producing("text/csv"),
    ]
  }

  private func listLearners(_ request: Request) async throws -> Response {
    let (id, paging, filter) = (try request.id(), try Paging(request), try Self.filter(request))
    let now = clock.now()
    let (bytes, next) = try await database.read { connection in
      let list = CourseLearners(course: try Course.find(id, in: connection), now: now)
      let counts = try list.counts(filter.pattern, in: connection)
      let page = try list.page(filter, below: paging.before, limit: paging.limit, in: connection)
      var json = JSONWriter(reserve: 16 << 10)
      try json.object { json in
        Self.writeHead(list.course, counts, filter, to: &json)
        try json.array("people") { json in
          for key in page.rows { try CourseLearner.read(key, in: id, connection)?.write(to: &json) }
        }
      }
      return (json.bytes, page.next)
    }
    return .page(next: next, bytes: bytes)
  }

  private static func writeHead(
    _ course: Course, _ counts: [CourseLearners.Count], _ filter: CourseLearners.Filter,
    to json: inout JSONWriter
  ) {
    let counted = counts.filter { filter.department == nil || filter.department == $0.department }
    json.field("title", course.title)
    json.field("isMandatory", course.isRequired)
    json.time("deadline", course.deadline)
    json.field("total", counted.reduce(0) { $0 + $1.count })
    writeCounts(counted, to: &json)
    json.field("patience", LearnerState.patience / Training.day)
    json.array("departments") { json in
      for name in Set(counts.map(\.department)).subtracting([""]).sorted() { json.value(name) }
    }
  }

  static func writeCounts(_ counts: [CourseLearners.Count], to json: inout JSONWriter) {
    json.object("counts") { json in
      for state in LearnerState.allCases {
        json.key(text: state.rawValue)
        json.value(counts.reduce(0) { $0 + ($1.state == state ? $1.count : 0) })
      }
    }
  }

  private static func filter(_ request: Request) throws -> CourseLearners.Filter {
    var filter = CourseLearners.Filter()
    if let word = request.query["state"], !word.isEmpty {
      guard let state = LearnerState(rawValue: word) else { throw unknownState }
      filter.state = state
    }
    filter.department = request.query["department"].flatMap { $0.isEmpty ? nil : $0 }
    filter.pattern = SearchPattern(request.query["q"])
    return filter
  }

  private func exportLearners(_ request: Request) async throws -> Response {
    let (id, filter) = (try request.id(), try Self.filter(request))
    let now = clock.now()
    var csv = CSVText()
    csv.row(LearnerTable.heading.map { $0(request.language) })
    var (below, count): (Int64?, Int) = (.max, 0)
    while let start = below, count < Self.mostExported {
      let page = try await database.read { connection in
        let list = CourseLearners(course: try Course.find(id, in: connection), now: now)
        let page = try list.page(filter, below: start, limit: Self.batch, in: connection)
        let learners = try page.rows.compactMap { try CourseLearner.read($0, in: id, connection) }
        return (learners, page.next)
      }
      for learner in page.0 { csv.row(LearnerTable.cells(of: learner, in: request.language)) }
      count += page.0.count
      below = page.1
    }
    return .attachment(csv.bytes, named: "learners-course-\(id).csv")
  }

  private static let unknownState = Failure.invalid([
    FieldError("state", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
  ])
}
