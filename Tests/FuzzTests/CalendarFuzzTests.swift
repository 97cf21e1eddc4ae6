import ICalendar
import Testing

/// Random calendar files, rules and time zones.
@Suite(.serialized) struct CalendarFuzzTests {
  private static let event = """
    BEGIN:VCALENDAR
    BEGIN:VTIMEZONE
    TZID:Odd
    BEGIN:STANDARD
    DTSTART:19701025T030000
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    UID:a@x
    SUMMARY;LANGUAGE=fr:Réunion\\, salle B
     \\nsuite
    DTSTART;TZID=Europe/Paris:20261020T090000
    DURATION:PT90M
    RRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z;BYDAY=TU
    EXDATE;TZID=Odd:20261027T090000,20261103T090000
    RDATE;VALUE=PERIOD:20261027T090000Z/PT1H
    ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA
    GEO:48.85;2.35
    BEGIN:VALARM
    TRIGGER:-PT15M
    END:VALARM
    END:VEVENT
    END:VCALENDAR

    """

  @Test func `a calendar file is read or refused, and its events have valid times`() throws {
    let words = [
      "BEGIN:", "END:", "VEVENT", ";VALUE=DATE", "TZID=", "RRULE:", "EXDATE:", "99999999T999999Z",
      "P99999999999W", ";", ":", "\r\n ", "FREQ=SECONDLY", "COUNT=", "DTSTART:",
    ]
    try Fuzzer.run("calendar", [Self.event, "BEGIN:VCALENDAR\nEND:VCALENDAR"], words: words) { input in
      guard let file = try? CalendarFile(input, zone: .utc) else { return }
      for event in file.events {
        try hold(event.end ?? event.start >= event.start, "an end after its beginning")
        let range = event.start..<event.start + 400 * 86_400_000
        let starts = event.rule?.starts(first: event.start, in: event.zone, within: range, most: 50) ?? []
        try hold(
          starts.count <= 50 && starts.allSatisfy(range.contains) && starts == starts.sorted(), "in order")
        var writer = CalendarWriter(name: event.title)
        var written = CalendarWriter.Event(
          uid: "x", title: event.title, start: event.start, zone: event.zone, changedAt: 0)
        written.description = event.description
        written.rule = event.rule?.text ?? ""
        writer.add(written)
        writer.end()
        let lines = writer.bytes.split(separator: UInt8(ascii: "\n"))
        try hold(lines.allSatisfy { $0.last == UInt8(ascii: "\r") }, "whole lines")
      }
    }
  }

  @Test func `a rule or a zone is read or refused`() throws {
    let seeds = [
      "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231", "Europe/Paris",
      "2026-11-20T09:54:12",
    ]
    let words = [
      "FREQ=", "DAILY", ";BYMONTHDAY=", "31", ";BYMONTH=2", ";BYSETPOS=", ";INTERVAL=", "Z", "../",
    ]
    try Fuzzer.run("recurrence", seeds, words: words) { input in
      let text = String(decoding: input, as: UTF8.self)
      _ = Zone(text)
      _ = WallClock(text)
      guard let rule = RecurrenceRule(text) else { return }
      try hold(rule.starts(first: 0, in: .utc, within: 0..<(.max), most: 3).count <= 3, "bounded")
    }
  }
}
