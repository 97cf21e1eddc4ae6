/// Text written into bytes without a String in between.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func appendDecimal(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    guard rest >= 10 else { return append(UInt8(rest) + 0x30) }
    let start = count
    while rest > 0 {
      append(UInt8(rest % 10) + 0x30)
      rest /= 10
    }
    self[start...].reverse()
  }

  /// Milliseconds since 1970 as `2026-11-20T09:54:12.345Z`; years outside 0-9999 are clamped.
  mutating func appendTime(_ milliseconds: Int64) {
    let moment = Moment(milliseconds: milliseconds)
    appendPadded(moment.year, width: 4)
    append(UInt8(ascii: "-"))
    appendPadded(moment.month, width: 2)
    append(UInt8(ascii: "-"))
    appendPadded(moment.day, width: 2)
    append(UInt8(ascii: "T"))
    appendClock(moment)
    append(UInt8(ascii: "."))
    appendPadded(moment.millisecond, width: 3)
    append(UInt8(ascii: "Z"))
  }

  /// `Fri, 20 Nov 2026 09:54:12 GMT`, as HTTP dates are.
  mutating func appendHTTPDate(_ milliseconds: Int64) {
    let moment = Moment(milliseconds: milliseconds)
    appendName(moment.weekday, of: "SunMonTueWedThuFriSat")
    append(", ")
    appendPadded(moment.day, width: 2)
    append(UInt8(ascii: " "))
    appendName(moment.month - 1, of: "JanFebMarAprMayJunJulAugSepOctNovDec")
    append(UInt8(ascii: " "))
    appendPadded(moment.year, width: 4)
    append(UInt8(ascii: " "))
    appendClock(moment)
    append(" GMT")
  }

  private mutating func appendClock(_ moment: Moment) {
    appendPadded(moment.hour, width: 2)
    append(UInt8(ascii: ":"))
    appendPadded(moment.minute, width: 2)
    append(UInt8(ascii: ":"))
    appendPadded(moment.second, width: 2)
  }

  private mutating func appendPadded(_ number: Int, width: Int) {
    let start = count
    var rest = number
    for _ in 0..<width {
      append(UInt8(rest % 10) + 0x30)
      rest /= 10
    }
    self[start...].reverse()
  }

  private mutating func appendName(_ index: Int, of names: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: names.utf8Start + index * 3, count: 3))
  }
}

/// A moment in UTC in the civil calendar (days to date after Howard Hinnant's `civil_from_days`).
struct Moment {
  let year, month, day, weekday, hour, minute, second, millisecond: Int

  private static let earliest: Int64 = -62_167_219_200_000
  private static let latest: Int64 = 253_402_300_799_999

  init(milliseconds: Int64) {
    let clamped = Swift.min(Swift.max(milliseconds, Self.earliest), Self.latest)
    let shifted = Int(clamped - Self.earliest)
    let days = shifted / 86_400_000 - 719_528
    let ofDay = shifted % 86_400_000
    let fromMarch = days + 719_468
    let era = (fromMarch >= 0 ? fromMarch : fromMarch - 146_096) / 146_097
    let dayOfEra = fromMarch - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    weekday = ((days % 7) + 11) % 7
    hour = ofDay / 3_600_000
    minute = ofDay / 60_000 % 60
    second = ofDay / 1000 % 60
    millisecond = ofDay % 1000
  }
}
