import HTTP
import Synchronization

/// What is wrong with the host as a place for machines, as far as is known now.
final class HostStanding: Sendable {
  /// Who found the problem; each says all that it sees, and so takes back what has gone.
  enum Source: CaseIterable, Sendable { case preparation, isolation, firewalls, ports }

  private struct State {
    var isPrepared = false
    var problems: [Source: [HostProblem]] = [:]
  }

  private let state = Mutex(State())
  private let log: Log

  init(log: Log) { self.log = log }

  /// Whether the network, the pool and the rules of our name are known to be ours.
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

  /// Why no machine can be made or started; nil where that is possible.
  var obstacle: HostProblem? { problems.first(where: \.isBlocking) }

  /// Replaces what one source sees; what is new, and what has gone, is logged once.
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
