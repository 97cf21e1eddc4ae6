@testable import HTTP

/// Cases 1 to 5: sizes, pings, reserved bits, opcodes, fragments.
extension AutobahnCase {
  private static let lengths = [0, 125, 126, 127, 128, 65_535, 65_536]

  static let sizes: [AutobahnCase] = lengths.enumerated().flatMap { index, length in
    let text = String(repeating: "*", count: length)
    let bytes = [UInt8](repeating: 0xFE, count: length)
    return [
      AutobahnCase("1.1.\(index + 1)", [.text(text)], [.text(text)]),
      AutobahnCase("1.2.\(index + 1)", [.binary(bytes)], [.binary(bytes)]),
    ]
  }

  private static let hello = Array("Hello, world!".utf8)
  private static let odd: [UInt8] = [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF]
  private static let longest = [UInt8](repeating: 0xFE, count: 125)

  static let pings: [AutobahnCase] = [
    AutobahnCase("2.1", [.ping()], [.send(.pong, [])]),
    AutobahnCase("2.2", [.ping(hello)], [.send(.pong, hello)]),
    AutobahnCase("2.3", [.ping(odd)], [.send(.pong, odd)]),
    AutobahnCase("2.4", [.ping(longest)], [.send(.pong, longest)]),
    AutobahnCase("2.5", [.ping(longest + [0xFE])], failing(1002)),
    AutobahnCase("2.7", [.pong()], []),
    AutobahnCase("2.8", [.pong(hello)], []),
    AutobahnCase("2.9", [.pong(hello), .ping(odd)], [.send(.pong, odd)]),
    AutobahnCase(
      "2.10", (0..<10).map { .ping([$0]) }, (0..<10).map { .send(.pong, [$0]) }),
  ]

  private static func reserved(_ bits: UInt8, _ opcode: UInt8 = 1) -> ClientFrame {
    ClientFrame(opcode: opcode, payload: opcode == 8 ? [] : hello, reserved: bits)
  }

  static let reservedBits: [AutobahnCase] = [
    AutobahnCase("3.1", [reserved(1)], failing(1002)),
    AutobahnCase("3.2", [.text("a"), reserved(2), .ping()], [.text("a")] + failing(1002)),
    AutobahnCase("3.3", [.text("a"), reserved(3), .ping()], [.text("a")] + failing(1002)),
    AutobahnCase("3.4", [.text("a"), reserved(4), .ping()], [.text("a")] + failing(1002)),
    AutobahnCase("3.5", [reserved(5, 2)], failing(1002)),
    AutobahnCase("3.6", [reserved(6, 9)], failing(1002)),
    AutobahnCase("3.7", [reserved(7, 8)], failing(1002)),
    AutobahnCase(
      "3.x, in a continuation",
      [.text("a", isFinal: false), ClientFrame(opcode: 0, payload: [0x62], reserved: 4)], failing(1002)),
  ]

  static let opcodes: [AutobahnCase] = [(1, 3...7), (2, 11...15)].flatMap { group, codes in
    codes.enumerated().flatMap { index, code in
      let number = "4.\(group).\(index + 1)"
      let empty = ClientFrame(opcode: UInt8(code), payload: [])
      let full = ClientFrame(opcode: UInt8(code), payload: hello)
      return [
        AutobahnCase(number, [index == 0 ? empty : full], failing(1002)),
        AutobahnCase(
          "\(number), after a message", [.text("a"), full, .ping()], [.text("a")] + failing(1002)),
        AutobahnCase("\(number), in a message", [.text("a", isFinal: false), empty], failing(1002)),
      ]
    }
  }

  private static func open(_ text: String) -> ClientFrame { .text(text, isFinal: false) }
  private static func more(_ text: String) -> ClientFrame { .more(text, isFinal: false) }
  private static func last(_ text: String) -> ClientFrame { .more(text, isFinal: true) }
  private static func pong(_ text: String) -> WebSocketMachine.Action { .send(.pong, Array(text.utf8)) }
  private static func ping(_ text: String) -> ClientFrame { .ping(Array(text.utf8)) }

  static let fragments: [AutobahnCase] = [
    AutobahnCase(
      "5.1", [ClientFrame(opcode: 9, payload: hello, isFinal: false), last("")], failing(1002)),
    AutobahnCase(
      "5.2", [ClientFrame(opcode: 10, payload: hello, isFinal: false), last("")], failing(1002)),
    AutobahnCase("5.3", [open("one"), last("two")], [.text("onetwo")]),
    AutobahnCase("5.6", [open("one"), ping("p"), last("two")], [pong("p"), .text("onetwo")]),
    AutobahnCase("5.9", [last("one"), .text("a")], failing(1002)),
    AutobahnCase("5.12", [more("one"), .text("a")], failing(1002)),
    AutobahnCase(
      "5.15", [open("one"), last("two"), more("three"), .text("a")], [.text("onetwo")] + failing(1002)),
    AutobahnCase("5.16", [more("one"), .text("a"), last("b"), more("one")], failing(1002)),
    AutobahnCase("5.17", [last("one"), open("a"), last("b")], failing(1002)),
    AutobahnCase("5.18", [open("one"), .text("two")], failing(1002)),
    AutobahnCase(
      "5.19",
      [open("1"), more("2"), ping("a"), more("3"), more("4"), ping("b"), last("5")],
      [pong("a"), pong("b"), .text("12345")]),
    AutobahnCase(
      "5.20, with a pong and binary",
      [.binary([1], isFinal: false), .pong(), ClientFrame(opcode: 0, payload: [2]), .text("a")],
      [.binary([1, 2]), .text("a")]),
    AutobahnCase(
      "5.x, a close in a message", [open("one"), .close(1000), last("two")], closed(1000)),
  ]
}
