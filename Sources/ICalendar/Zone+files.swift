import CIcal

/// Names and definitions of time zones in iCalendar files.
extension Zone {
  /// Windows names that are common in files.
  private static let windows = [
    "Romance Standard Time": "Europe/Paris", "W. Europe Standard Time": "Europe/Berlin",
    "Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw",
    "GMT Standard Time": "Europe/London", "E. Europe Standard Time": "Europe/Chisinau",
    "FLE Standard Time": "Europe/Helsinki", "GTB Standard Time": "Europe/Athens",
    "Greenwich Standard Time": "Africa/Abidjan", "Morocco Standard Time": "Africa/Casablanca",
    "W. Central Africa Standard Time": "Africa/Lagos", "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago", "Mountain Standard Time": "America/Denver",
    "Pacific Standard Time": "America/Los_Angeles", "India Standard Time": "Asia/Kolkata",
    "China Standard Time": "Asia/Shanghai", "Tokyo Standard Time": "Asia/Tokyo",
  ]

  /// The zone of a `TZID`: `Europe/Paris`, also with a vendor prefix, or a Windows name; nil if unknown. The
  /// caller holds the lock of libical.
  static func unlocked(ofFile identifier: String) -> Zone? {
    let name = identifier.filter { $0 != "\"" }
    if let known = windows[name] { return unlocked(known) }
    let parts = name.split(separator: "/")
    for length in [parts.count, 3, 2, 1] where length > 0 && length <= parts.count {
      if let zone = unlocked(parts.suffix(length).joined(separator: "/")) { return zone }
    }
    return nil
  }

  /// The VTIMEZONE of the zone, for programs that do not know its name; nil for UTC, which needs none.
  func definition() -> String? {
    if self == .utc { return nil }
    return Library.locked {
      guard let zone = icaltimezone_get_builtin_timezone(name),
        let component = icaltimezone_get_component(zone), let text = icalcomponent_as_ical_string_r(component)
      else { return nil }
      defer { icalmemory_free_buffer(text) }
      let lines = String(cString: text).split(whereSeparator: \.isNewline).map { line in
        line.hasPrefix("TZID:") ? "TZID:\(name)" : String(line)
      }
      return lines.joined(separator: "\r\n") + "\r\n"
    }
  }
}
