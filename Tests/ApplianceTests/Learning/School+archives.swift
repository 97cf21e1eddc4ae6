import HTTP
import Testing

@testable import Appliance

extension School {
  /// A course that uses everything an archive can have; returns its id.
  func fullCourse() async throws -> String {
    let picture = try await test.upload(FileSamples.png(8, 8), as: trainer)
    let thumbnail = try await test.upload(FileSamples.gif(3, 3), as: trainer)
    // Of more chunks than are read at once.
    let video = try await test.upload(
      FileSamples.mp4("isom") + FileSamples.zeros(17 * NewUpload.chunkSize), as: trainer)
    let paper = try await test.upload(FileSamples.pdf, as: trainer)
    let course = try await course(
      "Été: « first aid »",
      [
        "description": "Two\nlines", "category": "compliance", "difficulty": "advanced", "duration": 90,
        "thumbnailUrl": .string(thumbnail), "isMandatory": true, "tags": ["a", "É"],
      ])
    let text = "# Title\n\n![x](\(picture) \"t\") and [the paper](\(paper)). See \(picture).\r\n\n- \"a\\b\""
    let lessons =
      try await self.lessons("First", in: course, ["content": .string(text), "videoUrl": .string(video)])
      + self.lessons("日本", in: course, ["documentUrl": .string(paper), "isRequired": false, "duration": 5])
    let far: [String: JSONValue] = ["videoUrl": "https://example.org/v.mp4", "content": "../files/none.png"]
    _ = try await self.lessons("Third", in: course, far)
    var questions = QuizSamples.bodies
    questions.append([
      "type": "single", "text": "Picture?", "imageUrl": .string(picture), "options": ["a", "b"],
      "correctAnswer": 1, "points": 0.5,
    ])
    _ = try await quiz(
      in: course,
      [
        "questions": .array(questions), "lessonId": .string(lessons[1]), "pool": 3, "negative": 25,
        "timeLimit": 10, "passingScore": 55, "shuffles": true, "description": "d",
      ])
    _ = try await quiz(in: course, ["title": "Optional", "isRequired": false, "questions": []])
    return course
  }

  func export(_ course: String) async throws -> [UInt8] {
    let answer = try await trainer.get("/api/courses/\(course)/export")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.body
  }

  func load(_ archive: [UInt8]) async throws -> TestClient.Answer {
    try await trainer.send("POST", "/api/courses/import", content: archive, type: "application/zip")
  }

  /// How many rows of courses and of what belongs to them there are, also invisible ones.
  func rows() async throws -> Int64 {
    try await test.count(
      """
      SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM lessons) + (SELECT count(*) FROM quizzes)
        + (SELECT count(*) FROM quiz_versions) + (SELECT count(*) FROM uploads)
        + (SELECT count(*) FROM upload_chunks) + (SELECT count(*) FROM resource_files)
      """)
  }
}

/// The archive of a small course, to be changed.
struct CourseSample {
  var files: [(name: String, content: [UInt8])] = [
    (
      "course.json",
      Array(
        #"""
        {"format": "obox-course", "version": 1, "course": {"title": "Small", "thumbnailUrl": "files/01.png"},
        "lessons": [{"file": "lessons/01.md", "title": "One"}], "quizzes": ["quizzes/01.json"],
        "files": [{"path": "files/01.png", "name": "Big picture.png"}]}
        """#.utf8)
    ),
    ("lessons/01.md", Array("![x](../files/01.png)".utf8)),
    (
      "quizzes/01.json",
      Array(
        #"""
        {"title": "Test", "lesson": "lessons/01.md", "questions": [{"type": "boolean", "text": "?",
        "correctAnswer": true, "imageUrl": "files/01.png"}]}
        """#.utf8)
    ),
    ("files/01.png", FileSamples.png(4, 4)),
  ]

  var bytes: [UInt8] { ZipSample.bytes(files.map { .init($0.name, $0.content) }) }

  subscript(name: String) -> [UInt8]? {
    get { files.first { $0.name == name }?.content }
    set {
      let place = files.firstIndex { $0.name == name } ?? files.endIndex
      files.replaceSubrange(
        place..<min(files.count, place + 1), with: newValue.map { [(name: name, content: $0)] } ?? [])
    }
  }

  /// With other words in a text.
  func replacing(_ old: String, _ new: String, in file: String) -> CourseSample {
    var sample = self
    let text = String(decoding: self[file] ?? [], as: UTF8.self)
    #expect(text.contains(old), "\(old)")
    sample[file] = Array(text.replacing(old, with: new).utf8)
    return sample
  }

  func with(_ file: String, _ content: [UInt8]?) -> CourseSample {
    var sample = self
    sample[file] = content
    return sample
  }
}
