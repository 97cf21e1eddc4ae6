import Hypervisor
import Store

/// Creates a machine: image, disk, key, seed, domain, start, address, SSH, forwarding, mail.
///
/// Every step can be repeated after a crash. After a permanent failure `undo` removes what was created.
struct CreateMachine: JobKind {
  /// Time for a guest to request an address: 10 minutes, in seconds. Emulated guests are slow.
  static let addressLimit = 600

  let base: MachineOperations

  let name = MachineOperations.create
  let steps = ["image", "disk", "key", "seed", "domain", "start", "address", "ssh", "forwarding", "mail"]

  func run(_ context: JobContext) async throws {
    let machine = try await base.machine(context.job)
    let id = machine.id
    try await base.update(id) { tx in
      try tx.execute(
        "UPDATE machines SET status = 'creating', error_code = NULL, updated_at = ? WHERE id = ? AND status != 'deleting'",
        tx.now, id)
    }
    let capabilities = try await base.host.capabilities()

    try await context.step("image")
    let backing = try await base.images.ensure(osType: machine.osType, version: machine.version) {
      context.progress("image", $0)
    }
    try await base.database.write { tx in
      try tx.execute("UPDATE machines SET image_volume = ? WHERE id = ?", backing, id)
    }

    try await context.step("disk")
    try await base.host.createOverlay(
      pool: base.pool, name: machine.disk(prefix: base.prefix), backing: backing, capacityGB: machine.diskSize
    )

    try await context.step("key")
    let publicKey = try await key(of: machine)
    let hostKey = try await base.hostKey(of: machine)

    try await context.step("seed")
    let seed = try await seed(of: machine, publicKey: publicKey, hostKey, capabilities)

    try await context.step("domain")
    try await base.define(machine, seed: seed, capabilities)

    try await context.step("start")
    // The firewall table must contain the card before the guest can send anything.
    try await base.prepareStart(of: machine)
    let domain = machine.uuid
    if try await base.host.state(domain) != .running { try await base.host.start(domain) }

    try await context.step("address")
    let address = try await base.address(of: machine, context, seconds: Self.addressLimit)

    try await context.step("ssh")
    try await base.waitForSSH(machine, at: address, context)

    try await context.step("forwarding")
    let port = try await base.forward(machine, to: address)

    try await context.step("mail")
    try await finish(machine, context, address: address, port: port, publicKey: publicKey)
  }

  /// Removes domain, disks, port and firewall rule, as far as they exist.
  func undo(_ context: JobContext) async throws {
    let machine: Machine
    do { machine = try await base.machine(context.job) } catch is JobFailure { return }
    try await base.remove(machine)
  }

  func failed(_ job: Job, code: String, in tx: Transaction) throws {
    guard let id = job.machineID else { return }
    try tx.execute(
      """
      UPDATE machines SET status = 'error', error_code = ?, internal_ip = NULL, port = NULL, sealed_key = NULL,
        host_key = NULL, host_fingerprint = NULL, sealed_host_key = NULL,
        updated_at = ? WHERE id = ? AND status != 'deleting'
      """, code, tx.now, id)
    try base.broadcast.changed(id, in: tx)
    try base.notifications.failed("create", ofMachine: id, code: code, in: tx)
    guard code != "CANCELLED", let user = job.userID, let account = try Account.find(user, in: tx),
      let machine = try Machine.find(id, in: tx)
    else { return }
    try base.outbox.enqueue(
      .machineFailed(
        name: account.name, machine: machine.name,
        sentence: Refusals.sentence(code)(account.language),
        pageLink: "\(base.site.publicURL)/machines/\(id)"),
      to: account, in: tx)
  }

  func verdict(on error: any Error) -> JobVerdict { MachineOperations.verdict(on: error) }

  /// The public key for signing in to the machine: the person's own, or that of a generated pair whose
  /// private key is stored encrypted.
  private func key(of machine: Machine) async throws -> String {
    if !machine.publicKey.isEmpty { return machine.publicKey }
    let pair = SSHKeyPair.generate(comment: "\(machine.sshUser)@\(machine.name)")
    let sealed = base.vault.seal(
      Array(pair.privateFile.utf8), purpose: MachineKey.purpose(machine.id))
    return try await base.database.write { tx in
      try tx.execute(
        "UPDATE machines SET public_key = ?, sealed_key = ? WHERE id = ? AND public_key = ''",
        pair.publicLine, sealed, machine.id)
      return pair.publicLine
    }
  }

  private func seed(
    of machine: Machine, publicKey: String, _ hostKey: HostKey?, _ capabilities: HostCapabilities
  ) async throws -> String? {
    guard capabilities.supportsUpload else { return nil }
    let cloud = CloudInit(
      instanceID: machine.uuid, hostname: machine.name.lowercased(), user: machine.sshUser,
      authorizedKeys: [publicKey], hostKey: hostKey, mac: machine.mac)
    let image = try SeedImage.iso(files: cloud.files())
    let name = machine.seed(prefix: base.prefix)
    try await base.host.createVolume(pool: base.pool, name: name, bytes: image)
    try await base.database.write { tx in
      try tx.execute("UPDATE machines SET seed_present = 1 WHERE id = ?", machine.id)
    }
    return try await base.host.volumePath(pool: base.pool, name: name)
  }

  /// The change to `running`, the job's end and the mail are one transaction.
  private func finish(
    _ machine: Machine, _ context: JobContext, address: String, port: Int?, publicKey: String
  ) async throws {
    let base = base
    try await base.truth.hold {
      let state = try await base.host.state(machine.uuid)
      guard let status = MachineLifecycle.status(for: state) else { throw JobFailure(code: Machine.gone) }
      try await context.succeed { tx in
        try tx.execute(
          """
          UPDATE machines SET status = ?, error_code = NULL, sealed_host_key = NULL, updated_at = ?
          WHERE id = ? AND status != 'deleting'
          """, status.rawValue, tx.now, machine.id)
        try base.broadcast.changed(machine.id, in: tx)
        guard let account = try Account.find(machine.userID, in: tx),
          let made = try Machine.find(machine.id, in: tx), made.status != .deleting
        else { return }
        try base.outbox.enqueue(
          base.readyMail(made, account: account, address: address, port: port), to: account,
          keyOf: made.sealedKey == nil ? nil : made.id, in: tx)
        try base.notifications.ready(made, in: tx)
      }
    }
  }
}

extension MachineOperations {
  /// Creates or replaces the machine's definition; its disk must exist.
  func define(_ machine: Machine, seed: String?, _ capabilities: HostCapabilities) async throws {
    let network: DomainDefinition.Attachment =
      site.configuration.networkBridge.map { .bridge($0) } ?? .network(site.configuration.networkName)
    let disk = try await host.volumePath(pool: pool, name: machine.disk(prefix: prefix))
    try await host.define(
      DomainDefinition(
        name: machine.domain(prefix: prefix), uuid: machine.uuid, title: machine.name,
        vcpu: machine.vcpu, memoryMB: machine.memory, diskPath: disk, seedPath: seed, network: network,
        mac: machine.mac, interface: machine.interface, type: capabilities.domainType,
        machine: capabilities.machine))
  }

  /// The mail that explains how to sign in to the new machine.
  func readyMail(_ machine: Machine, account: Account, address: String, port: Int?) -> MailTemplate {
    let (host, port) = port.map { (site.publicIP, $0) } ?? (address, 22)
    return .machineReady(
      name: account.name,
      access: MailTemplate.MachineAccess(
        machine: machine.name, host: host, port: port, user: machine.sshUser,
        keyFileName: machine.sealedKey == nil ? nil : MachineKey.fileName(machine.name),
        knownHosts: machine.hostKey.map { SSHHostKey.knownHosts(host: host, port: port, key: $0) },
        fingerprint: machine.hostKey.flatMap(SSHHostKey.fingerprint)),
      osName: ImageFolder.displayName(machine.osType, machine.version),
      size: .init(vcpu: machine.vcpu, memoryMB: machine.memory, diskGB: machine.diskSize),
      pageLink: "\(site.publicURL)/machines/\(machine.id)")
  }
}
