import HTTP
import Store

/// What the archive of a course has: its texts, and the uploads that they name.
struct CourseExport: Sendable {
  let title: String
  private(set) var texts: [(path: String, bytes: [UInt8])] = []
  private var exported = ExportedFiles()

  private static let lessons = """
    SELECT \(Lessons.resource.selection) FROM lessons WHERE course_id = ? AND deleted_at IS NULL
    ORDER BY position, id
    """
  private static let quizzes = """
    SELECT \(Quizzes.resource.selection) FROM quizzes WHERE course_id = ? AND deleted_at IS NULL ORDER BY id
    """
  private static let prerequisites = """
    SELECT p.title FROM courses AS c, json_each(c.prerequisites) AS j
      JOIN courses AS p ON p.id = CAST(j.value AS INTEGER) AND p.deleted_at IS NULL
    WHERE c.id = ?
    """

  var files: [ExportedFiles.File] { exported.files }

  /// Throws 404 when the account does not see the course, and 413 when it is too large for an archive.
  init(_ course: Int64, for account: Account, at now: Int64, in connection: Connection) throws {
    let row = try Courses.resource.record(course, for: account, at: now, in: connection)
    title = row.text(Courses.title)
    let lessons = try connection.query(Self.lessons, arguments: [course]) {
      Record($0, of: Lessons.resource.columns)
    }
    let quizzes = try connection.query(
      Self.quizzes, arguments: Quizzes.resource.reader(account) + [course.value]
    ) { Record($0, of: Quizzes.resource.columns) }
    var json = JSONWriter(reserve: 4_096)
    try json.object { json in
      json.field("format", CourseArchive.format)
      json.field("version", CourseArchive.version)
      json.key("course")
      try json.object {
        try write(row, of: Courses.resource, but: CourseArchive.leftOut, to: &$0, connection)
      }
      let missing = try connection.query(Self.prerequisites, course) { $0.text(0) }
      json.field("prerequisites", .array(missing.map(JSONValue.string)))
      let names = try write(lessons, to: &json, connection)
      try write(quizzes, of: names, to: &json, connection)
      writeFiles(to: &json)
    }
    texts.insert((CourseArchive.course, IndentedJSON.bytes(json.bytes)), at: 0)
    try checkSize()
  }

  /// Writes the lessons in order; returns their names by id.
  private mutating func write(
    _ lessons: [Record], to json: inout JSONWriter, _ connection: Connection
  ) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    try json.array("lessons") { json in
      for (index, lesson) in lessons.enumerated() {
        let name = CourseArchive.name("lessons", index + 1, lesson.text(Lessons.title), "md")
        names[lesson.id] = name
        try json.object { json in
          json.field("file", name)
          try write(lesson, of: Lessons.resource, but: CourseArchive.placed, to: &json, connection)
        }
        texts.append((name, Array((try exported.text(of: lesson, connection) + "\n").utf8)))
      }
    }
    return names
  }

  private mutating func write(
    _ quizzes: [Record], of lessons: [Int64: String], to json: inout JSONWriter, _ connection: Connection
  ) throws {
    var names: [JSONValue] = []
    for (index, quiz) in quizzes.enumerated() {
      let name = CourseArchive.name("quizzes", index + 1, quiz.text(Quizzes.title), "json")
      names.append(.string(name))
      texts.append((name, try bytes(of: quiz, lessons, connection)))
    }
    json.field("quizzes", .array(names))
  }

  private mutating func bytes(
    of quiz: Record, _ lessons: [Int64: String], _ connection: Connection
  ) throws -> [UInt8] {
    let version = quiz.int64(Quizzes.version) ?? 1
    let questions = try QuizVersion.questions(of: quiz.id, version, in: connection)
    var json = JSONWriter(reserve: 4_096)
    try json.object { json in
      try write(quiz, of: Quizzes.resource, but: CourseArchive.placed, to: &json, connection)
      json.field("lesson", quiz.int64(Quizzes.lessonID).flatMap { lessons[$0] })
      try json.array("questions") { json in
        for (index, question) in questions.enumerated() {
          var question = question
          question.id = Int64(index + 1)
          if let path = try exported.path(of: question.imageURL, in: Quizzes.resource, quiz.id, connection) {
            question.imageURL = path
          }
          question.write(to: &json, withAnswer: true)
        }
      }
    }
    return IndentedJSON.bytes(json.bytes)
  }

  /// Writes the fields of a row that its authors write, with names of the archive for its files.
  private mutating func write(
    _ row: Record, of resource: Resource, but excluded: Set<String>, to json: inout JSONWriter,
    _ connection: Connection
  ) throws {
    for column in resource.columns where column.isWritable && !excluded.contains(column.name) {
      json.key(text: column.name)
      if case .file = column.kind,
        let path = try exported.path(of: row.text(column), in: resource, row.id, connection)
      {
        json.value(path)
      } else {
        column.write(row[column], to: &json)
      }
    }
  }

  private func writeFiles(to json: inout JSONWriter) {
    json.array("files") { json in
      for file in files {
        json.object { json in
          json.field("path", file.path)
          json.field("name", file.upload.name)
        }
      }
    }
  }
}
