import HTTP
import Store

extension CourseImport.Rows {
  /// Adds the course as a draft of `actor`, with its lessons and quizzes; returns its row. Throws 400 naming the file that
  /// is refused.
  func add(by actor: Account, _ request: Request, _ hub: Hub, in tx: Transaction) throws -> Record {
    func add(_ values: [String: Value], to resource: Resource) throws -> Record {
      let new = resource.newRecord(values, by: actor, at: tx.now)
      return try resource.carryOut(.init(.create, by: actor, old: nil, new: new), request, hub, in: tx)
    }
    let made = try Self.naming(CourseArchive.course) { try add(course, to: Courses.resource) }
    var ids: [Int64] = []
    for lesson in lessons {
      var values = lesson.values
      values[Lessons.courseID.name] = made.id.value
      ids.append(try Self.naming(lesson.file) { try add(values, to: Lessons.resource).id })
    }
    for quiz in quizzes {
      var values = quiz.values
      values[Quizzes.courseID.name] = made.id.value
      values[Quizzes.lessonID.name] = quiz.lesson.map { ids[$0].value } ?? .null
      _ = try Self.naming(quiz.file) {
        try QuizzesFeature.add(values, quiz.questions, by: actor, request, hub, in: tx)
      }
    }
    return made
  }

  private static func naming<T>(_ file: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let failure as Failure where failure.status == 400 {
      throw failure.inCourse(file, "")
    }
  }
}
