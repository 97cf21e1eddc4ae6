import HTTP

/// `obox doctor`: says whether all is well, and what to do. The exit status is 0, 1 when there is something to look at,
/// and 2 when something is broken.
enum DoctorCommand {
  static let syntax = CommandSyntax(
    name: "doctor", summary: "Check whether all is well.", options: [SiteOptions.data, SiteOptions.config])

  static let question: JSONValue = ["command": .string(syntax.name)]

  static func answer(_ results: [HealthResult], isRunning: Bool) -> CommandAnswer {
    let all = isRunning ? results : [stopped] + results
    let summary = HealthSummary(all)
    return CommandAnswer(all.lines(), status: summary.state.level, message: summary.sentence)
  }

  /// What only the running daemon can see is left out.
  private static let stopped = HealthResult(
    check: HealthCheck("daemon", Sentence(fr: "Service", en: "Service")) { notRunning },
    finding: notRunning)

  private static let notRunning = HealthFinding.attention(
    Sentence(
      fr: "OBox est arrêté : l’hyperviseur, le réseau et le pare-feu ne sont pas vérifiés.",
      en: "OBox is not running: hypervisor, network and firewall are not checked."),
    advice: Sentence(fr: "Démarrez OBox.", en: "Start OBox."), command: "systemctl start obox")
}
