import Store

/// When people were reminded last of a course: nobody is reminded twice within a day.
enum CourseReminder {
  static let pause = Training.day

  static func note(_ people: [Int64], of course: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT OR REPLACE INTO course_reminders (course_id, user_id, reminded_at)
      SELECT ?, u.id, ? FROM json_each(?) AS person CROSS JOIN users AS u ON u.id = person.value
      """, course, tx.now, Notifications.list(people))
  }

  /// Those who were not reminded within the last day. A time of a clock that has been set back since does not count.
  static func due(_ people: [Int64], of course: Int64, in tx: Transaction) throws -> [Int64] {
    try tx.query(
      """
      SELECT person.value FROM json_each(?) AS person WHERE NOT EXISTS (
        SELECT 1 FROM course_reminders AS r
        WHERE r.course_id = ? AND r.user_id = person.value AND r.reminded_at BETWEEN ? AND ?)
      """, Notifications.list(people), course, tx.now - pause + 1, tx.now + pause
    ) { $0.int64(0) }
  }
}
