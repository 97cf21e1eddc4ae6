/// A log line being written; values are escaped, so that each stays on this line and in its field.
struct LogLine {
  private static let longestValue = 2048
  private static let hexDigits: StaticString = "0123456789abcdef"
  private var bytes: [UInt8] = []

  /// Starts with the time in milliseconds since 1970, the level and the event.
  init(time: Int64, level: LogLevel, event: StaticString) {
    bytes.reserveCapacity(256)
    append("time=")
    appendTime(time)
    append(" level=")
    append(level.word)
    append(" event=")
    append(event)
  }

  mutating func field(_ key: StaticString, _ value: String) {
    begin(key)
    var value = value
    value.withUTF8 { appendText($0) }
  }

  mutating func field(_ key: StaticString, _ value: StaticString) {
    begin(key)
    append(value)
  }

  mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
    begin(key)
    appendNumber(Int64(clamping: value))
  }

  mutating func field(_ key: StaticString, _ value: Bool) {
    begin(key)
    append(value ? "true" : "false")
  }

  /// Omits the field when the value is nil.
  mutating func field(_ key: StaticString, _ value: String?) {
    if let value { field(key, value) }
  }

  /// Writes the error's description.
  mutating func field(_ key: StaticString, _ error: any Error) { field(key, String(describing: error)) }

  consuming func finished() -> [UInt8] {
    bytes.append(0x0A)
    return bytes
  }

  private mutating func begin(_ key: StaticString) {
    bytes.append(0x20)
    append(key)
    bytes.append(0x3D)
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func appendText(_ text: UnsafeBufferPointer<UInt8>) {
    let shown = UnsafeBufferPointer(rebasing: text.prefix(Self.longestValue))
    if !shown.isEmpty, shown.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C })
    {
      bytes.append(contentsOf: shown)
    } else {
      appendQuoted(shown)
    }
    if shown.count < text.count { append("...") }
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(0x22)
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case 0x22, 0x5C:
        bytes.append(0x5C)
        bytes.append(byte)
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20, 0x7F: appendEscape(byte)
      case 0xC2 where index < text.count && text[index] < 0xA0:
        // U+0080 to U+009F, which terminals treat as control characters, too.
        appendEscape(text[index])
        index += 1
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  private mutating func appendEscape(_ byte: UInt8) {
    append("\\u00")
    Self.hexDigits.withUTF8Buffer { digits in
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }

  private mutating func appendNumber(_ number: Int64) {
    if number < 0 { bytes.append(0x2D) }
    var rest = number.magnitude
    var digits = 1
    var limit: UInt64 = 10
    while rest >= limit {
      digits += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { break }
      limit = next
    }
    let start = bytes.count
    for _ in 0..<digits { bytes.append(0x30) }
    for place in (start..<start + digits).reversed() {
      bytes[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }

  private mutating func appendPadded(_ number: Int, _ digits: Int) {
    var divisor = [1, 10, 100, 1000][digits - 1]
    while divisor > 0 {
      bytes.append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends the time as RFC 3339 in UTC with milliseconds (Howard Hinnant's civil_from_days).
  private mutating func appendTime(_ milliseconds: Int64) {
    let time = Int(max(0, min(milliseconds, 253_402_300_799_999)))
    let days = time / 86_400_000 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    appendPadded(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4)
    bytes.append(0x2D)
    appendPadded(month, 2)
    bytes.append(0x2D)
    appendPadded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2)
    bytes.append(0x54)
    let ofDay = time % 86_400_000
    appendPadded(ofDay / 3_600_000, 2)
    bytes.append(0x3A)
    appendPadded(ofDay / 60_000 % 60, 2)
    bytes.append(0x3A)
    appendPadded(ofDay / 1000 % 60, 2)
    bytes.append(0x2E)
    appendPadded(ofDay % 1000, 3)
    bytes.append(0x5A)
  }
}
