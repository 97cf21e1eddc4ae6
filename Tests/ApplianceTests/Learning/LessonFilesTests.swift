import HTTP
import Testing

@testable import Appliance

/// Pictures, sounds, videos and documents of lessons.
@Suite(.timeLimit(.minutes(30))) struct LessonFilesTests {
  @Test func `addresses of uploads are found in a text, and not those of other sites`() {
    let text = """
      ![a](/api/uploads/Ab-1_z "t") [b](/api/uploads/two), /api/uploads/Ab-1_z
      https://example.org/api/uploads/three /api/uploads/ x//api/uploads/four
      """
    #expect(LessonFiles.keys(in: text) == ["Ab-1_z", "two", "four"])
    #expect(LessonFiles.keys(in: "/api/uploads/") == [])
  }

  @Test func `a file of somebody else in a text is refused, naming the field`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let url = try await school.test.upload(FileSamples.png(8, 8), as: school.sam)
      for address in [url, "/api/uploads/nothing"] {
        let answer = try await school.trainer.post(
          "/api/lessons",
          ["courseId": .string(course), "title": "a", "content": .string("![x](\(address))")])
        #expect(answer.status == 400 && answer.json["errors"]?[0]?["field"] == "content")
      }
      #expect(try await school.test.count("SELECT count(*) FROM resource_files") == 0)
    }
  }

  @Test func `exactly those who read a lesson read its files, in parts too`() async throws {
    try await School.run { school in
      let course = try await school.course()
      let picture = try await school.test.upload(FileSamples.png(8, 8), as: school.trainer)
      let sound = try await school.test.upload(FileSamples.wav, as: school.trainer)
      let lesson = try await school.lessons(
        "a", in: course, ["content": .string("![x](\(picture))"), "videoUrl": .string(sound)])[0]
      for url in [picture, sound] {
        #expect(try await school.test.client.get(url).status == 401)
        #expect(try await school.lea.get(url).status == 404)
      }
      try await school.enrol(school.lea, in: course)
      #expect(try await school.lea.get(picture).status == 200)
      var part = school.lea
      part.headers["Range"] = "bytes=4-9"
      let seek = try await part.get(sound)
      #expect(seek.status == 206 && seek.body.count == 6)
      #expect(try await school.sam.get(sound).status == 404)
      let files = try await school.lea.get("/api/lessons/\(lesson)/reading").json["files"]?.array ?? []
      #expect(Set(files.map { $0["fileUrl"]?.string }) == [picture, sound])
      _ = try await school.trainer.send("PATCH", "/api/lessons/\(lesson)", ["content": "none"])
      #expect(try await school.lea.get(picture).status == 404)
      #expect(try await school.lea.get(sound).status == 200)
    }
  }
}
