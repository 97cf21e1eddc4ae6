import HTTP
import Store

/// Somebody's part in a training.
struct TrainingParticipant: Sendable {
  static let longestFeedback = 2_000
  static let scores: ClosedRange<Int64> = 0...100

  enum Status: String, Sendable, CaseIterable { case registered, completed, cancelled }

  let id: Int64
  let training: Int64
  let person: Int64
  let name: String
  let department: String
  let status: Status
  /// Registered while all places were taken.
  let isWaiting: Bool
  /// Nil until it is recorded.
  let attended: Bool?
  /// Milliseconds since 1970, like the other times.
  let registeredAt: Int64
  let completedAt: Int64?
  let validUntil: Int64?
  let score: Int?
  let feedback: String
  let updatedAt: Int64

  static let columns = """
    p.id, p.training_id, p.user_id, coalesce(nullif(u.name, ''), u.username) AS name, u.department, p.status,
    p.is_waiting, p.attended, p.registered_at, p.completion_date, p.valid_until, p.score, p.feedback, p.updated_at
    """
  private static let joined = "FROM training_participants AS p JOIN users AS u ON u.id = p.user_id"
  static let oneSQL = "SELECT \(columns) \(joined) WHERE p.training_id = ? AND p.user_id = ?"
  static let rowSQL = "SELECT \(columns) \(joined) WHERE p.id = ?"
  static let listSQL = """
    SELECT \(columns) \(joined) WHERE p.training_id = ? AND p.id < ? AND p.status <> 'cancelled'
    ORDER BY p.id DESC LIMIT ?
    """
  static let ownSQL =
    "SELECT \(columns) \(joined) WHERE p.user_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?"

  init(_ row: Row) {
    id = row.int64("id")
    training = row.int64("training_id")
    person = row.int64("user_id")
    name = row.text("name")
    department = row.text("department")
    status = Status(rawValue: row.text("status")) ?? .cancelled
    isWaiting = row.bool("is_waiting")
    attended = row.optionalInt64("attended").map { $0 != 0 }
    registeredAt = row.int64("registered_at")
    completedAt = row.optionalInt64("completion_date")
    validUntil = row.optionalInt64("valid_until")
    score = row.optionalInt("score")
    feedback = row.text("feedback")
    updatedAt = row.int64("updated_at")
  }

  static func find(
    of person: Int64, in training: Int64, in connection: Connection
  ) throws -> TrainingParticipant? {
    try connection.first(oneSQL, training, person, map: TrainingParticipant.init)
  }

  /// Whether registering again changes nothing: there is a place or a turn already, or a completion that counts.
  func keepsPlace(in training: Training, at now: Int64) -> Bool {
    switch status {
    case .registered: return true
    case .cancelled: return false
    case .completed:
      guard let start = training.start else {
        return validUntil.map { $0 - Training.renewal > now } ?? true
      }
      return completedAt.map { $0 >= start } ?? false
    }
  }

  static let schema = Schema.members([
    "id": .string, "trainingId": .string, "userId": .string, "userName": .string, "userDepartment": .string,
    "status": .words(Status.self),
    "isWaiting": .described("registered while all places were taken", .boolean),
    "attended": .described(
      "null until it is recorded, and for others than the instructor", .optional(.boolean)),
    "registeredAt": .time, "completionDate": .optional(.time), "validUntil": .optional(.time),
    "score": .optional(.integer(scores)), "feedback": .string, "updatedAt": .time,
  ])

  /// Writes the members of its object. Results and feedback are for the person and those who lead the training.
  func writeFields(to json: inout JSONWriter, isFull: Bool) {
    json.id("id", id)
    json.id("trainingId", training)
    json.id("userId", person)
    json.field("userName", name)
    json.field("userDepartment", department)
    json.field("status", status.rawValue)
    json.field("isWaiting", isWaiting)
    json.key("attended")
    if isFull, let attended { json.value(attended) } else { json.null() }
    json.time("registeredAt", registeredAt)
    json.time("completionDate", completedAt)
    json.time("validUntil", isFull ? validUntil : nil)
    json.field("score", isFull ? score : nil)
    json.field("feedback", isFull ? feedback : "")
    json.time("updatedAt", updatedAt)
  }
}
