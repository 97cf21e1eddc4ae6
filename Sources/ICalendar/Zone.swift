import CIcal
import Glibc

/// A time zone of the system's database, by its name: `Europe/Paris`.
public struct Zone: Sendable, Hashable {
  public static let utc = Zone(known: "UTC")
  private static let utcNames: Set = [
    "UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z", "Etc/UCT", "Zulu", "Universal",
  ]

  public let name: String

  /// Nil if there is no such zone.
  public init?(_ name: String) {
    guard let zone = Library.locked({ Self.unlocked(name) }) else { return nil }
    self = zone
  }

  /// The same, for callers that hold the lock of libical.
  static func unlocked(_ name: String) -> Zone? {
    if utcNames.contains(name) { return .utc }
    guard name.utf8.count <= 64, name.utf8.allSatisfy(isLetter) else { return nil }
    return icaltimezone_get_builtin_timezone(name) == nil ? nil : Zone(known: name)
  }

  private init(known name: String) { self.name = name }

  /// The time zone of the host; UTC if it is unknown.
  public static let host: Zone = {
    var path = [CChar](repeating: 0, count: 256)
    guard readlink("/etc/localtime", &path, path.count - 1) > 0 else { return .utc }
    let parts = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: "/")
    guard let folder = parts.firstIndex(of: "zoneinfo") else { return .utc }
    return Zone(parts[(folder + 1)...].joined(separator: "/")) ?? .utc
  }()

  /// The local time at a moment in milliseconds since 1970.
  public func wallClock(at moment: Int64) -> WallClock { Library.locked { unlockedWallClock(at: moment) } }

  /// The same, for callers that hold the lock of libical.
  func unlockedWallClock(at moment: Int64) -> WallClock {
    let seconds = Self.seconds(moment)
    return WallClock(seconds: seconds + unlockedOffset(at: seconds))
  }

  /// The moment of a local time, in milliseconds since 1970. A time that occurs twice is the first of both;
  /// one that a daylight-saving change skips is read with the offset before the change (RFC 5545, 3.3.5).
  public func moment(of clock: WallClock) -> Int64 { Library.locked { unlockedMoment(of: clock) } }

  /// The same, for callers that hold the lock of libical.
  func unlockedMoment(of clock: WallClock) -> Int64 {
    let before = unlockedOffset(at: clock.seconds - WallClock.day)
    let after = unlockedOffset(at: clock.seconds + WallClock.day)
    if before == after { return (clock.seconds - before) * 1000 }
    for offset in [before, after] where unlockedOffset(at: clock.seconds - offset) == offset {
      return (clock.seconds - offset) * 1000
    }
    return (clock.seconds - before) * 1000
  }

  /// The offset from UTC in seconds, positive east of Greenwich.
  private func unlockedOffset(at seconds: Int64) -> Int64 {
    guard self != .utc, let zone = icaltimezone_get_builtin_timezone(name) else { return 0 }
    var time = WallClock(seconds: seconds).icalTime
    var isSummer: Int32 = 0
    return Int64(icaltimezone_get_utc_offset_of_utc_time(zone, &time, &isSummer))
  }

  private static func seconds(_ moment: Int64) -> Int64 {
    moment >= 0 ? moment / 1000 : (moment - 999) / 1000
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
    default: false
    }
  }
}
