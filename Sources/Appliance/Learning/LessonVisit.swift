import Store

/// The time that people spend on lessons, measured here.
///
/// While a lesson is open, its page gives a sign of life every half minute. What passed since the person's last one
/// counts for the lesson that was open then. So no call can add more than the clock of the server has seen, however
/// often it is repeated and from however many devices; a sign that comes late adds nothing.
struct LessonVisit {
  /// The longest time between two signs that counts, in milliseconds.
  static let longestGap: Int64 = 90_000

  let enrolment: Enrolment
  let lesson: Int64
  /// The second at which its video or sound is; nil to leave it.
  var playhead: Int64?
  var isLeaving = false

  private typealias Last = (enrolment: Int64, lesson: Int64, at: Int64)

  func note(in tx: Transaction) throws {
    let last: Last? = try tx.first(
      "SELECT enrollment_id, lesson_id, seen_at FROM lesson_visits WHERE user_id = ?", enrolment.person
    ) { ($0.int64(0), $0.int64(1), $0.int64(2)) }
    if let last { try credit(last, in: tx) }
    try tx.execute(
      """
      INSERT INTO lesson_progress (enrollment_id, lesson_id, time_spent, playhead, completed_at)
      VALUES (?, ?, 0, coalesce(?3, 0), NULL)
      ON CONFLICT (enrollment_id, lesson_id) DO UPDATE SET playhead = coalesce(?3, playhead)
      """, enrolment.id, lesson, playhead)
    if isLeaving { return try leave(last, in: tx) }
    try tx.execute(
      """
      INSERT INTO lesson_visits (user_id, enrollment_id, lesson_id, seen_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (user_id) DO UPDATE SET enrollment_id = excluded.enrollment_id,
        lesson_id = excluded.lesson_id, seen_at = excluded.seen_at
      """, enrolment.person, enrolment.id, lesson, tx.now)
    try tx.execute(
      """
      UPDATE enrollments SET last_lesson_id = ?, last_active_at = ?2, started_at = coalesce(started_at, ?2),
        status = CASE status WHEN 'enrolled' THEN 'in-progress' ELSE status END, updated_at = ?2 WHERE id = ?3
      """, lesson, tx.now, enrolment.id)
  }

  private func credit(_ last: Last, in tx: Transaction) throws {
    // Negative when the clock was set back.
    let elapsed = tx.now - last.at
    guard elapsed > 0, elapsed <= Self.longestGap else { return }
    try tx.execute(
      "UPDATE lesson_progress SET time_spent = time_spent + ? WHERE enrollment_id = ? AND lesson_id = ?",
      elapsed, last.enrolment, last.lesson)
    try tx.execute(
      "UPDATE enrollments SET time_spent = time_spent + ? WHERE id = ?", elapsed, last.enrolment)
    try tx.execute("UPDATE lesson_visits SET seen_at = ? WHERE user_id = ?", tx.now, enrolment.person)
  }

  /// Ends the visit, unless another lesson is open meanwhile, here or on another device.
  private func leave(_ last: Last?, in tx: Transaction) throws {
    guard let last, last.lesson == lesson else { return }
    try tx.execute("DELETE FROM lesson_visits WHERE user_id = ?", enrolment.person)
  }
}
