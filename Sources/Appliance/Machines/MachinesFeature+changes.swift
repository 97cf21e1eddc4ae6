import HTTP
import Store

extension MachinesFeature {
  func act(_ request: Request) async throws -> Response {
    let machine = try await base.machine(for: request)
    guard let action = (try request.json()["action"]?.string).flatMap(PowerMachine.Action.init) else {
      throw Failure.invalid([
        FieldError(
          field: "action", code: "UNKNOWN_ACTION",
          sentence: Sentence(
            fr: "Choisissez start, stop, reboot, force-stop, pause ou resume.",
            en: "Choose start, stop, reboot, force-stop, pause or resume."))
      ])
    }
    if action == .start, base.standing.obstacle != nil { throw Failure.hostNotReady }
    if action == .resume { try await base.checkRoom(for: machine) }
    let user = try request.account().id
    let job = try await base.database.write { [self] tx in
      if action == .forceStop { try base.queue.giveWay(machine.id, in: tx) }
      let current = try Self.idle(machine.id, in: tx)
      guard action.isPossible(in: current.status) else { throw Failure.wrongMachineState(current.status) }
      let job = try base.queue.enqueue(
        PowerMachine.kind(action), machine: machine.id, user: current.userID == user ? user : current.userID,
        priority: .high, in: tx)
      try base.broadcast.changed(machine.id, in: tx)
      return job
    }
    return accepted(
      Sentence(fr: "Action demandée : \(action.rawValue).", en: "Requested: \(action.rawValue)."),
      id: machine.id, name: machine.name, status: machine.status, job: job, request)
  }

  func resize(_ request: Request) async throws -> Response {
    let machine = try await base.machine(for: request)
    let body = try request.json()
    let resources = resources.now()
    var errors: [FieldError] = []
    func size(_ field: String, _ present: Int, _ bounds: ClosedRange<Int>) -> Int {
      body[field] == nil || body[field] == .null ? present : NewMachine.size(field, body, bounds, &errors)
    }
    let vcpu = size("vcpu", machine.vcpu, 1...max(1, resources.cores))
    let memory = size("memory", machine.memory, 512...max(512, resources.memoryTotal))
    let disk = size("disk_size", machine.diskSize, machine.diskSize...max(machine.diskSize, 16_384))
    if !errors.isEmpty { throw Failure.invalid(errors) }
    let room = room(resources)
    let job = try await base.database.write { [self] tx in
      let current = try Self.idle(machine.id, in: tx)
      guard current.status.isSettled else { throw Failure.wrongMachineState(current.status) }
      try quotas.checkResized(current, cores: vcpu, memory: memory, disk: disk, in: tx)
      try room?.check(Room.Size(vcpu: vcpu, memory: memory, disk: disk), of: current, in: tx)
      let sizes = ResizeMachine.Sizes(
        vcpu: vcpu, memory: memory, diskSize: disk, wasRunning: current.status != .stopped)
      try tx.execute(
        "UPDATE machines SET status = 'updating', updated_at = ? WHERE id = ?", tx.now, machine.id)
      let job = try base.queue.enqueue(
        MachineOperations.resize, machine: machine.id, user: current.userID, arguments: sizes.arguments,
        in: tx)
      try base.broadcast.changed(machine.id, in: tx)
      return job
    }
    return accepted(
      Sentence(fr: "La machine est en cours de modification.", en: "The machine is being updated."),
      id: machine.id, name: machine.name, status: .updating, job: job, request)
  }

  /// Possible in every state; jobs in progress are cancelled and undone first.
  func delete(_ request: Request) async throws -> Response {
    let machine = try await base.machine(for: request)
    let actor = try request.account()
    let job = try await base.database.write { [self] tx in
      let asked = try base.deletion.request(machine.id, in: tx)
      if asked.isNew {
        try Audit.record(.machineDeleted, actor: actor, on: .machine(machine), request: request, in: tx)
      }
      return asked.job
    }
    return accepted(
      Sentence(
        fr: "La machine « \(machine.name) » est en cours de suppression.",
        en: "The machine \"\(machine.name)\" is being deleted."),
      id: machine.id, name: machine.name, status: .deleting, job: job, request)
  }

  func key(_ request: Request) async throws -> Response {
    let reader = try request.interactive().account
    let machine = try await base.machine(for: request)
    guard machine.userID == reader.id else { throw Failure.notYourMachine }
    guard let sealed = machine.sealedKey,
      let text = MachineKey.text(sealed, machine: machine.id, vault: base.vault)
    else { throw Failure.noPrivateKey }
    let fileName = MachineKey.fileName(machine.name)
    if try request.query.flag("download") {
      var response = Response.bytes(Array(text.utf8), contentType: "application/x-pem-file")
      response.headers.append(("Content-Disposition", "attachment; filename=\"\(fileName)\""))
      return response
    }
    return .json { json in
      json.object { json in
        json.field("filename", fileName)
        json.field("key", text)
      }
    }
  }

  /// The machine's row, if no job is working on it except jobs asked to stop. Throws 404 or 409.
  private static func idle(_ id: Int64, in tx: Transaction) throws -> Machine {
    guard let machine = try Machine.find(id, in: tx) else { throw Failure.machineNotFound }
    if machine.status == .error { throw Failure.machineInError }
    if try JobQueue.allUnfinished(ofMachine: id, in: tx).contains(where: { !$0.isCancelled }) {
      throw Failure.machineBusy
    }
    return machine
  }
}
