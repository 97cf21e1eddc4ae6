import TestSupport
import Testing

@testable import Appliance

/// What of a VNC client's bytes comes to the machine.
@Suite struct RFBFilterTests {
  private static let hello = Array("RFB 003.008\n".utf8) + [1, 0]
  private static let greeted = Array("RFB 003.008\n".utf8) + [1, 1]

  private func passed(_ bytes: [UInt8], isViewOnly: Bool = true, piece: Int = .max) throws -> [UInt8] {
    var filter = RFBFilter(isViewOnly: isViewOnly)
    var passed: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      passed += try filter.pass(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
    }
    return passed
  }

  @Test(arguments: [
    "RFB 004.000\n", "RFB 003.005\n", "GET / HTTP/1.1\r\n", "RFB 003.008\r",
    String(repeating: "x", count: 12),
  ])
  func `another protocol is refused`(text: String) {
    #expect(throws: RFBFilter.Violation.self) { try passed(Array(text.utf8)) }
  }

  @Test(arguments: [0, 2, 16, 19, 255] as [UInt8])
  func `no security but none is accepted`(kind: UInt8) {
    #expect(throws: RFBFilter.Violation.self) { try passed(Array("RFB 003.008\n".utf8) + [kind]) }
  }

  @Test(arguments: [1, 7, 128, 249, 252, 254] as [UInt8])
  func `a watcher's unknown message is refused`(kind: UInt8) {
    #expect(throws: RFBFilter.Violation.self) { try passed(Self.hello + [kind, 0, 0, 0]) }
  }

  @Test(arguments: [true, false])
  func `nobody gets the screen alone`(isViewOnly: Bool) throws {
    #expect(try passed(Self.hello, isViewOnly: isViewOnly) == Self.greeted)
    #expect(try passed(Self.hello, isViewOnly: isViewOnly, piece: 1) == Self.greeted)
    let old = Array("RFB 003.003\n".utf8)
    #expect(try passed(old + [0], isViewOnly: isViewOnly) == old + [1])
  }

  @Test func `who may type is not read further`() throws {
    let typed: [UInt8] = [4, 1, 0, 0, 0, 0, 0, 65, 99, 1, 2]
    #expect(try passed(Self.hello + typed, isViewOnly: false) == Self.greeted + typed)
    #expect(try passed(Self.hello + typed, isViewOnly: false, piece: 3) == Self.greeted + typed)
  }

  /// A message as `kind` has it, and whether a watcher may send it.
  private static func message(_ random: inout SeededRandom) -> (bytes: [UInt8], isHarmless: Bool) {
    func filled(_ head: [UInt8], _ length: Int, _ random: inout SeededRandom) -> [UInt8] {
      head + (head.count..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let count = UInt8.random(in: 0...20, using: &random)
    let size = Int(count)
    switch Int.random(in: 0..<13, using: &random) {
    case 0: return (filled([0], 20, &random), true)
    case 1: return (filled([2, 0, 0, count], 4 + 4 * size, &random), true)
    case 2: return (filled([3], 10, &random), true)
    case 3: return (filled([150], 10, &random), true)
    case 4: return (filled([248, 0, 0, 0, 0, 0, 0, 0, count], 9 + size, &random), true)
    case 5: return (filled([4], 8, &random), false)
    case 6: return (filled([5], 6, &random), false)
    case 7: return (filled([6, 0, 0, 0, 0, 0, 0, count], 8 + size, &random), false)
    // The extended clipboard has a negative length.
    case 8: return (filled([6, 0, 0, 0, 255, 255, 255, 236], 28, &random), false)
    case 9: return (filled([250], 4, &random), false)
    case 10: return (filled([251, 0, 0, 0, 0, 0, count, 0], 8 + 16 * size, &random), false)
    case 11: return (filled([255, 0], 12, &random), false)
    default: return (filled([255, 1, 0, 2], 10, &random), false)
    }
  }

  @Test func `a watcher's keys, pointer, clipboard and power never pass, in pieces of any size`() throws {
    var random = SeededRandom(seed: SeededRandom.chosenSeed(default: 7))
    for _ in 0..<2000 {
      let messages = (0..<Int.random(in: 1...12, using: &random)).map { _ in Self.message(&random) }
      let harmless = messages.filter(\.isHarmless).flatMap(\.bytes)
      let piece = Int.random(in: 1...40, using: &random)
      #expect(try passed(Self.hello + messages.flatMap(\.bytes), piece: piece) == Self.greeted + harmless)
    }
  }

  @Test func `arbitrary bytes are refused or read, and never more passes than came`() {
    var random = SeededRandom(seed: SeededRandom.chosenSeed(default: 11))
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      var filter = RFBFilter(isViewOnly: true)
      let start = Bool.random(using: &random) ? Self.hello : []
      guard let out = try? filter.pass(start + bytes) else { continue }
      #expect(out.count <= start.count + bytes.count)
    }
  }

  @Test func `a long paste of a watcher is discarded without being kept`() throws {
    var filter = RFBFilter(isViewOnly: true)
    _ = try filter.pass(Self.hello)
    #expect(try filter.pass([6, 0, 0, 0, 0, 16, 0, 0]) == [])
    for _ in 0..<16 { #expect(try filter.pass([UInt8](repeating: 4, count: 65_536)) == []) }
    let request: [UInt8] = [3, 1, 0, 0, 0, 0, 0, 9, 0, 9]
    #expect(try filter.pass(request) == request)
  }
}

@Suite struct ScrollbackTests {
  @Test func `everything is kept up to the limit`() {
    var scrollback = Scrollback(limit: 10)
    #expect(scrollback.bytes == [])
    scrollback.append(Array("abc".utf8))
    scrollback.append(Array("defghij".utf8))
    #expect(String(decoding: scrollback.bytes, as: UTF8.self) == "abcdefghij")
  }

  @Test func `what was cut starts with a whole line`() {
    var scrollback = Scrollback(limit: 10)
    for line in ["one\n", "two\n", "three\n", "é\n"] { scrollback.append(Array(line.utf8)) }
    #expect(String(decoding: scrollback.bytes, as: UTF8.self) == "three\né\n")
  }

  @Test func `a long line without an end is kept, and memory is bounded`() {
    var scrollback = Scrollback(limit: 1000)
    for _ in 0..<100 { scrollback.append([UInt8](repeating: 0x61, count: 999)) }
    #expect(scrollback.bytes == [UInt8](repeating: 0x61, count: 1000))
    scrollback.append([UInt8](repeating: 0x62, count: 50_000))
    #expect(scrollback.bytes == [UInt8](repeating: 0x62, count: 1000))
  }
}
