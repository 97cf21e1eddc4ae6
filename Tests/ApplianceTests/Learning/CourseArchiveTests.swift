import HTTP
import Testing

@testable import Appliance

/// Courses from one installation to another.
@Suite(.timeLimit(.minutes(30))) struct CourseArchiveTests {
  @Test func `a course that is exported, imported elsewhere and exported again is the same`() async throws {
    try await School.run { school in
      let archive = try await school.export(try await school.fullCourse())
      try await School.run { other in
        let answer = try await other.load(archive)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.json["lessonCount"] == 3 && answer.json["quizCount"] == 2)
        #expect(answer.json["fileCount"] == 4 && answer.json["notes"] == [])
        let id = try #require(answer.json["id"]?.string)
        #expect(try await other.export(id) == archive)
        let course = try await other.trainer.get("/api/courses/\(id)").json
        #expect(course["isPublished"] == false && course["authorName"] == "Tina")
        #expect(try await other.lea.get("/api/courses/\(id)").status == 404)
        let lesson = try await other.trainer.get("/api/courses/\(id)/lessons").json[0] ?? .null
        let reading = try await other.trainer.get("/api/lessons/\(lesson["id"]?.string ?? "")/reading").json
        #expect(reading["html"]?.string?.contains("<img src=\"/api/uploads/") == true)
        let video = lesson["videoUrl"]?.string ?? ""
        #expect(try await other.trainer.get(video).body.count == 17 * NewUpload.chunkSize + 28)
        #expect(try await other.test.audited().contains("course_imported"))
      }
      #expect(try await school.test.audited().contains("course_exported"))
    }
  }

  @Test func `an archive can be read without OBox`() async throws {
    try await School.run { school in
      let course = try await school.fullCourse()
      let archive = try await school.export(course)
      #expect(try await school.export(course) == archive)
      let reader = ZipReader(mostEntries: 100, mostBytes: 100 << 20)
      let files = try await reader.files(in: archive).mapValues { Array($0) }
      #expect(
        files.keys.sorted() == [
          "course.json", "files/01-file.gif", "files/02-file.mp4", "files/03-file.png", "files/04-file.pdf",
          "lessons/01-first.md", "lessons/02.md", "lessons/03-third.md", "quizzes/01-test.json",
          "quizzes/02-optional.json",
        ])
      let lesson = String(decoding: files["lessons/01-first.md"] ?? [], as: UTF8.self)
      #expect(lesson.hasPrefix("# Title\n\n![x](../files/03-file.png \"t\")"), "\(lesson)")
      #expect(lesson.contains("See ../files/03-file.png.") && !lesson.contains("/api/"))
      let json = JSONValue(parsing: files["course.json"] ?? []) ?? .null
      #expect(
        json["course"]?["thumbnailUrl"] == "files/01-file.gif" && json["lessons"]?[2]?["videoUrl"] != "")
      #expect(json["course"]?["isPublished"] == nil && json["course"]?["authorId"] == nil)
      let quiz = JSONValue(parsing: files["quizzes/01-test.json"] ?? []) ?? .null
      #expect(quiz["lesson"] == "lessons/02.md" && quiz["questions"]?.array?.count == 8)
      #expect(quiz["questions"]?[7]?["imageUrl"] == "files/03-file.png" && quiz["courseId"] == nil)
    }
  }

  @Test func `what an archive cannot bring along is told`() async throws {
    try await School.run { school in
      let first = try await school.course("Basics")
      let course = try await school.course("More", ["prerequisites": [.string(first)]])
      let answer = try await school.load(try await school.export(course))
      #expect(answer.json["notes"] == ["Prerequisites to be chosen again: Basics."], "\(answer.text)")
      let id = answer.json["id"]?.string ?? ""
      #expect(try await school.trainer.get("/api/courses/\(id)").json["prerequisites"] == [])
      let unused = try await school.load(CourseSample().with("__MACOSX/._x", [1, 2]).bytes)
      #expect(unused.json["notes"]?[0]?.string?.contains("does not use: 1") == true, "\(unused.text)")
    }
  }

  @Test func `an archive that was changed by hand is read, also from a form`() async throws {
    try await School.run { school in
      let sample = CourseSample()
        .with("lessons/01.md", [0xEF, 0xBB, 0xBF] + Array("See ../files/01.png. Not ../files/x.".utf8))
      let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n"
      let answer = try await school.trainer.send(
        "POST", "/api/courses/import", content: Array(head.utf8) + sample.bytes + Array("\r\n--b--\r\n".utf8),
        type: "multipart/form-data; boundary=b")
      #expect(answer.status == 201, "\(answer.text)")
      let id = answer.json["id"]?.string ?? ""
      let lesson = try await school.trainer.get("/api/courses/\(id)/lessons").json[0] ?? .null
      let text = lesson["content"]?.string ?? ""
      #expect(text.hasPrefix("See /api/uploads/") && text.hasSuffix(". Not ../files/x."), "\(text)")
      let address = try await school.trainer.get("/api/courses/\(id)").json["thumbnailUrl"]?.string ?? ""
      let file = try await school.trainer.get(address)
      #expect(file.headers["content-disposition"]?.contains("Big picture.png") == true)
    }
  }

  @Test func `what only pretends to be a picture is never shown`() async throws {
    try await School.run { school in
      let page = Array("<!doctype html><script>alert(1)</script>".utf8)
      let answer = try await school.load(CourseSample().with("files/01.png", page).bytes)
      #expect(answer.status == 201, "\(answer.text)")
      let id = answer.json["id"]?.string ?? ""
      let address = try await school.trainer.get("/api/courses/\(id)").json["thumbnailUrl"]?.string ?? ""
      let file = try await school.trainer.get(address)
      #expect(file.headers["content-type"]?.hasPrefix("text/plain") == true)
      #expect(file.headers["content-disposition"]?.hasPrefix("attachment") == true)
    }
  }

  @Test func `who has to take a course, and until when, stays where it is`() async throws {
    try await School.run { school in
      let tina = try await school.test.id("tina")
      let course = try await school.course(
        "Safety",
        [
          "isMandatory": true, "audience": [.string("user:\(tina)")], "dueDate": "2030-01-01T00:00:00Z",
          "validMonths": 12,
        ])
      let archive = try await school.export(course)
      let duty = #""title": "Small", "isMandatory": true, "audience": ["user:\#(tina)"]"#
      let byHand = CourseSample().replacing(#""title": "Small""#, duty, in: "course.json")
      for archive in [archive, byHand.bytes] {
        let answer = try await school.load(archive)
        let made = try await school.trainer.get("/api/courses/\(answer.json["id"]?.string ?? "")").json
        #expect(made["isMandatory"] == false && made["audience"] == [] && made["dueDate"] == .null, "\(made)")
      }
      #expect(try await school.trainer.notices().isEmpty)
    }
  }
}
