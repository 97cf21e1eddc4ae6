import HTTP
import Store

/// What a person has to do: a mandatory course or training, or a required quiz.
struct DueItem: Sendable {
  enum Kind: String, Sendable, CaseIterable { case course, training, quiz }

  let kind: Kind
  let id: Int64
  let title: String
  var courseID: Int64?
  var courseTitle: String?
  var deadline: Int64?
  var validUntil: Int64?
  var attemptsLeft: Int64?

  init(_ course: CourseDuty.Open) {
    (kind, id, title, deadline) = (.course, course.id, course.title, course.deadline)
    courseID = course.id
  }

  init(_ training: MyTrainings.Due) {
    (kind, id, title, deadline) = (.training, training.id, training.title, training.deadline)
    validUntil = training.validUntil
  }

  init(_ quiz: RequiredQuiz) {
    (kind, id, title, courseID) = (.quiz, quiz.id, quiz.title, quiz.course)
    (courseTitle, attemptsLeft) = (quiz.courseTitle, quiz.attemptsLeft)
  }

  static let schema = Schema.members([
    "kind": .words(Kind.self), "id": .id, "title": .string, "courseId": .optional(.id),
    "courseTitle": .described("of a quiz", .optional(.string)), "deadline": .optional(.time),
    "isLate": .boolean, "validUntil": .optional(.time),
    "attemptsLeft": .described("of a quiz", .optional(.integer)),
  ])

  func write(at now: Int64, to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", kind.rawValue)
      json.id("id", id)
      json.field("title", title)
      json.field("courseId", courseID.map { String($0) })
      json.field("courseTitle", courseTitle)
      json.time("deadline", deadline)
      json.field("isLate", deadline.map { $0 <= now } ?? false)
      json.time("validUntil", validUntil)
      json.field("attemptsLeft", attemptsLeft.map { Int($0) })
    }
  }
}
