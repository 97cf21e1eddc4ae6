import HTTP
import Store

/// A course as a ZIP archive, which can be read without OBox: `course.json` with the fields and the order of everything,
/// `lessons/01-title.md`, `quizzes/01-title.json`, and in `files/` what they show and link to.
enum CourseArchive {
  static let format = "obox-course"
  static let version: Int64 = 1
  static let course = "course.json"
  static let files = "files/"
  /// How a lesson's text, in a folder beside, names a file.
  static let fromLesson = "../files/"

  static let mostEntries = 2_000
  /// Of an archive, and of what it unpacks to.
  static let mostBytes = 100 << 20
  /// Of a JSON file.
  static let mostJSON = 1 << 20

  /// Fields of courses that stay where they are: who has to take it, and when it is published, is decided anew, and ids
  /// mean nothing elsewhere.
  static let leftOut: Set<String> = [
    Courses.isPublished.name, Courses.prerequisites.name, Courses.isMandatory.name, Courses.dueDate.name,
    Courses.audience.name,
  ]
  /// Fields of lessons and quizzes that the archive says in another way.
  static let placed: Set<String> = [
    Lessons.courseID.name, Lessons.content.name, Lessons.order.name, Quizzes.lessonID.name,
  ]

  /// The name of the `number`-th file of a folder: `lessons/01-first-aid.md`.
  static func name(_ folder: String, _ number: Int, _ title: String, _ ending: String) -> String {
    let slug = slug(title)
    return "\(folder)/\(number < 10 ? "0" : "")\(number)\(slug.isEmpty ? "" : "-" + slug).\(ending)"
  }

  /// Letters a to z and digits of a title, with a hyphen for what is between them.
  private static func slug(_ title: String) -> String {
    var slug: [UInt8] = []
    for byte in Folding.fold(title).utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): slug.append(byte)
      case 0..<0x80 where !slug.isEmpty && slug.last != UInt8(ascii: "-"): slug.append(UInt8(ascii: "-"))
      default: break
      }
    }
    let kept = slug.prefix(40).reversed().drop { $0 == UInt8(ascii: "-") }.reversed()
    return String(decoding: kept, as: UTF8.self)
  }

  /// The ending of a file's name, by its type.
  static func ending(of type: String) -> String {
    if let known = endings[type] { return known }
    if type.hasBytes(prefix: "application/vnd.oasis.opendocument.") { return "odf" }
    return "bin"
  }

  private static let endings = [
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "video/mp4": "mp4",
    "video/webm": "webm", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/mp4": "m4a", "audio/ogg": "ogg",
    "audio/webm": "webm", "application/pdf": "pdf", "application/zip": "zip", "application/gzip": "gz",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
  ]
}
