import HTTP
import Testing

@testable import Appliance

/// Archives of courses, of which the directory and what was unpacked are read here.
@Suite(.serialized) struct ArchiveFuzzTests {
  private static var zip: [UInt8] {
    let head: [UInt8] = [20, 0] + [UInt8](repeating: 0, count: 6) + [0x21, 0, 0x43, 0xBE, 0xB7, 0xE8]
    let facts = head + [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    let local = [0x50, 0x4B, 3, 4] + facts + Array("aa".utf8)
    let entry =
      [0x50, 0x4B, 1, 2, 0x14, 3] + facts + [0, 0, 0, 0, 0, 0, 0, 0, 0xA4, 0x81, 0, 0, 0, 0]
      + Array("a".utf8)
    return local + entry + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 32, 0, 0, 0, 0, 0]
  }

  @Test func `the directory of an archive is read within it`() throws {
    try Fuzzer.run("zip", seeds: [Self.zip], words: ["PK\u{1}\u{2}", "PK\u{5}\u{6}", "../"]) { input in
      let within = [0x50, 0x4B] + input + [0xFF]
      let directory = ZipDirectory(FileBytes(within[2..<2 + input.count]), most: 10)
      try hold(directory.map { $0.entries.count == min(10, $0.count) } ?? true, "as many as it says")
      try hold(directory?.entries.allSatisfy { $0.name.utf8.count <= 3 * input.count } ?? true, "names in it")
    }
  }

  @Test func `an unpacked archive is read within it`() throws {
    func block(_ name: String, _ size: String, _ type: UInt8) -> [UInt8] {
      var block = [UInt8](repeating: 0, count: 512)
      block.replaceSubrange(0..<name.utf8.count, with: name.utf8)
      block.replaceSubrange(124..<124 + size.utf8.count, with: size.utf8)
      block[156] = type
      block.replaceSubrange(257..<262, with: "ustar".utf8)
      return block
    }
    let zeros = [UInt8](repeating: 0, count: 512)
    let tar =
      block("a", "00000000003 ", 0x30) + [1, 2, 3] + zeros.dropFirst(3) + block("b/", "0", 0x35) + zeros
    try Fuzzer.run("tar", seeds: [tar], words: ["77777777777", "ustar", "0"]) { input in
      let files = TarFiles(input)?.files ?? []
      try hold(files.allSatisfy { $0.content.upperBound <= input.count }, "files in it")
    }
  }

  @Test func `the files of a course are read, or what is wrong is told`() throws {
    let course = #"""
      {"format":"obox-course","version":1,"course":{"title":"T","tags":["a"],"thumbnailUrl":"files/1.png"},
      "prerequisites":["P"],"lessons":[{"file":"l.md","title":"L","order":7,"videoUrl":"https://example.org"}],
      "quizzes":["q.json"],"files":[{"path":"files/1.png","name":"x"}]}
      """#
    let quiz = #"""
      {"title":"Q","lesson":"l.md","timeLimit":null,"pool":1,"questions":[{"type":"match","text":"?","options":["a","b"],
      "choices":["c","d"],"correctAnswer":[0,1],"imageUrl":"files/1.png","points":2}]}
      """#
    let words = [
      "\"lessons\":", "null", "[]", "{}", "files/1.png", "/api/uploads/x", "\"questions\":", "1e9",
    ]
    let separator = Array("\n---\n".utf8)
    let seed = Array(course.utf8) + separator + Array(quiz.utf8) + separator + Array("../files/1.png.".utf8)
    try Fuzzer.run("course", seeds: [seed], words: words) { input in
      let parts = input.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
      let names = ["course.json", "q.json", "l.md"]
      var files = Dictionary(uniqueKeysWithValues: Swift.zip(names, parts).map { ($0, $1) })
      files["files/1.png"] = [1][...]
      guard let read = try? CourseImport(files) else { return }
      let rows = try read.rows { path in path == "files/1.png" ? "/api/uploads/k" : nil }
      try hold(rows.lessons.count == read.lessonCount && rows.quizzes.count == read.quizCount, "all of it")
    }
  }
}
