import HTTP
import ICalendar
import Store

/// A training for somebody, and why it is one.
struct TrainingRecommendation: Sendable {
  enum Reason: Sendable, Equatable {
    /// Mandatory for this person; with its deadline in milliseconds, if it has one.
    case mandatory(deadline: Int64?)
    /// The completion expires, or has expired.
    case expires(at: Int64)
    /// The next level of a training that the person has completed.
    case next(after: String)
    /// People of the same department take part.
    case colleagues(Int64)

    var code: String {
      switch self {
      case .mandatory: "mandatory"
      case .expires: "expires"
      case .next: "next"
      case .colleagues: "colleagues"
      }
    }

    /// The more urgent ones first.
    var rank: Int {
      switch self {
      case .expires: 0
      case .mandatory: 1
      case .next: 2
      case .colleagues: 3
      }
    }
  }

  private static let most = 20
  private static let mostRead = 200

  let record: Record
  let reason: Reason

  /// Trainings that the person can register for, earliest first.
  static func candidatesSQL(_ resource: Resource, _ readers: String) -> String {
    func level(_ table: String) -> String {
      "CASE \(table).difficulty WHEN 'beginner' THEN 0 WHEN 'intermediate' THEN 1 ELSE 2 END"
    }
    return """
      SELECT \(resource.selection), training_spans.ends_at,
        (SELECT max(done.title) FROM training_participants AS p JOIN trainings AS done ON done.id = p.training_id
          WHERE p.user_id = ? AND p.completion_date IS NOT NULL AND done.category = trainings.category
            AND \(level("done")) < \(level("trainings"))) AS previous,
        (SELECT count(*) FROM training_participants AS p JOIN users AS u ON u.id = p.user_id
          WHERE p.training_id = trainings.id AND p.status = 'registered' AND u.department = ? AND u.department <> ''
        ) AS colleagues
      FROM training_spans JOIN trainings ON trainings.id = training_spans.training_id
      WHERE training_spans.starts_at > ? AND trainings.is_active = 1 AND trainings.is_visible = 1 AND \(readers)
        AND trainings.instructor_id IS NOT ? AND NOT EXISTS (
          SELECT 1 FROM training_participants AS p WHERE p.training_id = trainings.id AND p.user_id = ?
            AND (p.status = 'registered'
              OR p.completion_date IS NOT NULL AND (p.valid_until IS NULL OR p.valid_until > ?)))
      ORDER BY training_spans.starts_at, training_spans.training_id LIMIT ?
      """
  }

  static func all(
    for account: Account, _ resource: Resource, at now: Int64, in connection: Connection
  ) throws -> [TrainingRecommendation] {
    let readers = Readership.condition("trainings.audience", for: account)
    let given: [Value] =
      resource.reader(account) + [account.id.value, account.department.value, now.value] + readers.arguments
      + [account.id.value, account.id.value, (now + Training.renewal).value, mostRead.value]
    var found: [TrainingRecommendation] = []
    try connection.forEach(candidatesSQL(resource, readers.sql), arguments: given) { (row: Row) -> Void in
      let record = Record(row, of: resource.columns)
      if let reason = reason(record, row) {
        found.append(TrainingRecommendation(record: record, reason: reason))
      }
    }
    let ranked = (0...3).flatMap { rank in found.filter { $0.reason.rank == rank } }
    return Array(ranked.prefix(most))
  }

  private static func reason(_ record: Record, _ row: Row) -> Reason? {
    if let end = record.int64(Trainings.myValidUntil) { return .expires(at: end) }
    if record.bool(Trainings.isMandatory) { return .mandatory(deadline: Training(record).deadline) }
    if let previous = row.optionalText("previous") { return .next(after: previous) }
    let colleagues = row.int64("colleagues")
    return colleagues > 0 ? .colleagues(colleagues) : nil
  }

  var sentence: Sentence {
    func day(_ moment: Int64) -> Sentence {
      let text = Training.clock(moment)
      return DayWords.sentence(text) ?? Sentence(fr: text, en: text)
    }
    switch reason {
    case .expires(let end):
      let on = day(end)
      return Sentence(
        fr: "Votre validité se termine le \(on.fr).", en: "What you completed is valid until \(on.en).")
    case .mandatory(let deadline?):
      let on = day(deadline)
      return Sentence(fr: "Obligatoire, avant le \(on.fr).", en: "Mandatory, by \(on.en).")
    case .mandatory(nil): return Sentence(fr: "Obligatoire pour vous.", en: "Mandatory for you.")
    case .next(let title):
      return Sentence(
        fr: "Niveau suivant après «\u{a0}\(title)\u{a0}».", en: "The next level after “\(title)”.")
    case .colleagues(let count):
      return count == 1
        ? Sentence(
          fr: "Une personne de votre service y participe.",
          en: "Someone in your department is taking part.")
        : Sentence(
          fr: "\(count) personnes de votre service y participent.",
          en: "\(count) people in your department are taking part.")
    }
  }

  static func schema(_ resource: Resource) -> Schema {
    resource.answerSchema
      + Schema.members([
        "reason": .members([
          "code": .enumeration(["mandatory", "expires", "next", "colleagues"]), "text": .string,
        ])
      ])
  }

  func write(_ resource: Resource, in language: Language, to json: inout JSONWriter) {
    json.object { json in
      resource.writeFields(record, to: &json)
      json.object("reason") { json in
        json.field("code", reason.code)
        json.field("text", sentence(language))
      }
    }
  }
}
