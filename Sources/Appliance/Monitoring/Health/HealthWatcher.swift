import HTTP
import Synchronization

/// Tells the pages of administrators when the state of a check changes, and writes it into the log.
final class HealthWatcher: Sendable {
  private let health: Health
  private let hub: Hub
  private let log: Log
  private let known = Mutex<[String: HealthCheck.State]>([:])

  init(health: Health, hub: Hub, log: Log) {
    self.health = health
    self.hub = hub
    self.log = log
  }

  @discardableResult
  func look() async -> [HealthResult] {
    let results = await health.results()
    let states = Dictionary(
      results.map { ($0.check.name, $0.finding.state) }, uniquingKeysWith: { first, _ in first })
    let before = known.withLock { known in
      defer { known = states }
      return known
    }
    guard states != before else { return results }
    for result in results { note(result, before: before[result.check.name] ?? .ok) }
    announce(HealthSummary(results))
    return results
  }

  private func note(_ result: HealthResult, before: HealthCheck.State) {
    let state = result.finding.state
    guard state != before else { return }
    log.write(state == .ok ? .info : .warn, "health") { line in
      line.field("check", result.check.name)
      line.field("state", state.rawValue)
      line.field("message", result.finding.sentence(.en))
    }
  }

  /// A socket of an API token may have fewer rights than its account.
  private func announce(_ summary: HealthSummary) {
    let frame = Frame(text: Frames.encode("HEALTH", payload: summary.write))
    hub.sendToAll(frame) { $0.role == .admin }
  }
}
