/// Appends text to bytes without creating a String.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends `"text"` with a single copy; most bytes of a long answer are written here.
  mutating func append(quoted text: UnsafeRawBufferPointer) {
    append(addingCapacity: text.count + 2) { (end: inout OutputSpan<UInt8>) in
      end.append(UInt8(ascii: "\""))
      end.withUnsafeMutableBufferPointer { room, count in
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(room)[count...]).copyMemory(
          from: text)
        count += text.count
      }
      end.append(UInt8(ascii: "\""))
    }
  }

  mutating func appendDecimal(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    guard rest >= 10 else { return append(UInt8(truncatingIfNeeded: rest) + 0x30) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      while rest > 0 {
        start -= 1
        digits[start] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
        rest /= 10
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Milliseconds since 1970 as `2026-11-20T09:54:12.345Z`; years outside 0-9999 are clamped.
  mutating func appendTime(_ milliseconds: Int64) {
    let moment = Moment(milliseconds: milliseconds)
    let start = count
    append("0000-00-00T00:00:00.000Z")
    withUnsafeMutableBufferPointer { bytes in
      let text = UnsafeMutableBufferPointer(rebasing: bytes[start...])
      text.write(moment.year, at: 0..<4)
      text.write(moment.month, at: 5..<7)
      text.write(moment.day, at: 8..<10)
      text.write(moment, at: 11)
      text.write(moment.millisecond, at: 20..<23)
    }
  }

  /// Appends an HTTP date: `Fri, 20 Nov 2026 09:54:12 GMT`.
  mutating func appendHTTPDate(_ milliseconds: Int64) {
    let moment = Moment(milliseconds: milliseconds)
    let start = count
    append("Sun, 00 Jan 0000 00:00:00 GMT")
    withUnsafeMutableBufferPointer { bytes in
      let text = UnsafeMutableBufferPointer(rebasing: bytes[start...])
      text.write(moment.weekday, of: "SunMonTueWedThuFriSat", at: 0)
      text.write(moment.day, at: 5..<7)
      text.write(moment.month - 1, of: "JanFebMarAprMayJunJulAugSepOctNovDec", at: 8)
      text.write(moment.year, at: 12..<16)
      text.write(moment, at: 17)
    }
  }
}

/// Parts of dates, written in place.
extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes the number with leading zeros, filling `places`.
  fileprivate func write(_ number: Int, at places: Range<Int>) {
    var rest = UInt(truncatingIfNeeded: number)
    for place in places.reversed() {
      self[place] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
      rest /= 10
    }
  }

  /// Writes the time of day: `09:54:12`.
  fileprivate func write(_ moment: Moment, at place: Int) {
    write(moment.hour, at: place..<place + 2)
    write(moment.minute, at: place + 3..<place + 5)
    write(moment.second, at: place + 6..<place + 8)
  }

  /// Writes the three-letter name at `index` of `names`, for instance a month.
  fileprivate func write(_ index: Int, of names: StaticString, at place: Int) {
    for offset in 0..<3 { self[place + offset] = names.utf8Start[index * 3 + offset] }
  }
}

/// A point in time in UTC as calendar date and time (Howard Hinnant's `civil_from_days`).
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
