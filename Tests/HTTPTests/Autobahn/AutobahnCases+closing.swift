@testable import HTTP

/// Cases 7, 9 and 10: closing, and limits scaled to ours.
extension AutobahnCase {
  private static let large = String(repeating: "BAsd7&jh23", count: maxMessage / 10)
  private static let reason = Array(String(repeating: "*", count: 123).utf8)

  static let closing: [AutobahnCase] = [
    AutobahnCase("7.1.1", [.text("a"), .close(1000)], [.text("a")] + closed(1000)),
    AutobahnCase("7.1.2", [.close(1000), .close(1000)], closed(1000)),
    AutobahnCase("7.1.3", [.close(1000), .ping()], closed(1000)),
    AutobahnCase("7.1.4", [.close(1000), .text("a")], closed(1000)),
    AutobahnCase(
      "7.1.5", [.text("a", isFinal: false), .close(1000), .more("b", isFinal: true)], closed(1000)),
    AutobahnCase("7.1.6", [.text(large), .close(1000), .ping()], [.text(large)] + closed(1000)),
    AutobahnCase(
      "7.3.1", [ClientFrame(opcode: 8, payload: [])], [.send(.close, []), .end(code: 1005)]),
    AutobahnCase("7.3.2", [ClientFrame(opcode: 8, payload: [0x03])], failing(1002)),
    AutobahnCase("7.3.3", [.close(1000)], closed(1000)),
    AutobahnCase("7.3.4", [.close(1000, Array("Hello World!".utf8))], closed(1000)),
    AutobahnCase("7.3.5", [.close(1000, reason)], closed(1000)),
    AutobahnCase("7.3.6", [.close(1000, reason + [0x2A])], failing(1002)),
    AutobahnCase("7.5.1", [.close(1000, [0xCE, 0xBA, 0xED, 0xA0, 0x80])], failing(1007)),
  ]

  private static let validCodes: [UInt16] = [
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999, 1012, 1013, 1014,
  ]
  private static let invalidCodes: [UInt16] = [
    0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 1015,
  ]

  static let closeCodes: [AutobahnCase] =
    validCodes.enumerated().map { AutobahnCase("7.7.\($0 + 1)", [.close($1)], closed($1)) }
    + invalidCodes.enumerated().map { AutobahnCase("7.9.\($0 + 1)", [.close($1)], failing(1002)) }
    + [5000, 65_535].enumerated().map { AutobahnCase("7.13.\($0 + 1)", [.close($1)], failing(1002)) }

  private static let full = [UInt8](repeating: 0x2A, count: maxMessage)
  private static let fullText = String(repeating: "*", count: maxMessage)

  private static let wholes: [AutobahnCase] = [1, 4, 16, 64, 256].enumerated().flatMap { index, kilobytes in
    let bytes = [UInt8](full.prefix(kilobytes << 10))
    let text = String(decoding: bytes, as: UTF8.self)
    return [
      AutobahnCase("9.1.\(index + 1)", [.text(text)], [.text(text)]),
      AutobahnCase("9.2.\(index + 1)", [.binary(bytes)], [.binary(bytes)]),
    ]
  }

  private static let inFragments: [AutobahnCase] = [64, 256, 1024, 4096, 16_384, 65_536].enumerated().flatMap
  {
    index, size in
    [
      AutobahnCase("9.3.\(index + 1)", ClientFrame.pieces(1, full, of: size), [.text(fullText)]),
      AutobahnCase("9.4.\(index + 1)", ClientFrame.pieces(2, full, of: size), [.binary(full)]),
    ]
  }

  private static let many: [AutobahnCase] = [0, 16, 64, 256, 1024].enumerated().map { index, length in
    let text = String(repeating: "x", count: length)
    return AutobahnCase(
      "9.7.\(index + 1)", .init(repeating: .text(text), count: 200), .init(repeating: .text(text), count: 200)
    )
  }

  private static let tooMuch: [AutobahnCase] = [
    AutobahnCase("9.x, one byte over", [.binary(full + [1])], failing(1009)),
    AutobahnCase(
      "9.x, one byte over in the last fragment",
      [.binary(full, isFinal: false), ClientFrame(opcode: 0, payload: [1])], failing(1009)),
    AutobahnCase(
      "9.x, full, then an empty fragment",
      [.binary(full, isFinal: false), ClientFrame(opcode: 0, payload: [])], [.binary(full)]),
    AutobahnCase("9.x, claimed", [ClientFrame(opcode: 2, payload: [1], claimed: 1 << 40)], failing(1009)),
    AutobahnCase(
      "9.x, claimed, the longest", [ClientFrame(opcode: 2, payload: [1], claimed: 1 << 63 - 1)], failing(1009)
    ),
    AutobahnCase(
      "9.x, claimed, with the highest bit", [ClientFrame(opcode: 2, payload: [], claimed: 1 << 63)],
      failing(1002)),
    AutobahnCase(
      "9.x, a claimed ping", [ClientFrame(opcode: 9, payload: [], claimed: 65_536)], failing(1002)),
  ]

  static let limits: [AutobahnCase] =
    wholes + inFragments + many + tooMuch + [
      AutobahnCase(
        "10.1.1", ClientFrame.pieces(1, Array(full.prefix(65_536)), of: 1300),
        [.text(String(fullText.prefix(65_536)))])
    ]
}
