/// A local date and time, in no particular time zone.
public struct WallClock: Sendable, Hashable, Comparable {
  public static let day: Int64 = 86_400

  /// Seconds since 1970-01-01T00:00:00 in local time.
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  /// Nil if there is no such date or time, or the year is not within 1900 to 2199.
  public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    guard (1900..<2200).contains(year), (1...12).contains(month), (1...Self.days(year, month)).contains(day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    // Days since 1970 of the Gregorian calendar, by years that begin in March.
    let shifted = month > 2 ? year : year - 1
    let yearDay = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + yearDay - 719_468
    seconds = Int64(days) * Self.day + Int64(hour * 3600 + minute * 60 + second)
  }

  /// Reads `2026-11-20` or `2026-11-20T09:54:12` (the time may end with the minute).
  public init?(_ text: String) {
    let letters = Array(text.utf8)
    guard [10, 16, 19].contains(letters.count) else { return nil }
    for (place, mark) in zip([4, 7, 10, 13, 16], "--T::".utf8) where place < letters.count {
      guard letters[place] == mark else { return nil }
    }
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= letters.count else { return 0 }
      return Self.number(letters[range])
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  public static func < (one: WallClock, other: WallClock) -> Bool { one.seconds < other.seconds }

  static func number(_ digits: some Sequence<UInt8>) -> Int? {
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit), number < 100_000_000 else { return nil }
      number = number * 10 + Int(digit) - 0x30
    }
    return number
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

extension WallClock {
  struct Parts {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
  }

  var parts: Parts {
    let days = Int(dayNumber)
    let rest = Int(seconds - dayNumber * Self.day)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let eraDay = shifted - era * 146_097
    let eraYear = (eraDay - eraDay / 1460 + eraDay / 36_524 - eraDay / 146_096) / 365
    let yearDay = eraDay - (365 * eraYear + eraYear / 4 - eraYear / 100)
    let shiftedMonth = (5 * yearDay + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Parts(
      year: eraYear + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: yearDay - (153 * shiftedMonth + 2) / 5 + 1,
      hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
  }

  /// The same day and hour of a later month, or the last day of a month that has no such day; nil after the year 2199.
  public func adding(months: Int) -> WallClock? {
    let parts = parts
    let (sum, isTooMuch) = (parts.year * 12 + parts.month - 1).addingReportingOverflow(months)
    guard !isTooMuch, (1900 * 12..<2200 * 12).contains(sum) else { return nil }
    let (year, month) = (sum / 12, sum % 12 + 1)
    return WallClock(
      year: year, month: month, day: min(parts.day, Self.days(year, month)), hour: parts.hour,
      minute: parts.minute, second: parts.second)
  }

  /// Days since 1970.
  public var dayNumber: Int64 {
    seconds >= 0 ? seconds / Self.day : (seconds - Self.day + 1) / Self.day
  }

  /// `2026-11-20`
  public var dayText: String {
    let parts = parts
    return "\(Self.padded(parts.year, 4))-\(Self.padded(parts.month))-\(Self.padded(parts.day))"
  }

  /// `2026-11-20T09:54:12`
  public var text: String {
    let parts = parts
    let time = [parts.hour, parts.minute, parts.second].map { Self.padded($0) }.joined(separator: ":")
    return "\(dayText)T\(time)"
  }

  /// `20261120`, the format of iCalendar files.
  var fileDay: String { dayText.filter { $0 != "-" } }

  /// `20261120T095412`, the format of iCalendar files.
  var fileTime: String { text.filter { $0 != "-" && $0 != ":" } }

  private static func padded(_ number: Int, _ length: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, length - text.utf8.count)) + text
  }
}
