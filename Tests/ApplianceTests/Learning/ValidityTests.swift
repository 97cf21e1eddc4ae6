import ICalendar
import Testing

@testable import Appliance

/// Until when something completed is valid.
@Suite struct ValidityTests {
  /// The clock of Paris at each completion, the months, and the clock at the end.
  private static let rows: [(String, Int64, String)] = [
    ("2026-03-10T23:30:00", 4, "2026-07-10T23:30:00"), ("2026-07-10T00:30:00", 6, "2027-01-10T00:30:00"),
    ("2026-01-31T12:00:00", 1, "2026-02-28T12:00:00"), ("2024-02-29T12:00:00", 12, "2025-02-28T12:00:00"),
    ("2026-12-31T23:59:59", 240, "2046-12-31T23:59:59"), ("2026-02-28T00:30:00", 1, "2026-03-28T00:30:00"),
  ]

  @Test(arguments: rows)
  func `it ends on the same day of a later month, whatever the season`(
    start: String, months: Int64, end: String
  ) throws {
    let paris = try #require(Zone("Europe/Paris"))
    let completion = paris.moment(of: try #require(WallClock(start)))
    let found = try #require(Validity.end(of: completion, months: months, in: paris))
    #expect(paris.wallClock(at: found).text == end)
  }

  @Test func `without months it never ends, and nothing overflows`() throws {
    #expect(Validity.end(of: 0, months: nil, in: .utc) == nil)
    #expect(Validity.end(of: 0, months: .max, in: .utc) == nil)
    #expect(WallClock(seconds: 0).adding(months: .min) == nil)
    #expect(WallClock(seconds: 0).adding(months: -1)?.dayText == "1969-12-01")
  }
}
