import HTTP

/// What a health check has found: the state, a sentence, and what to do.
struct HealthFinding: Sendable {
  var state: HealthCheck.State
  var sentence: Sentence
  /// What to do about it.
  var advice: Sentence?
  /// A shell command for root that mends it.
  var command: String?
  /// The message of another program. It may name people and addresses, so it is in no report.
  var detail: String?
  /// The path of the page with more about it.
  var page: String?
  /// Values by the names of the check's figures; one that is missing is unknown.
  var values: [String: Double] = [:]

  init(_ state: HealthCheck.State, _ sentence: Sentence, advice: Sentence? = nil, command: String? = nil) {
    self.state = state
    self.sentence = sentence
    self.advice = advice
    self.command = command
  }

  static func ok(_ sentence: Sentence) -> HealthFinding { HealthFinding(.ok, sentence) }

  static func attention(
    _ sentence: Sentence, advice: Sentence? = nil, command: String? = nil
  ) -> HealthFinding {
    HealthFinding(.attention, sentence, advice: advice, command: command)
  }

  static func broken(_ sentence: Sentence, advice: Sentence? = nil, command: String? = nil) -> HealthFinding {
    HealthFinding(.broken, sentence, advice: advice, command: command)
  }

  /// For a check that could not be made.
  static func failed(_ error: any Error) -> HealthFinding {
    var finding = attention(
      Sentence(fr: "La vérification a échoué.", en: "The check failed."),
      advice: Sentence(fr: "Consultez les journaux d’OBox.", en: "See the OBox logs."))
    finding.detail = "\(error)"
    return finding
  }

  /// For a check that takes too long, such as one of a network disk that hangs.
  static let silent = attention(
    Sentence(fr: "Pas de réponse.", en: "No answer."),
    advice: Sentence(
      fr: "Vérifiez que les disques et les services de l’hôte répondent.",
      en: "Check that the host’s disks and services respond."))

  /// The same with the message of another program.
  func detailed(_ text: String?) -> HealthFinding {
    var finding = self
    finding.detail = text
    return finding
  }

  /// The same with the page that says more.
  func on(page: String) -> HealthFinding {
    var finding = self
    finding.page = page
    return finding
  }

  /// The same with the value of a figure; nil is unknown.
  func with(_ name: String, _ value: Double?) -> HealthFinding {
    var finding = self
    finding.values[name] = value
    return finding
  }
}
