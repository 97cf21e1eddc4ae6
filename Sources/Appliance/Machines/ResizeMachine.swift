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
      json.beginObject()
      json.field("vcpu", vcpu)
      json.field("memory", memory)
      json.field("diskSize", diskSize)
      json.field("wasRunning", wasRunning)
      json.endObject()
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }

  let base: MachineJob

  let name = MachineJob.resize
  let steps = ["stop", "resize", "start"]

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    guard let sizes = Sizes(arguments: context.job.arguments) else {
      throw JobFailure(code: "INTERNAL")
    }
    let domain = machine.domain(prefix: base.prefix)

    try await context.step("stop")
    try await base.shutDown(domain, context)

    try await context.step("resize")
    try await base.host.reconfigure(domain, vcpu: sizes.vcpu, memoryMB: sizes.memory)
    if sizes.diskSize > machine.diskSize {
      try await base.host.resizeVolume(
        pool: base.pool, name: machine.disk(prefix: base.prefix), capacityGB: sizes.diskSize)
    }
    try await base.update(machine.id) { tx in
      try tx.execute(
        "UPDATE machines SET vcpu = ?, memory = ?, disk_size = ?, updated_at = ? WHERE id = ?",
        sizes.vcpu, sizes.memory, sizes.diskSize, tx.now, machine.id)
    }

    try await context.step("start")
    if sizes.wasRunning {
      if try await base.host.state(domain) == .stopped { try await base.host.start(domain) }
      let address = try await base.address(of: machine, context, seconds: CreateMachine.addressLimit)
      _ = try await base.forward(machine, to: address)
    }
    try await base.settle(machine)
    let appliance = base.appliance
    try await context.succeed { tx in
      guard let account = try Account.find(machine.userID, in: tx) else { return }
      try appliance.outbox.enqueue(
        .machineUpdated(
          name: account.name, machine: machine.name,
          size: .init(vcpu: sizes.vcpu, memoryMB: sizes.memory, diskGB: sizes.diskSize)), to: account, in: tx)
    }
  }

  /// A machine that could not be resized is what libvirt says it is.
  func undo(_ context: JobContext) async throws {
    let machine: Machine
    do { machine = try await base.machine(context.job) } catch is JobFailure { return }
    try await base.settle(machine)
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    guard let id = job.machineID else { return }
    try MachineNews.changed(id, base.appliance, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineJob.verdict(on: error) }
}

extension ResizeMachine.Sizes {
  init?(arguments: String) {
    guard let json = JSONValue(parsing: arguments), let vcpu = json["vcpu"]?.int,
      let memory = json["memory"]?.int, let diskSize = json["diskSize"]?.int
    else { return nil }
    self.init(
      vcpu: vcpu, memory: memory, diskSize: diskSize, wasRunning: json["wasRunning"]?.bool ?? false)
  }
}
