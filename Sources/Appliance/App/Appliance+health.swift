extension Appliance {
  /// What must be well, in the order in which it is shown. A further check is one line here.
  var healthChecks: [HealthCheck] {
    [
      .hypervisor(host), .firewall(forwarding, standing), .network(standing), .pool(standing),
      .images(machines.images.library),
      .disk(resources, database, clock: clock), .writing(database), .database(database),
      .mail(database, clock: clock, isLocal: outbox.isLocal),
      .jobs(database, clock: clock), .clientErrors(database, clock: clock),
      .certificate(site, clock: clock), .version(),
    ]
  }

  /// What support needs to know about this installation.
  func report(_ health: Health, isRunning: Bool) -> SupportReport {
    SupportReport(
      site: site, clock: clock, log: log, database: database, host: host, health: health,
      isRunning: isRunning)
  }

  /// The commands that work beside the running daemon as without it.
  func commands(_ health: Health, isRunning: Bool) -> [String: CommandAnswer.Command] {
    let rescue = Rescue(
      database: database, vault: vault, sessions: sessions, passwords: passwords, attempts: attempts,
      outbox: outbox, links: PasswordLink(site: site, outbox: outbox))
    let check = InstallationCheck(
      database: database, orphans: isRunning ? HostOrphans(base: machines) : nil)
    let report = report(health, isRunning: isRunning)
    return [
      RemoveDemoCommand.syntax.name: { _ in CommandAnswer(try await RemoveDemoCommand.lines(self)) },
      DoctorCommand.syntax.name: { _ in
        DoctorCommand.answer(await health.results(), isRunning: isRunning)
      },
      ResetPasswordCommand.syntax.name: { try await rescue.resetPassword($0) },
      UnlockUserCommand.syntax.name: { try await rescue.unlock($0) },
      DisableTOTPCommand.syntax.name: { try await rescue.disableTOTP($0) },
      CheckCommand.syntax.name: { try await check.answer($0) },
      ReportCommand.syntax.name: { _ in try await ReportCommand.answer(report) },
    ]
  }
}
