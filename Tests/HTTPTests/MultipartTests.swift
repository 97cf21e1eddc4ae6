import Testing

@testable import HTTP

@Suite struct MultipartTests {
  private static let type = "multipart/form-data; boundary=AaB03x"

  private static func file(_ name: String, _ content: String) -> String {
    "--AaB03x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
      + "Content-Type: text/html\r\n\r\n\(content)\r\n"
  }

  @Test(arguments: [
    ("", type), ("no boundary here", type), ("--AaB03x", type), ("--AaB03x\r\n", type),
    // The last boundary is missing, or is only a prefix of a longer line.
    (file("a", "x"), type), (file("a", "x") + "--AaB03", type), (file("a", "x") + "--AaB03xyz--", type),
    // Headers without an end.
    ("--AaB03x\r\nContent-Disposition: form-data\r\n--AaB03x--", type),
    ("--AaB03x\r\nX: \(String(repeating: "x", count: 9000))\r\n\r\na\r\n--AaB03x--", type),
    (String(repeating: "--AaB03x\r\n\r\n\r\n", count: 101) + "--AaB03x--", type),
    (file("a", "x") + "--AaB03x--", "multipart/form-data"),
    (file("a", "x") + "--AaB03x--", "multipart/form-data; boundary="),
    (file("a", "x") + "--AaB03x--", "multipart/form-data; boundary=\"AaB03x \""),
    (file("a", "x") + "--AaB03x--", "multipart/form-data; boundary=\(String(repeating: "b", count: 71))"),
    (file("a", "x") + "--AaB03x--", "multipart/mixed; boundary=AaB03x"),
    (file("a", "x") + "--AaB03x--", "multipart/form-data; boundary=other"),
  ]) func `a malformed form is refused`(body: String, type: String) {
    let failure = #expect(throws: Failure.self) {
      try Multipart(parsing: Array(body.utf8), contentType: type)
    }
    #expect(failure?.code == "MALFORMED_MULTIPART")
  }

  @Test(arguments: [
    ("multipart/form-data; boundary=AaB03x", ""), ("Multipart/Form-Data;BOUNDARY=\"AaB03x\"", ""),
    ("multipart/form-data; charset=utf-8; boundary=AaB03x; x=y", ""), (type, "a preamble\r\n"),
  ]) func `the boundary is found in every notation`(type: String, preamble: String) throws {
    let body = Array((preamble + Self.file("a.txt", "content") + "--AaB03x--\r\nan epilogue").utf8)
    let file = try #require(try Multipart(parsing: body, contentType: type).firstFile)
    #expect(String(decoding: body[file.content], as: UTF8.self) == "content")
    #expect(file.fileName == "a.txt")
    #expect(file.name == "file")
  }

  @Test func `content may contain lines that look like boundaries, and other forms`() throws {
    let inner = "--AaB03xInner\r\nA: b\r\n\r\n--AaB03x in the middle\r\n --AaB03x--\r\n-AaB03x\r\n"
    let text =
      "--AaB03x\r\nContent-Disposition: form-data; name=note\r\n\r\na note\r\n" + Self.file("", "")
      + "--AaB03x \t\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n.bin\"\r\n"
      + "Content-Type: multipart/mixed; boundary=AaB03xInner\r\n\r\n\(inner)\r\n--AaB03x--"
    let body = Array(text.utf8)
    let form = try Multipart(parsing: body, contentType: Self.type)
    #expect(form.parts.count == 3)
    let file = try #require(form.firstFile)
    #expect(String(decoding: body[file.content], as: UTF8.self) == inner)
  }

  @Test(arguments: [
    ("filename=plain.txt", "plain.txt"), (#"filename="a \"b\" \\c.txt""#, #"a "b" \c.txt"#),
    (#"filename="C:\folder\a.txt""#, #"C:\folder\a.txt"#), (#"filename="a%22b%0D%20.txt""#, "a\"b\r%20.txt"),
    (#"filename="été.txt""#, "été.txt"), (#"filename="e.txt"; filename*=UTF-8''%C3%A9.txt"#, "é.txt"),
    (#"filename="e.txt"; filename*=UTF-8''%ZZ"#, "e.txt"), (#"filename="never ends"#, "never ends"),
    (#"FileName="a;b=c.txt"; filename=second"#, "a;b=c.txt"), ("filename=", ""),
  ]) func `a file name is parsed as browsers write it`(parameter: String, expected: String) throws {
    let body = "--AaB03x\r\ncontent-disposition:form-data; \(parameter)\r\n\r\nx\r\n--AaB03x--"
    let form = try Multipart(parsing: Array(body.utf8), contentType: Self.type)
    #expect(form.parts.first?.fileName == expected)
  }

  @Test func `malformed bytes can only be refused`() {
    var random = Seed(state: 7)
    let whole = Array((Self.file("a.txt", "content") + Self.file("b", "--AaB03") + "--AaB03x--").utf8)
    for _ in 0..<20_000 {
      var body = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) where body.count > 20 {
        let place = Int.random(in: 0..<body.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: body[place] = UInt8.random(in: 0...255, using: &random)
        case 1: body.remove(at: place)
        default: body.removeLast(place / 4)
        }
      }
      guard let form = try? Multipart(parsing: body, contentType: Self.type) else { continue }
      for part in form.parts { #expect(part.content.upperBound <= body.count) }
    }
  }
}

/// Reproducible random numbers (an LCG by Knuth, its high bits).
private struct Seed: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 32 | state << 32
  }
}
