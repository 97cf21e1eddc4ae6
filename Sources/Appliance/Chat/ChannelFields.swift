import HTTP
import Store

/// The validated fields of a channel in a request body.
struct ChannelFields: Sendable {
  static let mostSlowSeconds: Int64 = 3600
  private static let longestName = 50
  static let longestNameBytes = longestName * 4
  private static let longestTopic = 500

  let name: String?
  let topic: String?
  let isArchived: Bool?
  let slowSeconds: Int64?
  let retentionDays: Int64?

  static let schema = Schema.members(
    [:],
    optional: [
      "name": .described("not only digits; direct channels have none", .text(1...longestName)),
      "topic": .text(0...longestTopic), "archived": .boolean,
      "slowSeconds": .described("between two messages from the same user", .integer(0...mostSlowSeconds)),
      "retentionDays": .described("0 keeps messages forever", .integer(0...ChatRetention.mostDays)),
    ])

  /// Throws 400 with all invalid fields. A new channel must have a name.
  init(_ body: JSONValue, isNew: Bool) throws(Failure) {
    var errors: [FieldError] = []
    name = body["name"].map { ($0.string ?? "").trimmed() } ?? (isNew ? "" : nil)
    if let name, !Self.isName(name) { errors.append(FieldError("name", "INVALID_NAME", Self.nameSentence)) }
    topic = body["topic"].map { ($0.string ?? "").trimmed() }
    if let topic, !topic.fits(Self.longestTopic) || topic.unicodeScalars.contains(where: Self.isControl) {
      errors.append(FieldError("topic", "INVALID_TOPIC", Self.topicSentence))
    }
    isArchived = body["archived"]?.bool
    if let archived = body["archived"], archived.bool == nil {
      errors.append(FieldError("archived", "NOT_A_BOOLEAN", Self.booleanSentence))
    }
    slowSeconds = Self.number("slowSeconds", body, upTo: Self.mostSlowSeconds, &errors)
    retentionDays = Self.number("retentionDays", body, upTo: ChatRetention.mostDays, &errors)
    if !errors.isEmpty { throw .invalid(errors) }
  }

  var isEmpty: Bool { summary.isEmpty }

  /// The names of the changed fields, for the audit log.
  var summary: String {
    [
      name.map { "name: \($0)" }, topic.map { _ in "topic" }, isArchived.map { "archived: \($0)" },
      slowSeconds.map { "slowSeconds: \($0)" }, retentionDays.map { "retentionDays: \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
  }

  private static func number(
    _ field: String, _ body: JSONValue, upTo most: Int64, _ errors: inout [FieldError]
  ) -> Int64? {
    guard let value = body[field] else { return nil }
    if let number = value.int64, (0...most).contains(number) { return number }
    errors.append(
      FieldError(
        field, "OUT_OF_RANGE",
        Sentence(
          fr: "Saisissez un nombre entier de 0 à \(most).", en: "Enter a whole number from 0 to \(most).")))
    return nil
  }

  /// A name of digits only could be mistaken for an id.
  private static func isName(_ name: String) -> Bool {
    !name.isInvisible && name.fits(longestName) && !name.unicodeScalars.contains(where: isControl)
      && !Folding.fold(name).allSatisfy(\.isWholeNumber)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static let nameSentence = Sentence(
    fr: "Saisissez de 1 à 50 caractères sur une ligne, dont au moins un qui n’est pas un chiffre.",
    en: "Enter 1 to 50 characters on one line, including at least one non-digit.")
  private static let topicSentence = Sentence(
    fr: "500 caractères maximum, sur une seule ligne.", en: "500 characters maximum, on one line.")
  static let booleanSentence = Sentence(fr: "Indiquez true ou false.", en: "Use true or false.")
}
