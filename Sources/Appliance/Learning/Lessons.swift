import HTTP
import Store

/// The lessons of courses, in Markdown. They are read by who is enrolled in the published course, and by authors.
enum Lessons {
  /// So that all lessons of a course fit on one page of a list.
  static let mostPerCourse = 200

  static let courseID = Column("courseId", .reference(to: "courses"), fr: "Cours", en: "Course")
  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  private static let description = Column(
    "description", .text(0...2_000, lines: true), fr: "Résumé", en: "Summary", initial: "".value)
  static let content = Column(
    "content", .text(0...50_000, lines: true), fr: "Texte (Markdown)", en: "Text (Markdown)",
    initial: "".value)
  /// A new lesson without it comes last.
  static let order = Column("order", .number(0...1_000_000), fr: "Ordre", en: "Order", initial: .null)
    .stored(as: "position")
  private static let duration = Column(
    "duration", .number(0...10_000), fr: "Durée (min)", en: "Duration (min)", initial: 0.value)
  private static let videoURL = Column(
    "videoUrl", .file, fr: "Vidéo ou audio", en: "Video or audio", initial: "".value)
  private static let documentURL = Column(
    "documentUrl", .file, fr: "Document", en: "Document", initial: "".value)
  static let isRequired = Column(
    "isRequired", .flag, fr: "Obligatoire", en: "Required", initial: true.value)

  private static func table(_ columns: [Column]) -> Resource {
    Resource(
      "lessons", table: "lessons", title: Sentence(fr: "Leçons", en: "Lessons"),
      noun: Sentence(fr: "une leçon", en: "a lesson"), columns: columns
    ).restorable()
  }

  static let resource = table([
    title, courseID, description, content, order, duration, videoURL, documentURL, isRequired,
  ])
  .allowing(.list, .get, to: .signedIn)
  .allowing(.create, .change, .delete, to: .right(Courses.right))
  .scoped { account, _ in scope(account) }
  .before { change, tx in try check(&change, in: tx) }
  .after { change, tx in try follow(change, in: tx) }
  .searchable(title, content)
  .belonging(to: .training)
  .publishing(Courses.frame)
  .linked { "/lessons/\($0)" }

  /// The lessons of one course in order.
  static let inOrder = resource.ordered(by: order)

  /// The same for those who are not enrolled: without what the lessons teach.
  static let outline: Resource = {
    func empty(_ column: Column) -> Column {
      Column.computed(column.name, column.kind, fr: column.label(.fr), en: column.label(.en), sql: "''")
    }
    let columns = [
      title, courseID, description, empty(content), order, duration, empty(videoURL), empty(documentURL),
      isRequired,
    ]
    return table(columns).ordered(by: order)
  }()

  static func scope(_ account: Account?) -> (sql: String, arguments: [Value]) {
    guard let account else { return ("lessons.id = 0", []) }
    if account.has(right: Courses.right) {
      return (
        "EXISTS (SELECT 1 FROM courses AS c WHERE c.id = lessons.course_id AND c.deleted_at IS NULL)", []
      )
    }
    return (
      """
      EXISTS (SELECT 1 FROM enrollments AS e JOIN courses AS c ON c.id = e.course_id
        AND c.is_published = 1 AND c.deleted_at IS NULL
        WHERE e.course_id = lessons.course_id AND e.user_id = ?)
      """, [account.id.value]
    )
  }
}
