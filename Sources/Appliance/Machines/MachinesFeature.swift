import HTTP
import Hypervisor
import Store

/// Virtual machines of people.
struct MachinesFeature: Feature {
  let base: MachineOperations
  let resources: ResourceMonitor
  let quotas: Quotas
  let deletePerson: DeletePerson
  let library: ImageLibrary
  private let lifecycle: MachineLifecycle

  init(_ base: MachineOperations, resources: ResourceMonitor, quotas: Quotas, deletePerson: DeletePerson) {
    self.base = base
    self.resources = resources
    self.quotas = quotas
    self.deletePerson = deletePerson
    library = base.images.library
    lifecycle = MachineLifecycle(base: base)
  }

  var routes: [Route] {
    [
      .get(
        "/api/vms", .signedIn, "List your machines; all machines for administrators",
        response: .members(["vms": .array(MachineView.schema)]), list
      ).reading(QueryParameter.paging),
      .get(
        "/api/vms/plans", .signedIn, "List the available sizes",
        response: .members(["plans": .array(Plan.schema)]), plans),
      .get("/api/vms/images", .signedIn, "List the available images", response: Self.imagesSchema, images),
      .post(
        "/api/vms", .signedIn, "Create a machine", request: NewMachine.schema, response: Self.acceptedSchema,
        create
      ).checkingKinds(),
      .get(
        "/api/vms/:id", .signedIn, "Get a machine", response: .members(["vm": MachineView.schema]), get),
      .put(
        "/api/vms/:id", .signedIn, "Resize a machine", request: Self.sizes, response: Self.acceptedSchema,
        resize),
      .patch(
        "/api/vms/:id", .signedIn, "Resize a machine", request: Self.sizes, response: Self.acceptedSchema,
        resize),
      .post(
        "/api/vms/:id/action", .signedIn, "Start, stop, reboot, pause or resume a machine",
        request: .members(["action": .words(PowerMachine.Action.self)]), response: Self.acceptedSchema, act),
      .delete(
        "/api/vms/:id", .signedIn, "Delete a machine and its disk", response: Self.acceptedSchema, delete),
      .get(
        "/api/vms/:id/key", .signedIn, "Get the private key (owner only)",
        response: .members(["filename": .string, "key": .string]), key
      ).reading(.flag("download", "1: the key alone, as a file")).producing("application/x-pem-file"),
      .get(
        "/api/host", .signedIn, "Get the state and free capacity of the host", response: Self.hostSchema, host
      ),
    ]
  }

  var jobs: [any JobKind] {
    let power: [any JobKind] = PowerMachine.Action.allCases.map { PowerMachine(base: base, action: $0) }
    return power + [
      CreateMachine(base: base), DeleteMachine(base: base), ResizeMachine(base: base),
      RedefineMachine(base: base),
      ReconcileMachines(base: base, lifecycle: lifecycle), deletePerson,
    ]
  }

  func start() async throws {
    lifecycle.start()
    base.forwarding.start()
  }
  func stop() async {
    await base.forwarding.stop()
    await lifecycle.stop()
    library.stop()
  }

  private static let sizes = Schema.members(
    [:],
    optional: [
      "vcpu": .numberOrText, "memory": .described("MB", .numberOrText),
      "disk_size": .described("GB; growing only", .numberOrText),
    ])

  func view(_ request: Request) -> MachineView {
    MachineView(
      publicIP: base.site.publicIP, isHostReachable: base.host.isConnected,
      isForwarding: base.forwarding.isEnabled, hasConsoles: base.host.hasConsoles, language: request.language)
  }

  /// Returns a function that decrypts the private key; nil unless the reader owns the machine and is signed
  /// in with a session, not a token.
  func keyOpener(owner: Int64, machine: Int64, reader: SignedIn?) -> (([UInt8]) -> String?)? {
    guard let reader, reader.isInteractive, owner == reader.account.id else { return nil }
    return { [vault = base.vault] in MachineKey.text($0, machine: machine, vault: vault) }
  }

  static let ownList =
    MachineView.select + " WHERE m.user_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?"
  static let allList = MachineView.select + " WHERE m.id < ? ORDER BY m.id DESC LIMIT ?"

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let page = try Paging(request)
    let view = view(request)
    let mine = account.role != .admin
    let (bytes, next) = try await base.database.read { [self] connection in
      let jobs = try MachineView.jobs(in: connection)
      var json = JSONWriter(reserve: 32_768)
      var next: Int64?
      try json.object { json in
        try json.array("vms") { json in
          let own: [any Bindable] = mine ? [account.id] : []
          next = try connection.page(
            mine ? Self.ownList : Self.allList, own + [page.before], limit: page.limit,
            weight: { _ in MachineView.mostBytes }
          ) { row in
            let id = row.int64(0)
            let opener = keyOpener(owner: row.int64(1), machine: id, reader: request.signedIn)
            view.write(row, to: &json, job: jobs[id], key: opener)
          }.next
        }
      }
      return (json.bytes, next)
    }
    return .page(next: next, bytes: bytes)
  }

  static let one = MachineView.select + " WHERE m.id = ?"

  /// `{"vm":{…}}`
  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let id = Int64(digits: request.parameter("id")) else { throw Failure.machineNotFound }
    let view = view(request)
    let bytes = try await base.database.read { [self] connection in
      try connection.first(Self.one, id) { row in
        let owner = row.int64(1)
        try Machine.check(owner, isOpenTo: account)
        let opener = keyOpener(owner: owner, machine: id, reader: request.signedIn)
        var json = JSONWriter(reserve: 2048)
        try json.object { json in
          json.key("vm")
          view.write(
            row, to: &json, job: try JobQueue.unfinished(ofMachine: id, in: connection)?.id, key: opener)
        }
        return json.bytes
      }
    }
    guard let bytes else { throw Failure.machineNotFound }
    return .json(200, bytes: bytes)
  }

  /// The host's resources for machines; nil when machines use none.
  func room(_ resources: HostResources) -> Room? {
    Room(
      resources, configuration: base.site.configuration,
      isFree: base.site.isDemo && base.host.isTestDriver)
  }

  private func plans(_ request: Request) async throws -> Response {
    let room = room(resources.now())
    let used = try await base.database.read { try Room.used(in: $0) }
    return .json { json in
      json.object { json in
        json.array("plans") { json in
          for plan in Plan.all {
            plan.write(to: &json, in: request.language, fits: room?.fits(plan, used: used) ?? true)
          }
        }
      }
    }
  }

  private static let imagesSchema = Schema.members([
    "images": .array(
      .members([
        "os_type": .string, "version": .string, "name": .string, "size": .described("bytes", .integer),
      ]))
  ])

  private func images(_ request: Request) async throws -> Response {
    let images = try await library.images()
    return .json { json in
      json.object { json in
        json.array("images") { json in
          for image in images {
            json.object { json in
              json.field("os_type", image.osType)
              json.field("version", image.version)
              json.field("name", image.name)
              json.field("size", image.size)
            }
          }
        }
      }
    }
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try request.account()
    let configuration = base.site.configuration
    try await base.database.read { try AdminMachines.check(account, configuration, in: $0) }
    guard base.standing.obstacle == nil else { throw Failure.hostNotReady }
    let body = try request.json()
    let resources = await resources.fresh()
    let new = try NewMachine(
      body, images: try await library.images(), cores: resources.cores, hostMemory: resources.memoryTotal)
    let room = room(resources)
    let (id, job) = try await base.database.write { [self] tx in
      let (id, job) = try new.insert(for: account, quotas: quotas, jobs: base.queue, in: tx)
      let size = Room.Size(vcpu: new.vcpu, memory: new.memory, disk: new.diskSize)
      try room?.check(size, besides: id, in: tx)
      try base.checkAddresses(in: tx)
      try base.broadcast.changed(id, in: tx)
      let machine = Audit.Subject(type: "machine", id: id, name: new.name)
      try Audit.record(.machineCreated, actor: account, on: machine, request: request, in: tx)
      return (id, job)
    }
    return accepted(
      Sentence(
        fr: "La machine « \(new.name) » est en cours de création.",
        en: "The machine \"\(new.name)\" is being created."),
      id: id, name: new.name, status: .pending, job: job, request)
  }

  private static let acceptedSchema = Schema.members([
    "success": .boolean, "message": .string,
    "vm": .members(["id": .id, "name": .string, "status": .words(Machine.Status.self)]), "job": Job.schema,
  ])

  func accepted(
    _ sentence: Sentence, id: Int64, name: String, status: Machine.Status, job: Job, _ request: Request
  ) -> Response {
    .json(202) { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
        json.object("vm") { json in
          json.id("id", id)
          json.field("name", name)
          json.field("status", status.rawValue)
        }
        json.key("job")
        job.write(to: &json, steps: base.queue.steps(of: job.kind), language: request.language)
      }
    }
  }
}
