import Testing

@testable import ICalendar

@Suite struct RecurrenceRuleTests {
  @Test(arguments: [
    "", "FREQ", "FREQ=", "FREQ=HOURLY", "FREQ=MINUTELY;COUNT=3", "FREQ=SECONDLY", "INTERVAL=2",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=1001", "FREQ=DAILY;COUNT=99999999999999999999",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;COUNT=2;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261331", "FREQ=DAILY;UNTIL=tomorrow",
    "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=1", "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=WEEKLY;;BYDAY=MO", "FREQ=DAILY\r\nATTENDEE:x", "FREQ=WEEKLY;BYDAY=MO TU", "X-A=1;FREQ=DAILY",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=-31",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=5",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", "FREQ=WEEKLY;BYDAY=2MO",
    "FREQ=WEEKLY;BYMONTHDAY=13", "FREQ=MONTHLY;BYDAY=9MO", "FREQ=YEARLY;BYMONTH=13",
    "FREQ=MONTHLY;BYMONTHDAY=0",
  ])
  func `an invalid rule, or one more frequent than daily, is refused`(text: String) {
    #expect(RecurrenceRule(text) == nil)
  }

  @Test func `a weekly meeting keeps its hour across daylight-saving changes`() throws {
    let paris = try #require(Zone("Europe/Paris"))
    let autumn = try starts("FREQ=WEEKLY;COUNT=3", "2026-10-18T09:00:00", paris)
    #expect(autumn == ["2026-10-18T07:00:00", "2026-10-25T08:00:00", "2026-11-01T08:00:00"])
    let spring = try starts("FREQ=WEEKLY;COUNT=3", "2026-03-22T09:00:00", paris)
    #expect(spring == ["2026-03-22T08:00:00", "2026-03-29T07:00:00", "2026-04-05T07:00:00"])
  }

  @Test func `a skipped hour becomes the next one, and a repeated hour is the first of both`() throws {
    let paris = try #require(Zone("Europe/Paris"))
    let spring = try starts("FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00", paris)
    #expect(spring == ["2026-03-28T01:30:00", "2026-03-29T01:30:00", "2026-03-30T00:30:00"])
    let autumn = try starts("FREQ=DAILY;COUNT=3", "2026-10-24T02:30:00", paris)
    #expect(autumn == ["2026-10-24T00:30:00", "2026-10-25T00:30:00", "2026-10-26T01:30:00"])
  }

  @Test func `a rule repeats by weekdays, by the last day of a month, and until its end`() throws {
    let utc = Zone.utc
    #expect(
      try starts("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "2026-11-02T10:00:00", utc) == [
        "2026-11-02T10:00:00", "2026-11-04T10:00:00", "2026-11-09T10:00:00", "2026-11-11T10:00:00",
      ])
    #expect(
      try starts("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-01-31T10:00:00", utc) == [
        "2026-01-31T10:00:00", "2026-02-28T10:00:00", "2026-03-31T10:00:00",
      ])
    #expect(
      try starts("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2026-11-27T10:00:00", utc) == [
        "2026-11-27T10:00:00", "2026-12-25T10:00:00",
      ])
    #expect(try starts("FREQ=DAILY;UNTIL=20261103", "2026-11-02T23:30:00", utc).count == 2)
    #expect(try starts("FREQ=DAILY;UNTIL=20261103T120000Z", "2026-11-02T23:30:00", utc).count == 1)
    #expect(try starts("FREQ=YEARLY;COUNT=2", "2024-02-29T10:00:00", utc).last == "2028-02-29T10:00:00")
  }

  @Test(arguments: [
    ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH", "2001-01-02"), ("FREQ=MONTHLY", "2001-01-31"),
    ("FREQ=MONTHLY;INTERVAL=5", "2001-05-30"), ("FREQ=MONTHLY;BYDAY=-1FR", "2001-01-26"),
    ("FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU;BYSETPOS=1", "2001-01-01"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1,15;INTERVAL=3", "2001-02-15"), ("FREQ=YEARLY", "2004-02-29"),
    ("FREQ=YEARLY;INTERVAL=3;BYMONTH=3,7,11", "2001-03-04"), ("FREQ=YEARLY;BYDAY=20MO", "2001-05-14"),
    ("FREQ=YEARLY;BYMONTH=7;BYDAY=SU", "2001-07-01"), ("FREQ=DAILY;INTERVAL=7;BYMONTH=7,8", "2001-07-01"),
  ])
  func `starts years later are the same as those computed from the beginning`(text: String, day: String)
    throws
  {
    let paris = try #require(Zone("Europe/Paris"))
    let rule = try #require(RecurrenceRule(text) ?? RecurrenceRule(text.replacing("20MO", with: "3MO")))
    let first = paris.moment(of: try #require(WallClock(day + "T18:00:00")))
    let from = paris.moment(of: try #require(WallClock("2026-07-01T00:00:00")))
    let until = from + 800 * 86_400_000
    let all = rule.starts(first: first, in: paris, within: first..<until, most: 100_000)
    let part = rule.starts(first: first, in: paris, within: from..<until)
    #expect(!part.isEmpty)
    #expect(part == all.filter { $0 >= from })
    // With COUNT and UNTIL the same, up to the last.
    let last = try #require(all.last)
    let counted = try #require(RecurrenceRule(rule.text + ";COUNT=\(min(all.count, 1000))"))
    let known = counted.lastStart(first: first, in: paris, before: .max)
    #expect(known == all.prefix(1000).last)
    #expect(
      counted.starts(first: first, in: paris, within: from..<until, last: known)
        == counted.starts(first: first, in: paris, within: from..<until))
    let ending = try #require(RecurrenceRule(rule.text + ";UNTIL=\(Zone.utc.wallClock(at: last).fileTime)Z"))
    #expect(ending.lastStart(first: first, in: paris, before: .max) == last)
    #expect(rule.lastStart(first: first, in: paris, before: .max) == nil)
  }

  @Test func `the search for a date that never occurs ends`() throws {
    for (text, first) in [
      ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "2026-02-01"),
      ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "2025-01-01"),
    ] {
      let rule = try #require(RecurrenceRule(text))
      let first = Zone.utc.moment(of: try #require(WallClock(first)))
      #expect(rule.starts(first: first, in: .utc, within: 0..<(.max)) == [])
    }
  }

  @Test(arguments: [
    "", "Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "Paris", String(repeating: "a", count: 65),
  ])
  func `an unknown time zone is refused`(name: String) { #expect(Zone(name) == nil) }

  private func starts(_ rule: String, _ first: String, _ zone: Zone) throws -> [String] {
    let rule = try #require(RecurrenceRule(rule))
    let first = zone.moment(of: try #require(WallClock(first)))
    return rule.starts(first: first, in: zone, within: first..<first + 10 * 366 * 86_400_000)
      .map { Zone.utc.wallClock(at: $0).text }
  }
}
