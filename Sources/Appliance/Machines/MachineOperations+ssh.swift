import Hypervisor
import Store

extension MachineOperations {
  /// How long a guest with an address may take until its SSH server answers: 10 minutes, in seconds.
  static let sshLimit = 600
  /// The same where we may have no way to the guest, after which its address stands in for the proof.
  static let unprovenSSHLimit = 120

  /// Waits until the machine's SSH server has said its banner. Its seed lets that come only when the accounts were
  /// seen to and the disk has what was written, so that the machine can be entered, and lives through a power cut.
  ///
  /// Simulated machines have no server. Throws `JobFailure` where it never comes on a network of our own.
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

  /// A guest in which the person's user could not be made says so: root is named to them instead.
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
