import HTTP

/// How many checks are in which state: what the badge of administrators shows.
struct HealthSummary: Sendable, Equatable {
  let state: HealthCheck.State
  let attention: Int
  let broken: Int

  init(_ results: [HealthResult]) {
    state = results.map(\.finding.state).max() ?? .ok
    attention = results.count { $0.finding.state == .attention }
    broken = results.count { $0.finding.state == .broken }
  }

  static let schema = Schema.members([
    "state": .words(HealthCheck.State.self), "attention": .integer, "broken": .integer,
  ])

  func writeFields(to json: inout JSONWriter) {
    json.field("state", state.rawValue)
    json.field("attention", attention)
    json.field("broken", broken)
  }

  func write(to json: inout JSONWriter) {
    json.object { json in writeFields(to: &json) }
  }

  /// In English, for commands.
  var sentence: String {
    switch (broken, attention) {
    case (0, 0): "all is well"
    case (0, _): "\(attention) to look at"
    case (_, 0): "\(broken) broken"
    default: "\(broken) broken, \(attention) to look at"
    }
  }
}

extension [HealthResult] {
  /// In English, one line for each check and one for what to do, for commands. `isPrivate` leaves out the messages of
  /// other programs.
  func lines(isPrivate: Bool = false) -> [String] {
    flatMap { result in
      let finding = result.finding
      let head = "[\(finding.state.rawValue)] \(result.check.title(.en)): \(finding.sentence(.en))"
      let more = [
        finding.advice?(.en), isPrivate ? nil : finding.command.map { "run: " + $0 },
        isPrivate ? nil : finding.detail.map { "reason: " + $0 },
      ]
      return [head] + more.compactMap { $0.map { "    " + $0 } }
    }
  }
}
