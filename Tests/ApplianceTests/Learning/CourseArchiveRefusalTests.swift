import Glibc
import HTTP
import Testing

@testable import Appliance

/// Archives that are refused, and what is left of them: nothing.
@Suite(.timeLimit(.minutes(30))) struct CourseArchiveRefusalTests {
  @Test func `only those who write courses export and import them, while the module is on`() async throws {
    try await School.run { school in
      let draft = try await school.course("Secret", ["isPublished": false])
      let path = "/api/courses/\(draft)/export"
      let archive = CourseSample().bytes
      for (client, status) in [(school.test.client, 401), (school.lea, 403)] {
        #expect(try await client.get(path).status == status)
        #expect(try await client.send("POST", "/api/courses/import", content: archive).status == status)
      }
      #expect(try await school.trainer.get("/api/courses/999/export").status == 404)
      _ = try await school.trainer.delete("/api/courses/\(draft)")
      #expect(try await school.trainer.get(path).status == 404)
      let boss = try await school.test.person("boss", role: .admin)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      #expect(try await boss.get(path).status == 404)
      #expect(try await boss.send("POST", "/api/courses/import", content: archive).status == 404)
    }
  }

  private static let deep = Array(String(repeating: "[", count: 100_000).utf8)

  /// Each with its code and what its message names.
  private static var rows: [(CourseSample, code: String, name: String)] {
    let sample = CourseSample()
    return [
      (sample.with("course.json", nil), "NOT_A_COURSE", "course.json"),
      (sample.with("course.json", deep), "MALFORMED_JSON", "course.json"),
      (sample.with("course.json", Array("[]".utf8)), "MALFORMED_JSON", "course.json"),
      (sample.with("course.json", [UInt8](repeating: 0x20, count: 1 << 20 + 1)), "TOO_LONG", "course.json"),
      (sample.replacing("obox-course", "other", in: "course.json"), "NOT_A_COURSE", "course.json"),
      (sample.replacing("\"version\": 1", "\"version\": 2", in: "course.json"), "OTHER_VERSION", "version"),
      (
        sample.replacing("\"Small\"", "\"\"", in: "course.json"), "VALIDATION_FAILED",
        "course.json, course.title"
      ),
      (
        sample.replacing("lessons/01.md", "lessons/0 1.md", in: "course.json"), "NOT_A_NAME",
        "lessons[0].file"
      ),
      (
        sample.replacing("\"files/01.png\"}", "\"files/02.png\"}", in: "course.json"), "VALIDATION_FAILED",
        "thumb"
      ),
      (
        sample.replacing("\"quizzes\": [", "\"quizzes\": 7, \"x\": [", in: "course.json"), "NOT_A_LIST",
        "quizzes"
      ),
      (
        sample.replacing(
          "[{\"file\"", "[{\"file\": \"lessons/01.md\", \"title\": \"Two\"}, {\"file\"", in: "course.json"),
        "TWICE", "lessons"
      ),
      (sample.with("lessons/01.md", nil), "FILE_MISSING", "lessons/01.md"),
      (sample.with("lessons/01.md", [0x63, 0x61, 0x66, 0xE9]), "NOT_TEXT", "lessons/01.md"),
      (sample.with("lessons/01.md", Array("a\u{1}".utf8)), "VALIDATION_FAILED", "lessons/01.md, content"),
      (sample.with("files/01.png", nil), "FILE_MISSING", "files/01.png"),
      (sample.with("files/01.png", [0x7F, 0x45, 0x4C, 0x46, 2, 1]), "FILE_TYPE_NOT_ALLOWED", "files/01.png"),
      (sample.with("files/01.png", []), "FILE_MISSING", "files/01.png"),
      (sample.with("files/01.png", FileSamples.png(20_000, 20_000)), "PICTURE_TOO_LARGE", "files/01.png"),
      (sample.with("quizzes/01.json", Array("{".utf8)), "MALFORMED_JSON", "quizzes/01.json"),
      (
        sample.replacing("true", "7", in: "quizzes/01.json"), "VALIDATION_FAILED",
        "questions[0].correctAnswer"
      ),
      (
        sample.replacing("files/01.png", "/api/uploads/x", in: "quizzes/01.json"), "VALIDATION_FAILED",
        "questions[0].imageUrl"
      ),
      (
        sample.replacing("lessons/01.md", "lessons/02.md", in: "quizzes/01.json"), "FILE_MISSING",
        "quizzes/01.json"
      ),
      (sample.with("../up", [1]), "ARCHIVE_UNSAFE", "../up"),
    ]
  }

  @Test func `an archive with anything wrong is refused with its file, and leaves nothing`() async throws {
    try await School.run { school in
      let before = try await school.rows()
      for (sample, code, name) in Self.rows {
        let answer = try await school.load(sample.bytes)
        let said = answer.json["message"]?.string ?? ""
        #expect((400..<500).contains(answer.status) && answer.code == code, "\(name): \(answer.text)")
        #expect(said.contains(name), "\(name): \(said)")
        #expect(try await school.rows() == before, "\(name)")
      }
      #expect(try await school.load(CourseSample().bytes).status == 201)
    }
  }

  @Test func `somebody else's file cannot be had by its address in an archive`() async throws {
    try await School.run { school in
      let secret = try await school.test.upload(FileSamples.pdf, as: school.sam)
      let before = try await school.rows()
      let sample = CourseSample().with("lessons/01.md", Array("[x](\(secret)) ![y](../files/01.png)".utf8))
      let answer = try await school.load(sample.bytes)
      #expect(
        answer.status == 400 && answer.json["errors"]?[0]?["code"] == "FILE_NOT_FOUND", "\(answer.text)")
      #expect(answer.json["message"]?.string?.hasPrefix("lessons/01.md, content") == true)
      #expect(try await school.rows() == before)
    }
  }

  @Test func `a quota that is reached on the way leaves nothing`() async throws {
    try await School.run { school in
      let trainer = try await school.test.id("tina")
      var sample = CourseSample()
        .replacing("\"files\": [", "\"files\": [{\"path\": \"files/02.png\"}, ", in: "course.json")
        .with("files/02.png", FileSamples.png(5, 5, padding: 2 << 20))
      sample["lessons/01.md"] = Array("../files/01.png ../files/02.png".utf8)
      let before = try await school.rows()
      try await school.test.write(
        "INSERT INTO person_quotas (user_id, resource, most) VALUES (\(trainer), 'bytes', 1000000)")
      let answer = try await school.load(sample.bytes)
      #expect(answer.status == 413, "\(answer.text)")
      #expect(answer.json["message"]?.string?.hasPrefix("files/02.png") == true)
      #expect(try await school.rows() == before)
      try await school.test.write("DELETE FROM person_quotas")
      #expect(try await school.load(sample.bytes).status == 201)
    }
  }

  @Test func `a failure half-way leaves nothing, wherever it is`() async throws {
    try await School.run { school in
      let sample = CourseSample().with(
        "files/01.png", FileSamples.png(9, 9, padding: 6 * NewUpload.chunkSize))
      let before = try await school.rows()
      for table in ["upload_chunks WHEN NEW.number = 5", "lessons", "quiz_versions"] {
        let parts = table.split(separator: " ", maxSplits: 1)
        try await school.test.write(
          """
          CREATE TRIGGER broken BEFORE INSERT ON \(parts[0]) \(parts.dropFirst().joined())
          BEGIN SELECT RAISE(ABORT, 'broken'); END
          """)
        #expect(try await school.load(sample.bytes).status == 500)
        #expect(try await school.rows() == before, "\(table)")
        try await school.test.write("DROP TRIGGER broken")
      }
      #expect(try await school.load(sample.bytes).status == 201)
    }
  }

  @Test func `a course that is too large for an archive is refused before it is written`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let video = try await school.test.upload(FileSamples.mp4("isom"), as: school.trainer)
      _ = try await school.lessons("a", in: course, ["videoUrl": .string(video)])
      try await school.test.write("UPDATE uploads SET size = \(CourseArchive.mostBytes)")
      let answer = try await school.trainer.get("/api/courses/\(course)/export")
      #expect(answer.status == 413 && answer.code == "COURSE_TOO_LARGE", "\(answer.text)")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"))
  func `a full disk refuses both, and leaves nothing`() async throws {
    let folder = "/tmp/obox-small-course-\(getpid())"
    mkdir(folder, 0o700)
    guard mount("tmpfs", folder, "tmpfs", 0, "size=64m") == 0 else { return }
    defer {
      umount2(folder, 2)
      rmdir(folder)
    }
    let test = try await TestAppliance.start(in: folder, passwordCost: .cheapest)
    let boss = try await test.person("boss", role: .admin)
    let sample = CourseSample().with("files/01.png", FileSamples.png(9, 9, padding: 10_000_000))
    let course = try await boss.post("/api/courses", ["title": "Kept"]).json["id"]?.string ?? ""
    let filler = open(folder + "/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    #expect(posix_fallocate(filler, 0, 42 << 20) == 0)
    close(filler)
    let answer = try await boss.send("POST", "/api/courses/import", content: sample.bytes)
    #expect(answer.status == 503 && answer.code == "NO_SPACE", "\(answer.text)")
    #expect(try await test.count("SELECT count(*) FROM courses") == 1)
    #expect(try await test.count("SELECT count(*) FROM uploads WHERE completed_at IS NOT NULL") == 0)
    let export = try await boss.get("/api/courses/\(course)/export")
    #expect(export.status == 503 && export.code == "NO_SPACE", "\(export.text)")
    unlink(folder + "/filler")
    #expect(try await boss.send("POST", "/api/courses/import", content: sample.bytes).status == 201)
    #expect(try await boss.get("/api/courses/\(course)/export").status == 200)
    await test.appliance.stop()
  }
}
