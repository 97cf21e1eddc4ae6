/// Writes JSON text as bytes. Inserts commas; the caller must balance objects and arrays.
public struct JSONWriter: Sendable {
  public internal(set) var bytes: [UInt8] = []
  var needsComma = false

  public init(reserve: Int = 256) { bytes.reserveCapacity(reserve) }

  public mutating func beginObject() { open("{") }
  public mutating func endObject() { close("}") }
  public mutating func beginArray() { open("[") }
  public mutating func endArray() { close("]") }

  /// The name of the next member; must not need escapes.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(quoted: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A name that is not a literal. Has a label of its own, because string literals would otherwise choose
  /// this overload.
  public mutating func key(text name: String) {
    value(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { value(utf8: $0) }
  }

  /// Text from a buffer, such as a database column; must be valid UTF-8.
  public mutating func value(utf8 text: UnsafeBufferPointer<UInt8>) {
    separate()
    needsComma = true
    guard text.contains(where: Self.needsEscape) else {
      return bytes.append(quoted: UnsafeRawBufferPointer(text))
    }
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(text)
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func value(_ number: Int) { value(Int64(number)) }

  public mutating func value(_ number: Int64) {
    separate()
    bytes.appendDecimal(number)
    needsComma = true
  }

  /// Infinity and NaN, which JSON lacks, become null.
  public mutating func value(_ number: Double) {
    guard number.isFinite else { return null() }
    separate()
    if let whole = Int64(exactly: number), abs(number) < 1e15 {
      bytes.appendDecimal(whole)
    } else {
      bytes.append(contentsOf: number.description.utf8)
    }
    needsComma = true
  }

  public mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }

  public mutating func null() { literal("null") }

  /// Inserts JSON text that is already encoded.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): self.value(flag)
    case .integer(let number): self.value(number)
    case .number(let number): self.value(number)
    case .string(let text): self.value(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for (name, member) in members.sorted(by: { $0.key < $1.key }) {
        key(text: name)
        self.value(member)
      }
      endObject()
    }
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  private mutating func literal(_ word: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    needsComma = true
  }

  mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  /// Copies runs of plain bytes and escapes only what JSON requires.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard Self.needsEscape(byte) else { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      appendEscape(byte)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x00..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(byte >> 4 + 0x30)
      bytes.append(byte & 15 < 10 ? byte & 15 + 0x30 : byte & 15 + 0x57)
    default: bytes.append(byte)
    }
  }
}
