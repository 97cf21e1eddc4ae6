import HTTP
import Hypervisor
import Store

/// Gives a machine more or fewer cores and memory, and a larger disk. A running one is shut down for
/// it and started again.
struct ResizeMachine: JobKind {
  /// The sizes to reach, and whether the machine ran when it was asked.
  struct Sizes: Sendable {
    let vcpu: Int
    /// MB.
    let memory: Int
    /// GB.
    let diskSize: Int
    let wasRunning: Bool

    /// As the job's row keeps them.
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
    // Nothing to change is no reason to stop a machine.
    if context.job.step.isEmpty, sizes.areThose(of: machine) {
      return try await base.observe(machine.id, isUpdated: true)
    }

    try await context.step("stop")
    // A disk that cannot grow is no reason to stop a machine either.
    let isGrowing = sizes.diskSize > machine.diskSize
    if isGrowing {
      try await base.host.checkDisk(domain, pool: base.pool, growsTo: sizes.diskSize)
    }
    // What lies on the disk of a saved machine is taken up first, and shut down as any other.
    if try await base.host.isSaved(domain) {
      try await base.prepareStart(of: machine)
      try await base.host.start(domain)
    }
    try await base.shutDown(domain, context)

    try await context.step("resize")
    // The disk first: it is what may fail, and what cannot be taken back.
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

  /// Until here the row has the sizes that the machine goes back to when something fails.
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

  /// A machine that could not be resized is what it was, and runs if it ran; a disk that grew stays so.
  func undo(_ context: JobContext) async throws {
    let machine: Machine
    do { machine = try await base.machine(context.job) } catch is JobFailure { return }
    guard machine.status == .updating else { return }
    let domain = machine.uuid
    if try await base.host.state(domain) == .stopped {
      try await base.host.reconfigure(domain, vcpu: machine.vcpu, memoryMB: machine.memory)
      if Sizes(arguments: context.job.arguments)?.wasRunning == true {
        // Where it cannot start it stays stopped, and its person can see that and start it.
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

  /// Where the undo was given up, too: the next comparison with libvirt puts it right.
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
