import HTTP
import Store

/// The figures of learning, for those who manage it.
extension LearningFeature {
  private static let path = "/api/learning/analytics"

  private static let figures = Schema.members([
    "departments": .array(DepartmentFigures.schema),
    "mandatory": .described("courses, then trainings, newest first", .array(MandatoryFigures.schema)),
    "months": .described("the last twelve, this one last", .array(MonthFigures.schema)),
  ])

  var analyticsRoutes: [Route] {
    let access = Access.right(Courses.right)
    return [
      .get(
        Self.path, access, "Get completion by department and month, and compliance with what is mandatory",
        response: Self.figures, analytics),
      .get(Self.path + "/departments.csv", access, "Export completion by department", exportDepartments)
        .producing("text/csv"),
      .get(
        Self.path + "/mandatory.csv", access, "Export compliance with what is mandatory", exportMandatory
      )
      .producing("text/csv"),
    ]
  }

  private func analytics(_ request: Request) async throws -> Response {
    _ = try request.account()
    let now = clock.now()
    let bytes = try await database.read { connection in
      var json = JSONWriter(reserve: 8_192)
      try json.object { json in
        try json.array("departments") { json in
          for one in try DepartmentFigures.all(in: connection) { one.write(to: &json) }
        }
        try json.array("mandatory") { json in
          for one in try MandatoryFigures.all(at: now, in: connection) { one.write(to: &json) }
        }
        try json.array("months") { json in
          for one in try MonthFigures.all(at: now, in: connection) { one.write(to: &json) }
        }
      }
      return json.bytes
    }
    return .json(200, bytes: bytes)
  }

  private func exportDepartments(_ request: Request) async throws -> Response {
    let rows = try await database.read { try DepartmentFigures.all(in: $0) }
    var csv = CSVText()
    csv.row(DepartmentFigures.heading.map { $0(request.language) })
    for row in rows { csv.row(row.cells) }
    return .attachment(csv.bytes, named: "learning-departments.csv")
  }

  private func exportMandatory(_ request: Request) async throws -> Response {
    let now = clock.now()
    let rows = try await database.read { try MandatoryFigures.all(at: now, in: $0) }
    var csv = CSVText()
    csv.row(MandatoryFigures.heading.map { $0(request.language) })
    for row in rows { csv.row(row.cells(in: request.language)) }
    return .attachment(csv.bytes, named: "learning-mandatory.csv")
  }
}
