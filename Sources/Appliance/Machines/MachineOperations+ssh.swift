import Hypervisor
import Store

extension MachineOperations {
  /// Time limit for the SSH server of a guest with an address: 10 minutes, in seconds.
  static let sshLimit = 600
  /// Time limit when the guest may be unreachable from here; afterwards the machine counts as ready without
  /// the check.
  static let unprovenSSHLimit = 120

  /// Waits for the machine's SSH banner. The seed delays the SSH server until the accounts have been checked
  /// and the disk has been synced, so that the machine is usable and survives a power cut.
  ///
  /// Returns at once for simulated machines. Throws `JobFailure` when the banner never comes on our own
  /// network.
  func waitForSSH(_ machine: Machine, at address: String, _ context: JobContext) async throws {
    guard !host.isTestDriver, let address = IPv4Address(address) else { return }
    let isOurs = site.configuration.networkBridge == nil && host.isLocal
    let limit = isOurs ? Self.sshLimit : Self.unprovenSSHLimit
    let begin = ContinuousClock.now
    while true {
      if let banner = try await SSHBanner.read(from: address) { return try await heard(banner, machine) }
      let waited = begin.duration(to: .now)
      guard waited < .seconds(limit) else { break }
      context.progress("ssh", Double(waited.components.seconds) / Double(limit))
      guard try await host.state(machine.uuid) == .running else { throw try await stopped(machine) }
      try await Task.sleep(for: .milliseconds(500))
      try await context.checkCancelled()
    }
    if isOurs { throw JobFailure(code: "NO_SSH") }
  }

  /// Handles a banner that says that the person's user could not be created: stores root as the login name.
  private func heard(_ banner: String, _ machine: Machine) async throws {
    guard banner.contains(CloudInit.rootOnly) else { return }
    log.warn("machines") { line in
      line.field("machine", machine.id)
      line.field("user", "not created: root only")
    }
    try await update(machine.id) { tx in
      try tx.execute("UPDATE machines SET ssh_user = 'root' WHERE id = ?", machine.id)
    }
  }
}
