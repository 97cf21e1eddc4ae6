import Glibc

/// The names of backups: `obox-20261129-030000.backup`, by the time in UTC.
enum BackupName {
  static let suffix = ".backup"
  private static let prefix = "obox-"

  static func at(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let day = padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1, 2) + padded(parts.tm_mday, 2)
    let clock = padded(parts.tm_hour, 2) + padded(parts.tm_min, 2) + padded(parts.tm_sec, 2)
    return "\(prefix)\(day)-\(clock)\(suffix)"
  }

  /// The time in milliseconds since 1970; nil for any other name.
  static func time(of name: String) -> Int64? {
    let letters = Array(name.utf8)
    guard letters.count == prefix.utf8.count + 15 + suffix.utf8.count, name.hasBytes(prefix: prefix),
      name.hasBytes(suffix: suffix)
    else { return nil }
    let digits = letters.dropFirst(prefix.utf8.count).prefix(15).map { Character(Unicode.Scalar($0)) }
    func part(_ from: Int, _ to: Int) -> String { String(digits[from..<to]) }
    guard digits[8] == "-" else { return nil }
    return TimeText.milliseconds(
      "\(part(0, 4))-\(part(4, 6))-\(part(6, 8))T\(part(9, 11)):\(part(11, 13)):\(part(13, 15))Z")
  }

  private static func padded(_ number: Int32, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
