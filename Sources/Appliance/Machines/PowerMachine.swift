import Hypervisor
import Store

/// Starts, stops, reboots, pauses or resumes a machine. The state shown is the one that libvirt reports.
struct PowerMachine: JobKind {
  enum Action: String, CaseIterable, Sendable {
    case start, stop, reboot
    case forceStop = "force-stop"
    case pause, resume

    /// Whether the action is valid in this status.
    func isPossible(in status: Machine.Status) -> Bool {
      switch self {
      case .start: status == .stopped
      case .stop, .forceStop: status == .running || status == .paused
      case .reboot, .pause: status == .running
      case .resume: status == .paused
      }
    }
  }

  /// Time for a guest to shut down before it is stopped by force, in seconds.
  static let shutdownLimit = 90

  let base: MachineOperations
  let action: Action

  var name: String { Self.kind(action) }
  var steps: [String] { [action.rawValue] }

  static func kind(_ action: Action) -> String { "machine.\(action.rawValue)" }

  /// Whether a forced stop may cancel a job of this kind, because it creates nothing that must be undone.
  static func givesWay(_ kind: String) -> Bool {
    Action.allCases.contains { $0 != .forceStop && Self.kind($0) == kind }
  }

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    let domain = machine.uuid
    try await context.step(action.rawValue)
    switch action {
    case .start: try await start(machine, domain, context)
    case .stop: try await base.shutDown(domain, context)
    case .reboot: try await base.host.reboot(domain)
    case .forceStop: if try await base.host.state(domain) != .stopped { try await base.host.destroy(domain) }
    case .pause: if try await base.host.state(domain) == .running { try await base.host.suspend(domain) }
    case .resume: if try await base.host.state(domain) == .paused { try await base.resume(machine) }
    }
    try await base.observe(machine.id)
    try await context.succeed { [base] tx in
      try base.broadcast.changed(machine.id, in: tx)
    }
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    guard let id = job.machineID else { return }
    try base.broadcast.changed(id, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineOperations.verdict(on: error) }

  private func start(_ machine: Machine, _ domain: String, _ context: JobContext) async throws {
    try await base.prepareStart(of: machine)
    if try await base.host.state(domain) == .stopped { try await base.host.start(domain) }
    let address = try await base.address(of: machine, context, seconds: CreateMachine.addressLimit)
    _ = try await base.forward(machine, to: address)
  }
}

extension JobQueue {
  /// Cancels the power jobs of a machine, unless a job of another kind is in progress.
  func giveWay(_ machine: Int64, in tx: Transaction) throws {
    let jobs = try Self.allUnfinished(ofMachine: machine, in: tx)
    if !jobs.isEmpty, jobs.allSatisfy({ PowerMachine.givesWay($0.kind) }) {
      try cancelAll(ofMachine: machine, in: tx)
    }
  }
}

extension MachineOperations {
  /// Asks the guest to shut down, and stops it by force after a deadline.
  func shutDown(_ domain: String, _ context: JobContext) async throws {
    if let pause = try await host.pauseReason(domain) {
      // A machine paused by a disk error cannot write, and so cannot shut down.
      if pause != .asked { return try await host.destroy(domain) }
      try await host.resume(domain)
    }
    guard try await host.state(domain) == .running else { return }
    try await host.shutdown(domain)
    // Some guests miss the first power button event while they boot.
    for part in 1...3 {
      if try await wait(
        context, for: domain, seconds: PowerMachine.shutdownLimit / 3, until: { $0 != .running })
      {
        if try await host.state(domain) == .paused { break }
        return
      }
      context.progress("stop", Double(part) / 3)
      if part < 3 { try? await host.shutdown(domain) }
    }
    try await host.destroy(domain)
  }
}
