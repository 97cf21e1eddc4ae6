import Glibc
import Hypervisor
import Store

/// Identifies the current boot of the host.
enum HostBoot {
  /// The kernel's boot id; nil for a remote host and for the test driver.
  @Sendable static func current(of host: Host) -> String? {
    guard host.isLocal, !host.isTestDriver else { return nil }
    let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 64)
    let count = read(file, &text, text.count)
    return count < 36 ? nil : String(decoding: text.prefix(36), as: UTF8.self)
  }
}

extension MachineLifecycle {
  /// After a reboot of the host, starts the machines that were running before.
  ///
  /// Applies to machines whose stop neither we nor libvirt recorded; machines shut down or stopped since the
  /// boot are left alone. The boot id is stored in the same transaction as the jobs, so that each boot is
  /// handled once.
  func startAgain() async throws {
    guard let boot = boot(base.host) else { return }
    let uri = base.host.uri
    try await base.truth.hold {
      let (last, running) = try await base.database.read { connection in
        (
          try connection.first("SELECT boot FROM host_boots WHERE uri = ?", uri) { $0.text(0) },
          try connection.query(
            "SELECT \(Machine.columns) FROM machines WHERE status = 'running'", map: Machine.init)
        )
      }
      guard last != boot else { return }
      var lost: [Machine] = []
      if last != nil {
        for machine in running where try await base.host.wasFoundOff(machine.uuid) { lost.append(machine) }
      }
      try await base.database.write { [self, lost] tx in
        for machine in lost { try start(machine, in: tx) }
        try tx.execute(
          "INSERT INTO host_boots (uri, boot) VALUES (?, ?) ON CONFLICT DO UPDATE SET boot = excluded.boot",
          uri, boot)
      }
    }
  }

  private func start(_ machine: Machine, in tx: Transaction) throws {
    guard try JobQueue.unfinished(ofMachine: machine.id, in: tx) == nil else { return }
    let changed = try tx.execute(
      "UPDATE machines SET status = 'stopped', updated_at = ? WHERE id = ? AND status = 'running'", tx.now,
      machine.id)
    guard changed > 0 else { return }
    _ = try base.queue.enqueue(
      PowerMachine.kind(.start), machine: machine.id, user: machine.userID, in: tx)
    try base.broadcast.changed(machine.id, in: tx)
  }
}
