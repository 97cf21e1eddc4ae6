import Store

/// Issues certificates in the transaction that completes a course or training. There is one writer at a time, so that a
/// completion has one certificate.
enum Certificates {
  /// A completion that has none yet.
  private struct Completion {
    let kind: Certificate.Kind
    let row: Int64
    let person: Int64
    let name: String
    /// The course or the training.
    let place: Int64
    let title: String
    let score: Int?
    let at: Int64
    let validUntil: Int64?

    init(_ row: Row, of kind: Certificate.Kind) {
      self.kind = kind
      self.row = row.int64(0)
      person = row.int64(1)
      name = row.text(2)
      place = row.int64(3)
      title = row.text(4)
      score = row.optionalInt(5)
      at = row.int64(6)
      // A course has its months, a training the end itself.
      let limit = row.optionalInt64(7)
      validUntil = kind == .course ? Validity.end(of: at, months: limit) : limit
    }
  }

  private static let name = "coalesce(nullif(u.name, ''), u.username)"

  private static let enrolments = """
    SELECT e.id, e.user_id, \(name), e.course_id, c.title, e.score, e.completed_at, c.valid_months
    FROM enrollments AS e JOIN users AS u ON u.id = e.user_id JOIN courses AS c ON c.id = e.course_id
    WHERE e.completed_at IS NOT NULL AND e.certificate_id IS NULL
    """
  private static let participants = """
    SELECT p.id, p.user_id, \(name), p.training_id, t.title, p.score, p.completion_date, p.valid_until
    FROM training_participants AS p JOIN users AS u ON u.id = p.user_id JOIN trainings AS t ON t.id = p.training_id
    WHERE p.completion_date IS NOT NULL AND p.certificate_id IS NULL
    """

  /// Issues the certificate of an enrolment, if it is completed and has none.
  static func issue(enrolment: Int64, in tx: Transaction) throws {
    try issue(.course, enrolments + " AND e.id = ?", enrolment, tells: true, in: tx)
  }

  /// Issues those of everyone who has completed a course meanwhile.
  static func issue(course: Int64, in tx: Transaction) throws {
    try issue(.course, enrolments + " AND e.course_id = ?", course, tells: true, in: tx)
  }

  static func issue(participant: Int64, in tx: Transaction) throws {
    try issue(.training, participants + " AND p.id = ?", participant, tells: true, in: tx)
  }

  /// Issues some of those that are missing because they were completed before there were certificates; nobody is told.
  /// Returns how many.
  static func issueMissing(most: Int64, in tx: Transaction) throws -> Int {
    try issue(.course, enrolments + " ORDER BY e.id LIMIT ?", most, tells: false, in: tx)
      + issue(.training, participants + " ORDER BY p.id LIMIT ?", most, tells: false, in: tx)
  }

  @discardableResult
  private static func issue(
    _ kind: Certificate.Kind, _ sql: String, _ argument: Int64, tells: Bool, in tx: Transaction
  ) throws -> Int {
    let completions = try tx.query(sql, argument) { Completion($0, of: kind) }
    guard !completions.isEmpty else { return 0 }
    let organisation = try SystemSettings.organisation(in: tx)
    for one in completions { try insert(one, of: organisation, tells: tells, in: tx) }
    return completions.count
  }

  private static func insert(
    _ one: Completion, of organisation: String, tells: Bool, in tx: Transaction
  ) throws {
    // A training tells its participants itself that their completion ends.
    let renewal = one.kind == .course ? one.validUntil.map { $0 - Training.renewal } : nil
    try tx.execute(
      """
      INSERT INTO certificates (code, user_id, kind, course_id, training_id, name, title, organisation, score,
        completed_at, issued_at, valid_until, revoked_at, reason, is_new, renew_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '', ?, ?)
      """, CertificateCode().text, one.person, one.kind.rawValue, one.kind == .course ? one.place : nil,
      one.kind == .training ? one.place : nil, one.name, one.title, organisation, one.score, one.at, tx.now,
      one.validUntil, tells, renewal)
    let id = tx.lastInsertedID
    switch one.kind {
    case .course:
      try tx.execute("UPDATE enrollments SET certificate_id = ? WHERE id = ?", id, one.row)
    case .training:
      try tx.execute("UPDATE training_participants SET certificate_id = ? WHERE id = ?", id, one.row)
    }
  }

  /// Revokes the certificate of a participant whose completion is taken back: without a reason, so that it stays so.
  static func takeBack(participant: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE certificates SET revoked_at = coalesce(revoked_at, ?1), reason = '', renew_at = NULL, is_new = 0
      WHERE id = (SELECT certificate_id FROM training_participants WHERE id = ?2)
      """, tx.now, participant)
    try tx.execute("UPDATE training_participants SET certificate_id = NULL WHERE id = ?", participant)
  }

  /// Writes a corrected score: until the completion changes, its certificate says what the instructor recorded.
  static func correctScore(participant: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE certificates SET score = (SELECT score FROM training_participants WHERE id = ?1)
      WHERE id = (SELECT certificate_id FROM training_participants WHERE id = ?1 AND status = 'completed')
      """, participant)
  }
}
