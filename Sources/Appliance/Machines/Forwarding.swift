import HTTP
import Store

/// Public ports that lead to machines: the whole table, made from the machines' rows.
final class Forwarding: Sendable {
  init(site: Site, log: Log) {}
  var isEnabled: Bool { false }
  var reason: Sentence? { nil }
  func apply(_ database: Database) async throws {}
}
