/// Restricts the parts of a rule. libical would search five centuries for a date that never occurs.
extension RecurrenceRule {
  private static let days: Set = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
  private static let monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Whether the rule can yield dates, and within few years.
  static func canComeTrue(_ parts: [String: String], _ frequency: Frequency) -> Bool {
    guard let months = numbers(parts["BYMONTH"], 1...12),
      let monthDays = numbers(parts["BYMONTHDAY"], -31...31),
      let positions = numbers(parts["BYSETPOS"], -4...4), let weekdays = weekdays(parts["BYDAY"])
    else { return false }
    let isWide = frequency == .monthly || frequency == .yearly
    let hasOrdinals = weekdays.contains { $0.utf8.count > 2 }
    if hasOrdinals, !isWide || !monthDays.isEmpty { return false }
    if !positions.isEmpty, !isWide || weekdays.isEmpty || hasOrdinals || !monthDays.isEmpty { return false }
    if !monthDays.isEmpty, frequency == .weekly { return false }
    let lengths = (months.isEmpty ? Array(1...12) : months).map { monthLengths[$0 - 1] }
    return monthDays.isEmpty || monthDays.contains { day in lengths.contains { abs(day) <= $0 } }
  }

  /// Nil if a number is out of range or 0; empty if the part is missing.
  private static func numbers(_ text: String?, _ range: ClosedRange<Int>) -> [Int]? {
    guard let text else { return [] }
    var numbers: [Int] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(word), number != 0, range.contains(number) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// `MO`, or `-1FR`: the last Friday.
  private static func weekdays(_ text: String?) -> [String]? {
    guard let text else { return [] }
    var found: [String] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ordinal = word.dropLast(2)
      guard days.contains(String(word.suffix(2))) else { return nil }
      guard ordinal.isEmpty || Int(ordinal).map({ $0 != 0 && (-5...5).contains($0) }) == true else {
        return nil
      }
      found.append(String(word))
    }
    return found
  }
}
