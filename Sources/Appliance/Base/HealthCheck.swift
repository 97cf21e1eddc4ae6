import HTTP

/// Something that an installation needs to work well, and how to find out whether it does: the hypervisor, the disk,
/// outgoing mail. What looks after a further thing adds one file with such a value, and one line in
/// `Appliance.healthChecks`.
struct HealthCheck: Sendable {
  enum State: String, Sendable, CaseIterable, Comparable {
    case ok, attention, broken

    /// As a number for metrics and exit statuses: 0, 1 or 2.
    var level: Int32 {
      switch self {
      case .ok: 0
      case .attention: 1
      case .broken: 2
      }
    }

    static func < (a: State, b: State) -> Bool { a.level < b.level }
  }

  /// A number that a check finds, as a metric.
  struct Figure: Sendable {
    let name: StaticString
    let help: StaticString
  }

  /// The name in the API, in metrics and in commands.
  let name: String
  let title: Sentence
  let figures: [Figure]
  /// Whether it can be looked at without the running daemon.
  let worksOffline: Bool
  private let look: @Sendable () async throws -> HealthFinding

  init(
    _ name: String, _ title: Sentence, figures: [Figure] = [], worksOffline: Bool = true,
    look: @escaping @Sendable () async throws -> HealthFinding
  ) {
    self.name = name
    self.title = title
    self.figures = figures
    self.worksOffline = worksOffline
    self.look = look
  }

  /// What is found now. An error is a finding, too.
  func finding() async -> HealthFinding {
    do { return try await look() } catch { return .failed(error) }
  }
}
