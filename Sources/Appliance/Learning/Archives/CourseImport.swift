import HTTP
import Store

/// A course read from an untrusted archive: everything in it is valid, and nothing is stored.
struct CourseImport: Sendable {
  /// The values of new rows, in order.
  struct Rows: Sendable {
    var course: [String: Value] = [:]
    var lessons: [(file: String, values: [String: Value])] = []
    var quizzes: [Quiz] = []
  }

  struct Quiz: Sendable {
    let file: String
    /// The place of its lesson.
    let lesson: Int?
    let values: [String: Value]
    let questions: [QuizQuestion]
  }

  /// What an address of a file in the archive becomes; nil when there is none.
  typealias Address = (String) -> String?

  let archive: CourseArchiveFiles
  private let json: JSONValue
  /// The files that the course uses, by their names in the archive.
  private(set) var used: [String] = []

  /// As long as the address of an upload.
  private static let standIn = UploadedFile.prefix + String(repeating: "0", count: 32)

  /// Throws 400 naming the file and what is wrong with it.
  init(_ files: [String: ArraySlice<UInt8>]) throws(Failure) {
    archive = try CourseArchiveFiles(files)
    json = try archive.course()
    var (used, known): ([String], Set<String>) = ([], [])
    _ = try rows { [archive] path in
      guard archive.names[path] != nil else { return nil }
      if known.insert(path).inserted { used.append(path) }
      return Self.standIn
    }
    self.used = used
  }

  /// The rows, with these addresses in place of those in the archive.
  func rows(_ address: Address) throws(Failure) -> Rows {
    var rows = Rows()
    rows.course = try archive.checking(CourseArchive.course, "course") {
      () throws(Failure) -> [String: Value] in
      var body = json["course"]?.object ?? [:]
      for name in CourseArchive.leftOut { body[name] = nil }
      return try self.values(body, of: Courses.resource, address)
    }
    let lessons = try archive.list("lessons", of: CourseArchive.course, json, most: Lessons.mostPerCourse)
    for (index, lesson) in lessons.enumerated() {
      rows.lessons.append(try self.lesson(lesson, index, address))
    }
    let names = rows.lessons.map(\.file)
    guard Set(names).count == names.count else { throw .inCourse(CourseArchive.course, .twice, "lessons") }
    for quiz in try archive.list("quizzes", of: CourseArchive.course, json, most: Quizzes.mostPerCourse) {
      rows.quizzes.append(try self.quiz(quiz, names, address))
    }
    return rows
  }

  var lessonCount: Int { json["lessons"]?.array?.count ?? 0 }
  var quizCount: Int { json["quizzes"]?.array?.count ?? 0 }

  /// What the course loses on its way, to be told.
  var notes: [Sentence] {
    var notes: [Sentence] = []
    let missing = (json["prerequisites"]?.array ?? []).prefix(100).compactMap { $0.string?.prefix(utf8: 200) }
    if !missing.isEmpty {
      let list = missing.joined(separator: ", ")
      notes.append(
        Sentence(
          fr: "Prérequis à choisir de nouveau : \(list).", en: "Prerequisites to be chosen again: \(list)."))
    }
    let unused = archive.unused(used.count, texts: lessonCount + quizCount)
    if unused > 0 {
      notes.append(
        Sentence(
          fr: "Fichiers de l’archive que le cours n’utilise pas : \(unused).",
          en: "Files of the archive that the course does not use: \(unused)."))
    }
    return notes
  }

  private func lesson(
    _ json: JSONValue, _ index: Int, _ address: Address
  ) throws(Failure) -> (file: String, values: [String: Value]) {
    let file = try archive.name(json["file"], "lessons[\(index)].file")
    let text = try archive.text(of: file, most: Markdown.mostBytes)
    var body = json.object ?? [:]
    body[Lessons.courseID.name] = 1
    body[Lessons.order.name] = .integer(Int64(index + 1))
    body[Lessons.content.name] = .string(Self.text(text, address))
    let values = try archive.checking(file) { () throws(Failure) -> [String: Value] in
      try self.values(body, of: Lessons.resource, address)
    }
    return (file, values)
  }

  private func quiz(_ json: JSONValue, _ lessons: [String], _ address: Address) throws(Failure) -> Quiz {
    let file = try archive.name(json, "quizzes")
    let quiz = try archive.json(of: file)
    var lesson: Int?
    if let name = quiz["lesson"], !name.isNull {
      lesson = name.string.flatMap(lessons.firstIndex)
      guard lesson != nil else { throw .inCourse(file, .missing, "lesson") }
    }
    var body = quiz.object ?? [:]
    body[Quizzes.courseID.name] = 1
    body[Quizzes.lessonID.name] = nil
    let listed = try archive.list("questions", of: file, quiz, most: QuizQuestion.most)
    return try archive.checking(file) { () throws(Failure) -> Quiz in
      let questions = try QuizQuestion.list(.array(try self.questions(listed, address)))
      let values = try self.values(body, of: Quizzes.resource, address)
      return Quiz(file: file, lesson: lesson, values: values, questions: QuizQuestion.numbered(questions))
    }
  }

  private func questions(_ listed: [JSONValue], _ address: Address) throws(Failure) -> [JSONValue] {
    var questions: [JSONValue] = []
    for (index, question) in listed.enumerated() {
      var members = question.object
      if let image = members?["imageUrl"] {
        members?["imageUrl"] = try self.address(image, "questions[\(index)].imageUrl", address)
      }
      questions.append(members.map(JSONValue.object) ?? question)
    }
    return questions
  }

  private func values(
    _ given: [String: JSONValue], of resource: Resource, _ address: Address
  ) throws(Failure) -> [String: Value] {
    var body = given
    for column in resource.columns where column.isWritable {
      guard case .file = column.kind, let json = body[column.name] else { continue }
      body[column.name] = try self.address(json, column.name, address)
    }
    return try resource.values(of: .object(body), isNew: true)
  }

  /// A file of the archive has another address now; one of the installation that it comes from has none.
  private func address(_ json: JSONValue, _ field: String, _ address: Address) throws(Failure) -> JSONValue {
    guard let text = json.string else { return json }
    let isInArchive = text.hasBytes(prefix: CourseArchive.files)
    guard isInArchive || UploadedFile.key(in: text) != nil else { return json }
    guard isInArchive, let other = address(text) else {
      throw .invalid([
        FieldError(
          field, "FILE_MISSING",
          Sentence(fr: "Ce fichier n’est pas dans l’archive.", en: "This file is not in the archive."))
      ])
    }
    return .string(other)
  }

  /// A lesson's text with the addresses of its files. What only looks like one stays as it is.
  private static func text(_ text: String, _ address: Address) -> String {
    ArchiveAddresses.replaced(in: text, after: CourseArchive.fromLesson, isWord: CourseArchiveFiles.isPlain) {
      // The full stop of a sentence may follow.
      let dots = $0.utf8.reversed().prefix { $0 == UInt8(ascii: ".") }.count
      let name = String(decoding: $0.utf8.dropLast(dots), as: UTF8.self)
      return address(CourseArchive.files + name).map { $0 + String(repeating: ".", count: dots) }
    }
  }
}
