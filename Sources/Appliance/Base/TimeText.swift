import Glibc

/// Parses times sent by clients.
enum TimeText {
  /// Milliseconds since 1970 from `2026-11-20`, `2026-11-20T09:54:12.345Z` (RFC 3339 in UTC) or a number of
  /// milliseconds; nil for anything else.
  static func milliseconds(_ text: String) -> Int64? {
    let letters = Array(text.utf8.prefix(31))
    guard letters.count <= 30 else { return nil }
    if let number = Int64(text) { return number }
    guard letters.count == 10 || letters.count >= 20 && letters.last == UInt8(ascii: "Z") else { return nil }
    // The positions of the separators.
    for (place, mark) in zip([4, 7, 10, 13, 16], "--T::".utf8) where place < letters.count {
      guard letters[place] == mark || place == 10 && letters[place] == UInt8(ascii: " ") else { return nil }
    }
    func number(_ range: Range<Int>) -> Int32? {
      guard range.upperBound <= letters.count else { return 0 }
      let digits = letters[range]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int32($1) - 0x30 }
    }
    var time = tm()
    guard let year = number(0..<4), let month = number(5..<7), (1...12).contains(month),
      let day = number(8..<10), (1...31).contains(day), let hour = number(11..<13), hour < 24,
      let minute = number(14..<16), minute < 60, let second = number(17..<19), second <= 60
    else { return nil }
    (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1900, month - 1, day)
    (time.tm_hour, time.tm_min, time.tm_sec) = (hour, minute, second)
    let fraction = letters.dropFirst(19).dropLast()
    guard fraction.isEmpty || fraction.first == UInt8(ascii: "."), fraction.count != 1,
      fraction.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let thousandths = (fraction.dropFirst() + [0x30, 0x30, 0x30]).prefix(3).reduce(0) {
      $0 * 10 + Int64($1) - 0x30
    }
    return Int64(timegm(&time)) * 1000 + thousandths
  }
}
