import HTTP
import Synchronization

/// The currently known problems of the host.
final class HostStanding: Sendable {
  /// A component that detects problems. Each reports all its current problems, which replaces its previous
  /// report.
  enum Source: CaseIterable, Sendable { case preparation, isolation, firewalls, ports }

  private struct State {
    var isPrepared = false
    var problems: [Source: [HostProblem]] = [:]
  }

  private let state = Mutex(State())
  private let log: Log

  init(log: Log) { self.log = log }

  /// Whether network, pool and firewall tables of our name are known to be ours.
  var isOurs: Bool {
    state.withLock { state in
      state.isPrepared
        && !(state.problems[.preparation] ?? []).contains { if case .nameTaken = $0 { true } else { false } }
    }
  }

  var isPrepared: Bool { state.withLock { $0.isPrepared } }

  var problems: [HostProblem] {
    state.withLock { state in Source.allCases.flatMap { state.problems[$0] ?? [] } }
  }

  /// The problem that prevents machines from being created or started; nil when there is none.
  var obstacle: HostProblem? { problems.first(where: \.isBlocking) }

  /// Replaces the problems of one source; logs each problem once when it appears and once when it is gone.
  func note(_ problems: [HostProblem], from source: Source) {
    let before = state.withLock { state in
      defer { state.problems[source] = problems }
      if source == .preparation { state.isPrepared = true }
      return state.problems[source] ?? []
    }
    for problem in problems where !before.contains(problem) {
      log.error("host") { line in
        line.field("problem", problem.code)
        line.field("message", problem.sentence(.en))
        if let command = problem.command { line.field("command", command) }
      }
    }
    for problem in before where !problems.contains(problem) {
      log.info("host") { $0.field("solved", problem.code) }
    }
  }
}
