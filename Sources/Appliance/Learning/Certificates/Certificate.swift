import HTTP
import Store

/// What was issued for a completed course or training. Its text is that of the paper: it does not follow later changes
/// of the person, the course or the organisation.
struct Certificate: Sendable {
  enum Kind: String, Sendable, CaseIterable { case course, training }
  enum Status: String, Sendable, CaseIterable { case valid, expired, revoked }

  let id: Int64
  let code: String
  let person: Int64?
  let kind: Kind
  let course: Int64?
  let training: Int64?
  let name: String
  let title: String
  let organisation: String
  let score: Int?
  /// Milliseconds since 1970, like the other times.
  let completedAt: Int64
  let issuedAt: Int64
  let validUntil: Int64?
  let revokedAt: Int64?
  let reason: String
  /// It is of the present completion of a course or training that is still there.
  let isCurrent: Bool

  static let columns = """
    c.id, c.code, c.user_id, c.kind, c.course_id, c.training_id, c.name, c.title, c.organisation, c.score,
    c.completed_at, c.issued_at, c.valid_until, c.revoked_at, c.reason,
    CASE c.kind WHEN 'course' THEN EXISTS (SELECT 1 FROM enrollments AS e
        JOIN courses AS k ON k.id = e.course_id AND k.is_published = 1 AND k.deleted_at IS NULL
        WHERE e.certificate_id = c.id)
      ELSE EXISTS (SELECT 1 FROM training_participants AS p
        JOIN trainings AS t ON t.id = p.training_id AND t.is_visible = 1 AND t.is_active = 1
        WHERE p.certificate_id = c.id AND p.status = 'completed') END
    """

  init(_ row: Row) {
    id = row.int64(0)
    code = row.text(1)
    person = row.optionalInt64(2)
    kind = Kind(rawValue: row.text(3)) ?? .course
    course = row.optionalInt64(4)
    training = row.optionalInt64(5)
    name = row.text(6)
    title = row.text(7)
    organisation = row.text(8)
    score = row.optionalInt(9)
    completedAt = row.int64(10)
    issuedAt = row.int64(11)
    validUntil = row.optionalInt64(12)
    revokedAt = row.optionalInt64(13)
    reason = row.text(14)
    isCurrent = row.bool(15)
  }

  static func find(_ code: CertificateCode, in connection: Connection) throws -> Certificate? {
    try connection.first(
      "SELECT \(columns) FROM certificates AS c WHERE c.code = ?", code.text, map: Certificate.init)
  }

  static func find(_ id: Int64, in connection: Connection) throws -> Certificate? {
    try connection.first(
      "SELECT \(columns) FROM certificates AS c WHERE c.id = ?", id, map: Certificate.init)
  }

  /// Whether it was revoked with the completion that it was for, and not by somebody with a reason.
  var isTakenBack: Bool { revokedAt != nil && reason.isEmpty }

  func status(at now: Int64) -> Status {
    if revokedAt != nil { return .revoked }
    return validUntil.map { $0 <= now } == true ? .expired : .valid
  }

  /// Whether its person may take the course or training again: before its end, and once it is revoked.
  func mayRenew(at now: Int64) -> Bool {
    guard isCurrent else { return false }
    return revokedAt != nil || validUntil.map { $0 - Training.renewal <= now } == true
  }
}

extension Certificate {
  static let notCompleted = Failure(
    409, "NOT_COMPLETED",
    Sentence(
      fr: "Terminez-le d’abord pour obtenir un certificat.", en: "Complete it first to get a certificate."))

  static let path = "/api/certificates/"
  var url: String { Self.path + code }

  static let schema = Schema.named(
    "Certificate",
    .members([
      "id": .id, "code": .string, "certificateUrl": .string, "kind": .words(Kind.self),
      "status": .words(Status.self), "courseId": .optional(.id), "trainingId": .optional(.id),
      "name": .string, "title": .string, "organisation": .string, "score": .optional(.integer),
      "completedAt": .time, "issuedAt": .time, "validUntil": .optional(.time), "revokedAt": .optional(.time),
      "reason": .described("why it was revoked", .string),
      "mayRenew": .described("whether the course or training may be taken again now", .boolean),
    ]))

  func write(at now: Int64, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("code", code)
      json.field("certificateUrl", url)
      json.field("kind", kind.rawValue)
      json.field("status", status(at: now).rawValue)
      json.field("courseId", course.map { String($0) })
      json.field("trainingId", training.map { String($0) })
      writePaper(to: &json)
      json.time("revokedAt", revokedAt)
      json.field("reason", reason)
      json.field("mayRenew", mayRenew(at: now))
    }
  }

  /// What the paper says, and whether it still holds: all that anyone who has its number is told.
  static let verification = Schema.named(
    "CertificateVerification",
    .members([
      "status": .words(Status.self), "kind": .words(Kind.self), "name": .string, "title": .string,
      "organisation": .string, "score": .optional(.integer), "completedAt": .time, "issuedAt": .time,
      "validUntil": .optional(.time),
    ]))

  func writeVerification(at now: Int64, to json: inout JSONWriter) {
    json.object { json in
      json.field("status", status(at: now).rawValue)
      json.field("kind", kind.rawValue)
      writePaper(to: &json)
    }
  }

  private func writePaper(to json: inout JSONWriter) {
    json.field("name", name)
    json.field("title", title)
    json.field("organisation", organisation)
    json.field("score", score)
    json.time("completedAt", completedAt)
    json.time("issuedAt", issuedAt)
    json.time("validUntil", validUntil)
  }
}
