import HTTP

/// The files of a course's archive. What is wrong with one is told with its name.
struct CourseArchiveFiles: Sendable {
  private let files: [String: ArraySlice<UInt8>]
  /// The names that files had before the export, by those in the archive.
  private(set) var names: [String: String] = [:]

  /// Throws 400 when `course.json` is missing or not the one of a course.
  init(_ files: [String: ArraySlice<UInt8>]) throws(Failure) {
    self.files = files
    guard files[CourseArchive.course] != nil else { throw Self.noCourse }
    let json = try course()
    let listed = try list("files", of: CourseArchive.course, json, most: CourseArchive.mostEntries)
    for (index, file) in listed.enumerated() {
      let path = try name(file["path"], "files[\(index)].path")
      guard path.hasBytes(prefix: CourseArchive.files), files[path] != nil else {
        throw .inCourse(path, .missing)
      }
      names[path] = file["name"]?.string ?? path
    }
  }

  /// How many files nothing uses, of which `used` are used besides texts.
  func unused(_ used: Int, texts: Int) -> Int { max(0, files.count - used - texts - 1) }

  func bytes(of path: String) -> ArraySlice<UInt8> { files[path] ?? [] }

  func course() throws(Failure) -> JSONValue {
    let json = try json(of: CourseArchive.course)
    guard json["format"]?.string == CourseArchive.format else { throw Self.noCourse }
    guard json["version"]?.int64 == CourseArchive.version else { throw Self.otherVersion }
    return json
  }

  func json(of file: String) throws(Failure) -> JSONValue {
    guard let json = JSONValue(parsing: try text(of: file, most: CourseArchive.mostJSON)), json.object != nil
    else { throw .inCourse(file, .notJSON) }
    return json
  }

  /// The text of a file, at most `most` bytes, without a byte order mark.
  func text(of file: String, most: Int) throws(Failure) -> String {
    guard let bytes = files[file] else { throw .inCourse(file, .missing) }
    guard bytes.count <= most else { throw .inCourse(file, .tooLong) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes
    guard let text = String(validating: content, as: UTF8.self) else { throw .inCourse(file, .notText) }
    return text
  }

  /// A list of a JSON file; one that is left out is empty.
  func list(_ name: String, of file: String, _ json: JSONValue, most: Int) throws(Failure) -> [JSONValue] {
    guard let member = json[name], !member.isNull else { return [] }
    guard let list = member.array, list.count <= most else { throw .inCourse(file, .noList(most), name) }
    return list
  }

  /// The name of a file of the archive, given in `field` of `course.json`.
  func name(_ json: JSONValue?, _ field: String) throws(Failure) -> String {
    guard let name = json?.string, !name.isEmpty, name.utf8.count <= 200,
      name.utf8.allSatisfy({ Self.isPlain($0) || $0 == UInt8(ascii: "/") })
    else { throw .inCourse(CourseArchive.course, .noName, field) }
    return name
  }

  /// Whether a byte is part of a file's name.
  static func isPlain(_ byte: UInt8) -> Bool { LessonFiles.isPartOfWord(byte) || byte == UInt8(ascii: ".") }

  /// What is wrong with a part of a file is told with the file's name.
  func checking<T>(
    _ file: String, _ part: String = "", _ body: () throws(Failure) -> T
  ) throws(Failure) -> T {
    do { return try body() } catch { throw error.inCourse(file, part) }
  }

  private static let noCourse = Failure(
    400, "NOT_A_COURSE",
    Sentence(
      fr: "Cette archive n’est pas celle d’un cours : course.json, à sa racine, manque ou n’en est pas un.",
      en: "This is not the archive of a course: course.json, at its top, is missing or is not one."))
  private static let otherVersion = Failure(
    400, "OTHER_VERSION",
    Sentence(
      fr: "Cette archive vient d’une autre version d’OBox. Mettez ce serveur à jour, puis réessayez.",
      en: "This archive comes from another version of OBox. Update this server and try again."))
}
