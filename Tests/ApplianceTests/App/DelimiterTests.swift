import HTTP
import Testing

@testable import Appliance

/// As in HTTP's tests: a delimiter followed by a combining mark is still a delimiter.
@Suite struct TextDelimiterTests {
  private static let mark = "\u{301}"

  @Test(arguments: [
    ("EMAIL_HOST=\(mark)x", "\(mark)x"), ("EMAIL_HOST=\"\(mark)x\"", "\(mark)x"),
    ("EMAIL_HOST=\"x\" #\(mark) words", "x"), ("export EMAIL_HOST=x #\(mark)", "x"),
    ("EMAIL_HOST=\"a\\\"\(mark)b\"", "a\"\(mark)b"), ("EMAIL_HOST='x'", "x"), ("#\(mark)\nEMAIL_HOST=x", "x"),
  ])
  func `a line of the configuration is split at its ASCII delimiters`(file: String, value: String) throws {
    var values = SettingValues()
    try values.read(file: file)
    #expect(values.text(.emailHost) == value)
  }

  @Test func `text after a closing quote is refused, even a combining mark`() {
    for line in ["EMAIL_HOST=\"x\"\(Self.mark)", "EMAIL_HOST=\"x\"y", "EMAIL_HOST='x\\'"] {
      var values = SettingValues()
      let read = Result { try values.read(file: line) }
      #expect((try? read.get()) == nil || line.hasSuffix("\\'"), "\(line)")
    }
  }

  @Test(
    arguments: [
      ("2\(mark)[\"a\"]", nil), ("\u{ff12}[\"a\"]", nil), ("\u{b2}[\"a\"]", nil),
      ("2/x,\(mark)[\"a\"]", nil), ("27[\"a\"]", 7), ("2\u{664}[\"a\"]", nil),
    ] as [(String, Int?)])
  func `a Socket.IO packet is parsed by bytes`(text: String, ack: Int?) {
    guard case .event(_, _, _, let read)? = SocketIOPacket(text) else {
      #expect(ack == nil)
      return
    }
    #expect(read == ack)
  }

  @Test func `a token and a range start directly after their delimiter`() {
    let request = Request(
      method: .get, path: "/",
      headers: [("Authorization", "Bearer \(Self.mark)x"), ("Prefer", "a,\(Self.mark)b")])
    #expect(Authorizer.bearer(of: request) == "\(Self.mark)x")
    #expect(!StrictBody.isAsked(request))
    #expect(ByteRange("bytes=-\(Self.mark)5", of: 10) == .whole)
    #expect(ByteRange("bytes=2-5", of: 10) == .part(2..<6))
    #expect(UploadedFile.key(in: "/api/uploads/a/\(Self.mark)b") == nil)
  }
}
