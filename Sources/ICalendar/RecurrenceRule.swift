import CIcal

/// A recurrence rule of RFC 5545 (3.3.10), daily or less often, such as `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`.
public struct RecurrenceRule: Sendable, Hashable {
  public static let longest = 300
  /// The largest COUNT.
  public static let mostCount = 1000
  private static let mostInterval = 99
  private static let names: Set = [
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST",
  ]

  public enum Frequency: String, Sendable {
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// The UNTIL of a rule: in the local time of the event, or in UTC.
  enum End: Sendable, Hashable {
    case clock(WallClock)
    case utc(WallClock)
  }

  public let text: String
  public let frequency: Frequency
  public let interval: Int
  public let count: Int?
  let end: End?
  /// The rule without UNTIL and COUNT, which this module compares itself.
  let endless: String

  /// Nil if the text is not a valid rule, or recurs hourly or more often.
  public init?(_ text: String) {
    guard let rule = Library.locked({ Self.unlocked(text) }) else { return nil }
    self = rule
  }

  /// The same, for callers that hold the lock of libical.
  static func unlocked(_ text: String) -> RecurrenceRule? { RecurrenceRule(unlocked: text) }

  private init?(unlocked text: String) {
    let text = text.uppercased()
    guard !text.isEmpty, text.utf8.count <= Self.longest else { return nil }
    var parts: [String: String] = [:]
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2, Self.names.contains(String(pair[0])), Self.isValue(pair[1]),
        parts.updateValue(String(pair[1]), forKey: String(pair[0])) == nil
      else { return nil }
    }
    guard let frequency = parts["FREQ"].flatMap(Frequency.init),
      let interval = Self.number(parts["INTERVAL"], 1, Self.mostInterval),
      let count = Self.number(parts["COUNT"], 0, Self.mostCount), parts["COUNT"] == nil || count > 0,
      parts["COUNT"] == nil || parts["UNTIL"] == nil, interval > 0, Self.canComeTrue(parts, frequency)
    else { return nil }
    if let until = parts["UNTIL"] {
      guard let end = Self.end(until) else { return nil }
      self.end = end
    } else {
      end = nil
    }
    let endless = text.split(separator: ";").filter { !$0.hasPrefix("UNTIL=") && !$0.hasPrefix("COUNT=") }
      .joined(separator: ";")
    guard icalrecurrencetype_from_string(endless).freq != ICAL_NO_RECURRENCE else { return nil }
    self.text = text
    self.frequency = frequency
    self.interval = interval
    self.count = parts["COUNT"] == nil ? nil : count
    self.endless = endless
  }

  /// Whether there is a last occurrence.
  public var ends: Bool { count != nil || end != nil }

  /// The latest start that UNTIL allows, in milliseconds since 1970; nil without UNTIL. The caller holds the
  /// lock of libical.
  func lastMoment(in zone: Zone) -> Int64? {
    switch end {
    case .clock(let clock)?: zone.unlockedMoment(of: clock)
    case .utc(let clock)?: Zone.utc.unlockedMoment(of: clock)
    case nil: nil
    }
  }

  private static func isValue(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x2B, 0x2C, 0x2D: true
        default: false
        }
      }
  }

  private static func number(_ text: String?, _ initial: Int, _ most: Int) -> Int? {
    guard let text else { return initial }
    return WallClock.number(text.utf8).flatMap { $0 <= most ? $0 : nil }
  }

  /// Reads `20261120` (that whole day), `20261120T095412` or `20261120T095412Z`.
  private static func end(_ text: String) -> End? {
    if text.utf8.count == 8 {
      return WallClock(file: text).map { .clock(WallClock(seconds: $0.seconds + WallClock.day - 1)) }
    }
    guard text.hasSuffix("Z") else { return WallClock(file: text).map(End.clock) }
    return WallClock(file: String(text.dropLast())).map(End.utc)
  }
}

extension WallClock {
  /// Reads `20261120` or `20261120T095412`.
  init?(file text: String) {
    let letters = Array(text.utf8)
    guard letters.count == 8 || letters.count == 15 && letters[8] == UInt8(ascii: "T") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      range.upperBound <= letters.count ? Self.number(letters[range]) : 0
    }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
      let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15)
    else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}
