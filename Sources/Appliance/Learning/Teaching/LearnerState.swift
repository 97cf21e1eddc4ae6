import Store

/// How a learner stands in a course. Those who need attention have the highest rank.
enum LearnerState: String, Sendable, CaseIterable {
  case done
  case underway
  case notStarted
  /// Not completed by the deadline of a mandatory course, or no longer valid.
  case late
  /// Has used all attempts at a required quiz, or has begun and not got on for a while.
  case stuck

  /// How long somebody who has begun may complete nothing before they count as stuck: 14 days, in milliseconds.
  static let patience = 14 * Training.day

  var rank: Int64 {
    switch self {
    case .done: 1
    case .underway: 2
    case .notStarted: 3
    case .late: 4
    case .stuck: 5
    }
  }

  init?(rank: Int64) {
    guard let found = Self.allCases.first(where: { $0.rank == rank }) else { return nil }
    self = found
  }

  /// Those who may need a word from their trainer.
  static let reminded: Set<LearnerState> = [.late, .stuck]

  /// SQL: the rank of an enrolment `e`, which may be missing, of a user `u`. Parameters: 2 the audience of the course,
  /// 3 the time, 4 the deadline or the farthest future, 5 since when nothing was completed.
  static func rankSQL(isMandatory: Bool) -> String {
    let isDue = "\(Readership.includesSQL("?2", "u")) AND NOT \(CourseDuty.isDoneSQL("?3"))"
    return """
      CASE \(isMandatory ? "WHEN e.completed_at IS NOT NULL AND \(isDue) THEN 4" : "")
        WHEN e.completed_at IS NOT NULL THEN 1
        WHEN e.status = 'failed' OR coalesce(e.progressed_at, e.started_at) <= ?5 THEN 5
        WHEN ?4 <= ?3 AND \(isDue) THEN 4 WHEN e.started_at IS NULL THEN 3 ELSE 2 END
      """
  }
}
