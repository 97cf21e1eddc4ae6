import Glibc
import HTTP
import Testing

@testable import Appliance

/// The server parses messages as the page does: the browser's tests use the same cases.
@Suite struct MentionVectorTests {
  private static func list(_ name: String) throws -> [JSONValue] {
    let folder = #filePath.utf8.split(separator: UInt8(ascii: "/")).dropLast(3)
    let path = "/" + folder.map { String(Substring($0)) }.joined(separator: "/") + "/Web/\(name).json"
    return try #require(JSONValue(parsing: readText(path) ?? "")?.array)
  }

  private static func cases() throws -> [(text: String, names: [String])] {
    try list("mentions").map { one in
      (one["text"]?.string ?? "", one["names"]?.array?.compactMap { $0.string } ?? [])
    }
  }

  @Test func `server and page find the same mentions`() throws {
    let cases = try Self.cases()
    #expect(cases.count > 30)
    for (text, names) in cases { #expect(Mentions.names(in: text) == names, "\(text.debugDescription)") }
  }

  /// With quadratic time each of these would take minutes.
  @Test(arguments: ["@", "@a.", "`", "``a`", "[", "[a](", "a_", "www.", "> ", "a@b.", "\\", "*", "\n", "@a`"])
  func `a long message is parsed in linear time`(part: String) {
    let text = String(repeating: part, count: 400_000)
    #expect(Mentions.names(in: text).count <= 400_000)
  }

  @Test(arguments: [
    ("❤", "❤\u{FE0F}"), ("👁\u{200D}🗨", "👁\u{FE0F}\u{200D}🗨\u{FE0F}"), ("1\u{20E3}", "1\u{FE0F}\u{20E3}"),
    ("🏳\u{200D}🌈", "🏳\u{FE0F}\u{200D}🌈"), ("👍\u{FE0F}", "👍"), ("☝\u{FE0F}🏽", "☝🏽"), ("👍🏽", "👍🏽"),
  ])
  func `variants of an emoji are the same reaction`(typed: String, kept: String) {
    #expect(Emoji.one(typed).map { Array($0.unicodeScalars) } == Array(kept.unicodeScalars))
    #expect(Emoji.one(kept).map { Array($0.unicodeScalars) } == Array(kept.unicodeScalars))
  }

  @Test func `server and page treat the same text as invisible`() throws {
    let cases = try Self.list("invisible")
    #expect(cases.count > 20)
    for one in cases {
      let text = try #require(one["text"]?.string)
      #expect(text.isInvisible == one["invisible"]?.bool, "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    "\u{200B}", "\u{FE0F}\u{FE0E}", " \u{2800}\u{3164}", "\u{E0020}", "\u{AD}\u{2060}", "\u{115F}",
  ])
  func `an invisible message counts as empty`(text: String) {
    #expect(throws: Failure.self) { try Draft(text: text) }
    #expect((try? Draft(text: text, files: ["/x"]))?.text == "")
    #expect((try? Draft(text: text + "a")) != nil)
  }
}
