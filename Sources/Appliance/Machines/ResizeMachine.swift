import HTTP
import Hypervisor
import Store

/// Changes a machine's cores and memory and enlarges its disk. A running machine is shut down and started
/// again.
struct ResizeMachine: JobKind {
  /// The new sizes, and whether the machine was running at the time of the request.
  struct Sizes: Sendable {
    let vcpu: Int
    /// In MB.
    let memory: Int
    /// In GB.
    let diskSize: Int
    let wasRunning: Bool

    /// The text stored in the job's row.
    var arguments: String {
      var json = JSONWriter()
      json.object { json in
        json.field("vcpu", vcpu)
        json.field("memory", memory)
        json.field("diskSize", diskSize)
        json.field("wasRunning", wasRunning)
      }
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }

  let base: MachineOperations

  let name = MachineOperations.resize
  let steps = ["stop", "resize", "start"]

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    guard let sizes = Sizes(arguments: context.job.arguments) else {
      throw JobFailure(code: "INTERNAL")
    }
    let domain = machine.uuid
    // Without changes the machine is not stopped.
    if context.job.step.isEmpty, sizes.areThose(of: machine) {
      return try await base.observe(machine.id, isUpdated: true)
    }

    try await context.step("stop")
    // Checked before stopping the machine: the disk may be unable to grow.
    let isGrowing = sizes.diskSize > machine.diskSize
    if isGrowing {
      try await base.host.checkDisk(domain, pool: base.pool, growsTo: sizes.diskSize)
    }
    // A saved machine is restored first and then shut down normally.
    if try await base.host.isSaved(domain) {
      try await base.prepareStart(of: machine)
      try await base.host.start(domain)
    }
    try await base.shutDown(domain, context)

    try await context.step("resize")
    // The disk comes first, because it may fail and cannot be undone.
    if isGrowing {
      try await base.host.resizeDisk(domain, pool: base.pool, capacityGB: sizes.diskSize)
      try await base.update(machine.id) { tx in
        try tx.execute(
          "UPDATE machines SET disk_size = ?, updated_at = ? WHERE id = ?", sizes.diskSize, tx.now, machine.id
        )
      }
    }
    try await base.host.reconfigure(domain, vcpu: sizes.vcpu, memoryMB: sizes.memory)

    try await context.step("start")
    if sizes.wasRunning {
      try await base.prepareStart(of: machine)
      if try await base.host.state(domain) == .stopped { try await base.host.start(domain) }
      let address = try await base.address(of: machine, context, seconds: CreateMachine.addressLimit)
      _ = try await base.forward(machine, to: address)
    }
    try await finish(machine, sizes, context)
  }

  /// Until here the row keeps the old sizes, which `undo` restores.
  private func finish(_ machine: Machine, _ sizes: Sizes, _ context: JobContext) async throws {
    try await base.update(machine.id) { tx in
      try tx.execute(
        "UPDATE machines SET vcpu = ?, memory = ?, updated_at = ? WHERE id = ?",
        sizes.vcpu, sizes.memory, tx.now, machine.id)
    }
    try await base.observe(machine.id, isUpdated: true)
    try await context.succeed { tx in
      try base.broadcast.changed(machine.id, in: tx)
      guard let account = try Account.find(machine.userID, in: tx) else { return }
      try base.outbox.enqueue(
        .machineUpdated(
          name: account.name, machine: machine.name,
          size: .init(vcpu: sizes.vcpu, memoryMB: sizes.memory, diskGB: sizes.diskSize)), to: account, in: tx)
    }
  }

  /// Restores the old sizes and starts the machine if it was running; an enlarged disk stays.
  func undo(_ context: JobContext) async throws {
    let machine: Machine
    do { machine = try await base.machine(context.job) } catch is JobFailure { return }
    guard machine.status == .updating else { return }
    let domain = machine.uuid
    if try await base.host.state(domain) == .stopped {
      try await base.host.reconfigure(domain, vcpu: machine.vcpu, memoryMB: machine.memory)
      if Sizes(arguments: context.job.arguments)?.wasRunning == true {
        // If it cannot start it stays stopped; its owner sees that and can start it.
        do {
          try await base.prepareStart(of: machine)
          try await base.host.start(domain)
        } catch is JobFailure {
        } catch let error as HypervisorError where error.code != .unreachable {
        }
      }
    }
    try await base.observe(machine.id, isUpdated: true)
  }

  /// Called when the undo failed as well: the next comparison with libvirt corrects the row.
  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    guard let id = job.machineID else { return }
    try tx.execute(
      "UPDATE machines SET status = 'stopped', updated_at = ? WHERE id = ? AND status = 'updating'", tx.now,
      id)
    try base.broadcast.changed(id, in: tx)
    try base.notifications.failed("resize", ofMachine: id, code: code, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineOperations.verdict(on: error) }
}

extension ResizeMachine.Sizes {
  func areThose(of machine: Machine) -> Bool {
    vcpu == machine.vcpu && memory == machine.memory && diskSize == machine.diskSize
  }

  init?(arguments: String) {
    guard let json = JSONValue(parsing: arguments), let vcpu = json["vcpu"]?.int,
      let memory = json["memory"]?.int, let diskSize = json["diskSize"]?.int
    else { return nil }
    self.init(
      vcpu: vcpu, memory: memory, diskSize: diskSize, wasRunning: json["wasRunning"]?.bool ?? false)
  }
}
