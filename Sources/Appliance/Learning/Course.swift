import HTTP
import Store

/// What the rules of a course need of its row.
struct Course: Sendable {
  let id: Int64
  let title: String
  let isPublished: Bool
  let isMandatory: Bool
  /// For whom it is mandatory.
  let audience: String
  let author: Int64?
  /// Milliseconds since 1970; nil for no limit.
  let due: Int64?

  static let columns = """
    courses.id, courses.title, courses.is_published, courses.is_mandatory, courses.audience, courses.author_id,
    courses.due_date
    """

  init(_ row: Row) {
    id = row.int64("id")
    title = row.text("title")
    isPublished = row.bool("is_published")
    isMandatory = row.bool("is_mandatory")
    audience = row.text("audience")
    author = row.optionalInt64("author_id")
    due = row.optionalInt64("due_date")
  }

  init(_ record: Record) {
    id = record.id
    title = record.text(Courses.title)
    isPublished = record.bool(Courses.isPublished)
    isMandatory = record.bool(Courses.isMandatory)
    audience = record.text(Courses.audience)
    author = record.int64(Courses.authorID)
    due = record.int64(Courses.dueDate)
  }

  /// One that is not in the bin. Throws 404.
  static func find(_ id: Int64, in connection: Connection) throws -> Course {
    let found = try connection.first(
      "SELECT \(columns) FROM courses WHERE id = ? AND deleted_at IS NULL", id, map: Course.init(_:))
    guard let found else { throw Failure.notFound }
    return found
  }

  /// Whether those in its audience have to complete it now.
  var isRequired: Bool { isMandatory && isPublished }

  /// Until when they must have completed it; nil for no limit.
  var deadline: Int64? { isRequired ? due : nil }

  static func subject(_ id: Int64) -> String { "course:\(id)" }

  func notice(_ kind: Notice.Kind, by actor: Int64? = nil, _ details: [String: String] = [:]) -> Notice {
    Notice(
      kind: kind, subject: Self.subject(id), link: "/courses/\(id)", actor: actor,
      details: details.merging(["name": title]) { first, _ in first })
  }
}
