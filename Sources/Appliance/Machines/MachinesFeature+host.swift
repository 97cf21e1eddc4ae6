import HTTP
import Hypervisor
import Store

extension MachinesFeature {
  static let hostSchema = Schema.members(
    [
      "hypervisor": .members(["connected": .boolean, "type": .optional(.string)]),
      "can": .members(["growDisk": .boolean, "console": .boolean, "forward": .boolean]),
      "forwarding": .members(
        ["enabled": .boolean, "reason": .optional(.string)],
        optional: ["command": .described("for administrators", .optional(.string))]),
      "machines": .members(["available": .boolean, "reason": .optional(.string)]), "publicIp": .string,
      "user": .string,
      "quota": .members(
        ["max": .integer, "used": .integer, "canCreate": .boolean], optional: ["reason": .string]),
      "free": .members(["cores": .integer, "memory": .integer, "disk": .integer]),
    ], optional: problemsSchema)

  /// What administrators also get.
  private static let problemsSchema: KeyValuePairs<String, Schema> = [
    "problems": .array(
      .members([
        "code": .string, "message": .string, "command": .optional(.string), "blocking": .boolean,
      ])), "imagesFolder": .string,
    "skippedImages": .array(.members(["path": .string, "message": .string])),
  ]

  /// The host's current resources: for everybody what is available, for admins also its problems.
  func host(_ request: Request) async throws -> Response {
    let account = try request.account()
    let configuration = base.site.configuration
    let (owned, most, used, mayCreate) = try await base.database.read {
      [quotas = quotas] connection in
      (
        try connection.scalar("SELECT count(*) FROM machines WHERE user_id = ?", account.id) ?? 0,
        Int(clamping: try quotas.most(for: account.id, in: connection)[.machines]),
        try Room.used(in: connection),
        try account.role != .admin || AdminMachines.areAllowed(configuration, in: connection)
      )
    }
    let capabilities = base.host.isConnected ? try? await base.host.capabilities() : nil
    let resources = resources.now()
    let skipped = account.role == .admin ? (try? await library.scan().skipped) ?? [] : []
    return .json { json in
      json.object { json in
        writeHypervisor(capabilities, to: &json)
        writeForwarding(to: &json, account, request.language)
        writeStanding(skipped, to: &json, account, request.language)
        json.field("publicIp", base.site.publicIP)
        json.field("user", GuestUser.name(for: account.username))
        writeQuota(owned, most, to: &json, mayCreate: mayCreate, request.language)
        let free =
          room(resources)?.free(used: used)
          ?? Room.Size(vcpu: resources.cores, memory: resources.memoryTotal, disk: resources.diskTotal)
        json.object("free") { json in
          json.field("cores", free.vcpu)
          json.field("memory", free.memory)
          json.field("disk", free.disk)
        }
      }
    }
  }

  private func writeHypervisor(_ capabilities: HostCapabilities?, to json: inout JSONWriter) {
    json.object("hypervisor") { json in
      json.field("connected", base.host.isConnected)
      json.field("type", capabilities?.domainType)
    }
    // Capabilities that are missing are not offered.
    json.object("can") { json in
      json.field("growDisk", capabilities?.supportsUpload ?? false)
      json.field("console", capabilities?.supportsConsole ?? false)
      json.field("forward", base.forwarding.isEnabled)
    }
  }

  private func writeForwarding(to json: inout JSONWriter, _ account: Account, _ language: Language) {
    let dropped = base.standing.problems.first { if case .dropped = $0 { true } else { false } }
    json.object("forwarding") { json in
      json.field("enabled", base.forwarding.isEnabled)
      let isAdmin = account.role == .admin
      let blocked = dropped == nil ? nil : isAdmin ? Self.blockedByOther : Self.blocked
      json.field("reason", (base.forwarding.reason ?? blocked)?(language))
      if isAdmin { json.field("command", dropped?.command) }
    }
  }

  private static let blockedByOther = Sentence(
    fr: "Un autre pare-feu de l’hôte bloque le trafic des machines.",
    en: "Another firewall on the host is blocking machine traffic.")
  private static let blocked = Sentence(
    fr: "Le trafic des machines est bloqué sur l’hôte. Contactez votre administrateur.",
    en: "Machine traffic is blocked on the host. Contact your administrator.")

  private func writeStanding(
    _ skipped: [ImageLibrary.Skipped], to json: inout JSONWriter, _ account: Account, _ language: Language
  ) {
    let obstacle = base.standing.obstacle
    json.object("machines") { json in
      json.field("available", obstacle == nil)
      json.field("reason", obstacle == nil ? nil : Failure.hostNotReady.sentence(language))
    }
    guard account.role == .admin else { return }
    json.array("problems") { json in
      for problem in base.standing.problems {
        json.object { json in
          json.field("code", problem.code)
          json.field("message", problem.sentence(language))
          json.field("command", problem.command)
          json.field("blocking", problem.isBlocking)
        }
      }
    }
    json.field("imagesFolder", base.site.imagesFolder)
    json.array("skippedImages") { json in
      for image in skipped.prefix(100) {
        json.object { json in
          json.field("path", image.path)
          json.field("message", image.sentence(language))
        }
      }
    }
  }

  private func writeQuota(
    _ owned: Int64, _ most: Int, to json: inout JSONWriter, mayCreate: Bool, _ language: Language
  ) {
    let reason: Sentence? =
      if !mayCreate {
        Failure.adminsDoNotCreate.sentence
      } else if owned >= Int64(most) {
        Failure.machineCountQuota(most).sentence
      } else if base.standing.obstacle != nil {
        Failure.hostNotReady.sentence
      } else { nil }
    json.object("quota") { json in
      json.field("max", most)
      json.field("used", owned)
      json.field("canCreate", reason == nil)
      if let reason { json.field("reason", reason(language)) }
    }
  }
}
