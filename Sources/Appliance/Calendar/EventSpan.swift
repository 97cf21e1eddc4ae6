import ICalendar
import Store

/// Computed times of an event, stored so that an index finds the events in a range and the reminders that are
/// due.
enum EventSpan {
  /// Recomputes and stores the span of an event.
  static func write(_ id: Int64, in tx: Transaction) throws {
    guard var event = try Event.find(id, in: tx) else { return }
    // That of an earlier state of the row does not count.
    event.lastEnd = nil
    let over = event.over
    event.lastEnd = over == Event.forever ? nil : over
    let reminder = nextReminder(of: event, after: tx.now)
    try tx.execute(
      """
      INSERT OR REPLACE INTO event_spans (event_id, starts_at, ends_at, remind_at, remind_of) VALUES (?, ?, ?, ?, ?)
      """, id, event.start, over, reminder?.at, reminder?.start)
  }

  /// Stores a span that is right but too long, until `write` computes it: for many events in one transaction.
  static func writeLater(_ id: Int64, start: Int64, in tx: Transaction) throws {
    try tx.execute(
      "INSERT OR REPLACE INTO event_spans (event_id, starts_at, ends_at) VALUES (?, ?, ?)", id, start,
      Event.forever)
  }

  /// The reminder of the first occurrence that starts after a moment; it may be due already.
  static func nextReminder(of event: Event, after moment: Int64) -> (at: Int64, start: Int64)? {
    guard let minutes = event.reminder, let start = event.nextStart(from: moment + 1) else { return nil }
    return (start - minutes * 60_000, start)
  }
}
