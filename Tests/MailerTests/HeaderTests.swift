import Testing

@testable import Mailer

@Suite struct AddressTests {
  @Test(arguments: [
    ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
    ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"), ("ada@bu\u{308}cher.example", "ada@xn--bcher-kva.example"),
    ("ada@straße.example", "ada@xn--strae-oqa.example"),
  ]) func `an internationalised domain is accepted, and written in ASCII`(text: String, ascii: String) throws
  {
    #expect(try Address(email: text, name: nil).email == ascii)
  }

  @Test(arguments: [
    ("Ada@Example.org", "ada@example.org"), ("ada@xn--bcher-kva.example", "ada@bücher.example"),
    ("ada@BÜCHER.example", "ada@bücher.example"), ("ada@bu\u{308}cher.example", "ada@bücher.example"),
    ("ada@XN--BCHER-KVA.example", "ada@bücher.example"),
    ("ada@mail.xn--bcher-kva.example", "ada@mail.bücher.example"),
    ("ada@xn--a.example", "ada@xn--a.example"), ("Ada", "ada"), ("@", "@"), ("", ""),
  ]) func `an address has one canonical spelling`(text: String, kept: String) {
    #expect(Address.spelling(of: text).utf8.elementsEqual(kept.utf8))
  }

  @Test(arguments: [
    "adä@example.org", "ada@-ü.example", "ada@ü..example", "ada@ü\u{0}.example", "ada@\u{200B}",
  ])
  func `a domain without an ASCII form is refused`(text: String) {
    #expect(throws: MailerError.self) { try Address(email: text, name: nil) }
  }

  @Test(arguments: [
    "", "ada", "@example.org", "ada@", "ada@@example.org", "a b@example.org", "ada@exa mple.org",
    "ada@example..org", ".ada@example.org", "ada.@example.org", "ada@-example.org", "ada@example.org>",
    "<ada@example.org", "Ada <ada@example.org", "Ada ada@example.org>", "\"Ada <ada@example.org>",
    "\"Ada\\\" <ada@example.org>", "a<b@example.org>c@example.org", "élodie@example.org", "adä@exämple.org",
    "ada@example.org\r\nBcc: eve@example.org", "ada@example.org\n", "ada\u{0}@example.org",
    "Ada\r\nBcc: eve@example.org <ada@example.org>", "Ada\u{0} <ada@example.org>",
    "Ada\u{2028} <ada@example.org>", "\r<ada@example.org>", "<ada@example.org> <eve@example.org>\n>",
  ])
  func `text that is not a single address is refused permanently`(text: String) {
    #expect(throws: MailerError.self) { try Address(text) }
    #expect((try? Address(text)) == nil)
  }

  @Test(arguments: [
    ("\"\u{301}Ada\" <ada@example.org>", "\u{301}Ada"),
    ("\"Ada\\\"\u{301}\" <ada@example.org>", "Ada\"\u{301}"),
    ("Ada <\u{301} <ada@example.org>", "Ada <\u{301}"),
  ]) func `a quote or bracket counts even with a combining mark`(text: String, name: String) throws {
    let address = try Address(text)
    #expect(address.name?.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
    #expect(address.email == "ada@example.org")
    #expect(throws: MailerError.self) { try Address("Ada <ada@example.org>\u{301}") }
  }

  @Test func `overlong parts are refused`() {
    let long = String(repeating: "a", count: 65)
    #expect(throws: MailerError.self) { try Address("\(long)@example.org") }
    #expect(throws: MailerError.self) { try Address("ada@\(long).org") }
    #expect(throws: MailerError.self) {
      try Address(email: "ada@example.org", name: String(repeating: "é", count: 101))
    }
  }

  @Test(arguments: [
    ("ada@example.org", "ada@example.org", nil),
    (" <ada@example.org> ", "ada@example.org", nil),
    ("Ada Lovelace <ada@example.org>", "ada@example.org", "Ada Lovelace"),
    ("\"Lovelace, \\\"Ada\\\"\" <ada@example.org>", "ada@example.org", "Lovelace, \"Ada\""),
    ("Élodie <e.b+x@mail.example.org>", "e.b+x@mail.example.org", "Élodie"),
    ("obox@localhost", "obox@localhost", nil),
  ])
  func `an address is parsed with or without a name`(text: String, email: String, name: String?) throws {
    let address = try Address(text)
    #expect(address.email == email)
    #expect(address.name == name)
  }
}

@Suite struct HeaderTextTests {
  @Test func `no text can end its header line`() throws {
    let hostile = "x\r\nBcc: a@b\n\r\u{0}\u{85}\u{2028}\u{2029}é\(String(repeating: "🚀\r\n", count: 50))"
    let lines = [
      HeaderText.unstructured(hostile), HeaderText.unstructured("x\r\nBcc: a@b"),
      HeaderText.fileName(hostile),
      HeaderText.address(try Address(email: "ada@example.org", name: String(repeating: "é", count: 100))),
    ]
    for line in lines {
      #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0d || $0 == 0x0a })
      #expect(!line.replacing("\r\n ", with: "").utf8.contains { $0 == 0x0d || $0 == 0x0a })
    }
  }

  @Test func `text that looks encoded is encoded, so that it is read unchanged`() {
    #expect(HeaderText.unstructured("=?UTF-8?B?QQ==?=") == "=?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?=")
    #expect(HeaderText.unstructured("2 + 2 = 4?") == "2 + 2 = 4?")
  }

  @Test func `encoded words are short and end at character boundaries`() {
    let words = HeaderText.unstructured(String(repeating: "aé🚀", count: 40)).split(separator: "\r\n ")
    #expect(words.count > 5)
    for word in words {
      #expect(word.utf8.count <= 75)
      #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
    }
  }

  @Test(
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
      (-5, "Thu, 01 Jan 1970 00:00:00 +0000"),
      (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
      (951_868_799_999, "Tue, 29 Feb 2000 23:59:59 +0000"),
      (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 +0000"),
      (1_735_689_599_000, "Tue, 31 Dec 2024 23:59:59 +0000"),
      (1_735_689_600_000, "Wed, 01 Jan 2025 00:00:00 +0000"),
      (1_795_168_452_345, "Fri, 20 Nov 2026 09:54:12 +0000"),
      (4_107_542_400_000, "Mon, 01 Mar 2100 00:00:00 +0000"),
      (Int64.max, "Fri, 31 Dec 9999 23:59:59 +0000"),
    ] as [(Int64, String)])
  func `the date matches the calendar`(milliseconds: Int64, text: String) {
    #expect(MailDate.text(milliseconds: milliseconds) == text)
  }
}
