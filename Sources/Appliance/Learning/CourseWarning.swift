import Store

/// When those who have to complete a course are warned: a week before its deadline, and at it.
enum CourseWarning {
  private static let ahead = 7 * Training.day

  static func plan(_ course: Course, in tx: Transaction) throws {
    guard let time = next(of: course, after: tx.now) else { return try cancel(course.id, in: tx) }
    try tx.execute(
      "INSERT OR REPLACE INTO course_warnings (course_id, warn_at) VALUES (?, ?)", course.id, time)
  }

  static func cancel(_ course: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM course_warnings WHERE course_id = ?", course)
  }

  static func next(of course: Course, after now: Int64) -> Int64? {
    guard let deadline = course.deadline else { return nil }
    return [deadline - ahead, deadline].first { $0 > now }
  }
}

/// Warns those who have to complete a course before its deadline, and at it.
struct CourseReminders: JobKind {
  static let dueSQL = """
    SELECT \(Course.columns), courses.deleted_at FROM course_warnings AS w JOIN courses ON courses.id = w.course_id
    WHERE w.warn_at <= ? ORDER BY w.warn_at LIMIT ?
    """
  private static let batch = 100

  let database: Database
  let settings: SystemSettings
  let notifications: Notifications

  let name = "courses.remind"
  let period: Int64? = 60_000

  func run(_ context: JobContext) async throws {
    // Who opens the link would find nothing.
    guard settings.isOn(.training) else { return }
    while try await database.write({ try warn(in: $0) == Self.batch }) {}
  }

  private func warn(in tx: Transaction) throws -> Int {
    let due = try tx.query(Self.dueSQL, tx.now, Self.batch) { (Course($0), $0.isNull("deleted_at")) }
    for (course, isThere) in due {
      try CourseWarning.plan(course, in: tx)
      guard isThere, let deadline = course.deadline else { continue }
      let task = deadline <= tx.now ? "late" : "due"
      let people = try CourseDuty.open(of: course, at: tx.now, in: tx)
      try notifications.notify(
        people, of: course.notice(.courseMandatory, CourseDuty.details(of: course, task)), in: tx)
      try ReminderLog.course(course.id).note(people, in: tx)
    }
    return due.count
  }
}
