import HTTP
import Store

extension HealthCheck {
  private static let day: Int64 = 24 * 3600 * 1000

  /// Jobs that failed in the last day. One that a person cancelled has not failed.
  static func jobs(_ database: Database, clock: Clock) -> HealthCheck {
    HealthCheck("jobs", Sentence(fr: "Tâches", en: "Jobs")) {
      let since = clock.now() - day
      let failed = try await database.read { connection in
        try connection.query(failedJobs, since) { (kind: $0.text(0), count: $0.int(1)) }
      }
      let count = failed.reduce(0) { $0 + $1.count }
      guard count > 0 else {
        return .ok(Sentence(fr: "Aucun échec depuis 24 h.", en: "No failures in the last 24 hours."))
      }
      let kinds = failed.map { "\($0.kind) × \($0.count)" }.joined(separator: ", ")
      return .attention(
        Sentence(
          fr: "Échecs depuis 24 h : \(count) (\(kinds)).",
          en: "Failed in the last 24 hours: \(count) (\(kinds))."),
        advice: Sentence(
          fr: "La raison figure dans les journaux et sur la page de chaque machine.",
          en: "The reason is in the logs and on the page of each machine."))
    }
  }

  static let failedJobs = """
    SELECT kind, count(*) FROM jobs
    WHERE finished_at >= ? AND status = 'failed' AND error_code IS NOT 'CANCELLED' GROUP BY kind
    """

  /// Errors that pages and desktop clients reported in the last day.
  static func clientErrors(_ database: Database, clock: Clock) -> HealthCheck {
    HealthCheck(
      "client_errors", Sentence(fr: "Erreurs des pages", en: "Page errors"),
      figures: [
        Figure(
          name: "obox_client_errors_last_day", help: "Distinct errors that clients reported in the last day")
      ]
    ) {
      let since = clock.now() - day
      let count = try await database.read { try $0.scalar(reported, since) ?? 0 }
      return found(Int(clamping: count)).on(page: "/client-errors")
        .with("obox_client_errors_last_day", Double(count))
    }
  }

  static let reported = "SELECT count(*) FROM client_errors WHERE last_at >= ?"

  private static func found(_ count: Int) -> HealthFinding {
    guard count > 0 else {
      return .ok(Sentence(fr: "Aucune depuis 24 h.", en: "None in the last 24 hours."))
    }
    return .attention(
      Sentence(
        fr: "Erreurs différentes depuis 24 h : \(count).",
        en: "Distinct errors in the last 24 hours: \(count)."),
      advice: Sentence(
        fr: "Vérifiez que les postes utilisent la version actuelle.",
        en: "Check that workstations run the current version."))
  }
}
