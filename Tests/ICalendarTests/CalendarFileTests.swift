import Testing

@testable import ICalendar

@Suite struct CalendarFileTests {
  @Test func `a file that is not a calendar, too large, too deep or too full is refused`() {
    #expect(refusal("") == .notACalendar)
    #expect(refusal("hello") == .notACalendar)
    #expect(refusal("BEGIN:VEVENT\r\nEND:VEVENT\r\n") == .notACalendar)
    #expect(refusal(String(repeating: "x", count: CalendarFile.mostBytes + 1)) == .tooLarge)
    #expect(refusal(String(repeating: "BEGIN:VCALENDAR\r\n", count: 9)) == .notACalendar)
    let event = "BEGIN:VEVENT\r\nEND:VEVENT\r\n"
    #expect(refusal("BEGIN:VCALENDAR\r\n" + String(repeating: event, count: 1001)) == .tooManyEvents)
  }

  @Test func `nested components are counted however their lines are written`() {
    for line in [
      "BE\r\n GIN:VTODO\r\n", "BEGIN;X=1:VTODO\r\n", "begin :VTODO\r\n", "BEGIN:VTODO\rEND:VTODO\n",
    ] {
      #expect(refusal("BEGIN:VCALENDAR\r\n" + String(repeating: line, count: 40_000)) != nil)
    }
    #expect(
      refusal("BEGIN:VCALENDAR\n\n  BEGIN:VTODO\n" + String(repeating: " \n  x\n", count: 150_000)) != nil)
  }

  @Test func `events are read with their zone, rule, exceptions and replaced occurrences`() throws {
    let paris = try #require(Zone("Europe/Paris"))
    let file = try CalendarFile(
      Array(
        calendar(
          """
          UID:a@x
          SUMMARY:Réunion\\, salle B
          DESCRIPTION:Une ligne\\nune autre
          LOCATION:Salle B
          DTSTART;TZID=Europe/Paris:20261020T090000
          DURATION:PT90M
          RRULE:FREQ=WEEKLY;COUNT=5
          EXDATE;TZID=Europe/Paris:20261027T090000,20261103T090000
          """,
          """
          UID:a@x
          RECURRENCE-ID;TZID=Europe/Paris:20261110T090000
          SUMMARY:Plus tard
          DTSTART;TZID="Romance Standard Time":20261110T140000
          DTEND;TZID=Romance Standard Time:20261110T150000
          """,
          """
          UID:b@x
          SUMMARY:Congés
          DTSTART;VALUE=DATE:20261224
          DTEND;VALUE=DATE:20261227
          """,
          """
          UID:c@x
          DTSTART:20261120T100000Z
          STATUS:CANCELLED
          """, "UID:d@x\nSUMMARY:no beginning"
        ).utf8), zone: paris)
    #expect(file.unread == 1)
    #expect(file.events.map(\.uid) == ["a@x", "a@x", "b@x", "c@x"])
    let (series, moved, days, gone) = (file.events[0], file.events[1], file.events[2], file.events[3])
    #expect(series.title == "Réunion, salle B")
    #expect(series.description == "Une ligne\nune autre")
    #expect(series.zone == paris)
    #expect(series.start == moment("2026-10-20T07:00:00"))
    #expect(series.end == moment("2026-10-20T08:30:00"))
    #expect(series.rule?.text == "FREQ=WEEKLY;COUNT=5")
    #expect(series.exceptions == [moment("2026-10-27T08:00:00"), moment("2026-11-03T08:00:00")])
    #expect(moved.replaces == moment("2026-11-10T08:00:00"))
    #expect(moved.start == moment("2026-11-10T13:00:00"))
    #expect(moved.end == moment("2026-11-10T14:00:00"))
    #expect(days.isAllDay)
    #expect(paris.wallClock(at: days.start).dayText == "2026-12-24")
    #expect(days.end.map { paris.wallClock(at: $0).dayText } == "2026-12-26")
    #expect(gone.isCancelled && gone.zone == .utc)
  }

  @Test func `a written calendar file can be read again`() throws {
    let paris = try #require(Zone("Europe/Paris"))
    let start = moment("2026-10-20T07:00:00")
    var event = CalendarWriter.Event(
      uid: "event-7@obox", title: "Point; équipe, « suite »\\", start: start, zone: paris, changedAt: 0)
    event.description = String(repeating: "Une très longue ligne. 🙂 ", count: 20) + "\nfin\u{1}"
    event.end = start + 3_600_000
    event.rule = "FREQ=WEEKLY;COUNT=5"
    event.exceptions = [moment("2026-10-27T08:00:00")]
    var day = CalendarWriter.Event(
      uid: "event-8@obox", title: "Fermé", start: start, zone: paris, changedAt: 0)
    day.isAllDay = true
    var writer = CalendarWriter(name: "Calendrier, été")
    writer.add(event)
    writer.add(day)
    writer.end()
    let text = String(decoding: writer.bytes, as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(text.contains("BEGIN:VTIMEZONE") && text.contains("TZID:Europe/Paris"))
    #expect(text.contains("DTSTART;VALUE=DATE:20261020") && text.contains("DTEND;VALUE=DATE:20261021"))
    let read = try CalendarFile(writer.bytes, zone: .utc)
    #expect(read.unread == 0 && read.events.count == 2)
    #expect(read.events[0].title == event.title)
    #expect(read.events[0].description == event.description.filter { $0 != "\u{1}" })
    #expect(read.events[0].start == start && read.events[0].end == event.end)
    #expect(read.events[0].zone == paris)
    #expect(read.events[0].exceptions == event.exceptions)
    #expect(read.events[1].isAllDay)
  }

  private func moment(_ text: String) -> Int64 {
    WallClock(text).map(Zone.utc.moment) ?? 0
  }

  private func refusal(_ text: String) -> CalendarFile.Refusal? {
    do throws(CalendarFile.Refusal) {
      _ = try CalendarFile(Array(text.utf8), zone: .utc)
      return nil
    } catch { return error }
  }

  private func calendar(_ events: String...) -> String {
    "BEGIN:VCALENDAR\nVERSION:2.0\n" + events.map { "BEGIN:VEVENT\n\($0)\nEND:VEVENT\n" }.joined()
      + "END:VCALENDAR\n"
  }
}
