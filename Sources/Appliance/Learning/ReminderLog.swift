import Store

/// When people were reminded last of a course or a training, by whoever leads it or by the server: nobody is reminded of it
/// twice within a day.
struct ReminderLog: Sendable {
  static let pause = Training.day

  private let table: String
  private let column: String
  private let id: Int64

  static func course(_ id: Int64) -> ReminderLog {
    ReminderLog(table: "course_reminders", column: "course_id", id: id)
  }

  static func training(_ id: Int64) -> ReminderLog {
    ReminderLog(table: "training_reminders", column: "training_id", id: id)
  }

  func note(_ people: [Int64], in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT OR REPLACE INTO \(table) (\(column), user_id, reminded_at)
      SELECT ?, u.id, ? FROM json_each(?) AS person CROSS JOIN users AS u ON u.id = person.value
      """, id, tx.now, Notifications.list(people))
  }

  /// Those who were not reminded within the last day. A time of a clock that has been set back since does not count.
  func due(_ people: [Int64], in tx: Transaction) throws -> [Int64] {
    try tx.query(
      """
      SELECT person.value FROM json_each(?) AS person WHERE NOT EXISTS (
        SELECT 1 FROM \(table) AS r
        WHERE r.\(column) = ? AND r.user_id = person.value AND r.reminded_at BETWEEN ? AND ?)
      """, Notifications.list(people), id, tx.now - Self.pause + 1, tx.now + Self.pause
    ) { $0.int64(0) }
  }
}
