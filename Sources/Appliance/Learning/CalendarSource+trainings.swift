import Store

extension CalendarEntry {
  fileprivate static let columns = """
    trainings.id, trainings.title, trainings.description, trainings.location, trainings.start_date,
    trainings.end_date, trainings.updated_at
    """

  fileprivate init(training row: Row, isWaiting: Bool) {
    self.init(
      kind: "training", id: row.int64("id"), title: row.text("title"), description: row.text("description"),
      location: row.text("location"), start: row.int64("start_date"), end: row.optionalInt64("end_date"),
      isWaiting: isWaiting, link: "/learn/trainings/\(row.int64("id"))", updatedAt: row.int64("updated_at"))
  }

  /// A training as an entry; nil without a date.
  static func training(_ id: Int64, in connection: Connection) throws -> CalendarEntry? {
    try connection.first(
      "SELECT \(columns) FROM trainings WHERE id = ? AND start_date IS NOT NULL", id
    ) { CalendarEntry(training: $0, isWaiting: false) }
  }
}

extension CalendarSource {
  /// The trainings that somebody is registered for, or has completed at their present date.
  static let takenTrainingsSQL = """
    SELECT \(CalendarEntry.columns), p.is_waiting
    FROM training_participants AS p JOIN trainings ON trainings.id = p.training_id
    JOIN training_spans AS s ON s.training_id = p.training_id AND s.ends_at >= ? AND s.starts_at < ?
    WHERE p.user_id = ? AND trainings.start_date IS NOT NULL
      AND (p.status = 'registered' OR p.status = 'completed' AND p.completion_date >= trainings.start_date)
    """
  /// The trainings that somebody gives.
  static let givenTrainingsSQL = """
    SELECT \(CalendarEntry.columns), 0 AS is_waiting FROM trainings
    JOIN training_spans AS s ON s.training_id = trainings.id AND s.ends_at >= ? AND s.starts_at < ?
    WHERE trainings.instructor_id = ? AND trainings.start_date IS NOT NULL
    """

  static func trainings(_ settings: SystemSettings) -> CalendarSource {
    CalendarSource(
      isOn: { settings.isOn(.training) },
      find: { person, range, connection in
        var found: [Int64: CalendarEntry] = [:]
        for sql in [takenTrainingsSQL, givenTrainingsSQL] {
          try connection.forEach(sql, range.lowerBound, range.upperBound, person) { row in
            let entry = CalendarEntry(training: row, isWaiting: row.bool("is_waiting"))
            found[entry.id] = entry
          }
        }
        return Array(found.values.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.prefix(most))
      })
  }
}
