import Testing

@testable import Appliance

@Suite struct TOTPTests {
  private let secret = Array("12345678901234567890".utf8)

  @Test(
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
      (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)]) func `codes match RFC 6238, appendix B`(seconds: Int64, code: String)
  {
    #expect(TOTP.code(secret, step: TOTP.step(at: seconds * 1000)) == code)
  }

  @Test func `a code is refused two steps away, when used, and after a later one was used`() {
    let now: Int64 = 1_700_000_010_000
    let step = TOTP.step(at: now)
    for offset: Int64 in [-3, -2, 2, 3] {
      let code = TOTP.code(secret, step: step + offset)
      #expect(TOTP.step(of: code, secret: secret, at: now, after: 0) == nil, "\(offset)")
    }
    for offset: Int64 in -1...1 {
      let code = TOTP.code(secret, step: step + offset)
      #expect(TOTP.step(of: code, secret: secret, at: now, after: 0) == step + offset)
      #expect(TOTP.step(of: code, secret: secret, at: now, after: step + offset) == nil)
      #expect(TOTP.step(of: code, secret: secret, at: now, after: step + 1) == nil)
    }
    for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
      #expect(TOTP.step(of: wrong, secret: secret, at: now, after: 0) == nil)
    }
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ]) func `base32 matches RFC 4648, without padding`(text: String, encoded: String) {
    #expect(Base32.encode(Array(text.utf8)) == encoded)
  }

  @Test func `secrets have 160 bits and differ`() {
    let secrets = (0..<100).map { _ in TOTP.newSecret() }
    #expect(Set(secrets).count == 100 && secrets.allSatisfy { $0.count == 20 })
  }
}

@Suite struct RecoveryCodeTests {
  @Test(arguments: [
    "", "123456", "abcd-efgh-jkmn-pqr", "abcd-efgh-jkmn-pqrs-t", "abcd-efgh-jkmn-pqr1", "éééé",
  ])
  func `text that cannot be a recovery code has no letters`(typed: String) {
    #expect(RecoveryCode.letters(of: typed) == nil)
  }

  @Test func `a recovery code is accepted in any notation`() {
    let code = RecoveryCode().text
    #expect(code.count == 19)
    let letters = RecoveryCode.letters(of: code)
    #expect(letters?.count == 16)
    #expect(RecoveryCode.letters(of: " " + code.uppercased().filter { $0 != "-" }) == letters)
  }
}

@Suite struct QRCodeTests {
  @Test func `a text too long for a QR code gives none`() {
    #expect(QRCode(String(repeating: "x", count: 3000)) == nil)
  }

  @Test func `the image contains each dark module once, within a margin`() throws {
    let code = try #require(QRCode("otpauth://totp/OBox:lea?secret=ABC"))
    #expect(code.width >= 21 && code.isDark.count == code.width * code.width)
    // The finder pattern: a dark ring around a light ring around a dark square.
    #expect((0..<7).map { code.isDark[$0] } == Array(repeating: true, count: 7))
    #expect((0..<7).map { code.isDark[code.width + $0] } == [true, false, false, false, false, false, true])
    let svg = code.svg()
    #expect(svg.contains("viewBox=\"0 0 \(code.width + 8) \(code.width + 8)\""))
    let drawn = svg.matches(of: /h(\d+)v1/).compactMap { Int($0.1) }.reduce(0, +)
    #expect(drawn == code.isDark.count { $0 })
    #expect(svg.contains("M4 4h7v1h-7z"))
    #expect(code.dataURI().hasPrefix("data:image/svg+xml;base64,"))
  }
}
