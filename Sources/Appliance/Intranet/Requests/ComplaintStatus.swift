import HTTP

/// The status of a request.
enum ComplaintStatus: String, Sendable, CaseIterable {
  case open
  case inProgress = "in_progress"
  case resolved, closed

  /// The statuses that may follow.
  var next: [ComplaintStatus] {
    switch self {
    case .open: [.inProgress]
    case .inProgress: [.resolved, .open]
    case .resolved: [.closed, .inProgress]
    case .closed: [.inProgress]
    }
  }

  /// Whether the request still needs work.
  var isPending: Bool { self == .open || self == .inProgress }

  var label: Sentence {
    switch self {
    case .open: Sentence(fr: "Ouverte", en: "Open")
    case .inProgress: Sentence(fr: "En cours", en: "In progress")
    case .resolved: Sentence(fr: "Résolue", en: "Resolved")
    case .closed: Sentence(fr: "Close", en: "Closed")
    }
  }

  static let schema = Schema.enumeration(allCases.map(\.rawValue))

  /// Reads the status in a body; nil when there is none. Throws 400.
  static func read(_ body: JSONValue) throws(Failure) -> ComplaintStatus? {
    guard let value = body["status"] else { return nil }
    guard let status = value.string.flatMap(ComplaintStatus.init(rawValue:)) else {
      let words = allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid([
        FieldError(
          "status", "UNKNOWN_CHOICE",
          Sentence(fr: "Choisissez parmi : \(words).", en: "Choose one of: \(words)."))
      ])
    }
    return status
  }

  /// 409 with the statuses that are allowed.
  static func refusal(from old: ComplaintStatus, to new: ComplaintStatus, allowed: [ComplaintStatus])
    -> Failure
  {
    let (french, english) = (allowed.map(\.label.fr), allowed.map(\.label.en))
    let sentence = Sentence(
      fr: "De « \(old.label.fr) », une demande ne peut devenir que : \(french.joined(separator: ", ")).",
      en: "From “\(old.label.en)” a request can only become: \(english.joined(separator: ", ")).")
    return Failure(
      409, "TRANSITION_NOT_ALLOWED", sentence,
      errors: [FieldError("status", "TRANSITION_NOT_ALLOWED", sentence)],
      details: [
        ("from", .string(old.rawValue)), ("to", .string(new.rawValue)),
        ("allowed", .array(allowed.map { .string($0.rawValue) })),
      ])
  }
}
