import Backup
import HTTP
import Hypervisor
import Store
import Synchronization

/// The composition root: creates everything that the features share, and starts it in order.
final class Appliance: Sendable {
  let site: Site
  let clock: Clock
  let log: Log
  let database: Database
  let vault: Vault
  let sessions: Sessions
  let passwords: Passwords
  let attempts: AttemptLimiter
  let anonymousFiles: ByteAllowance
  let hub: Hub
  let resources: ResourceMonitor
  let requests = RequestCounters()
  let jobs: JobQueue
  let outbox: Outbox
  let notifications: Notifications
  let chat: Chat
  let quotas: Quotas
  let settings = SystemSettings()
  let pace: PostingPace
  let host: Host
  let standing: HostStanding
  let forwarding: Forwarding
  let machines: MachineOperations
  let loop: Loop
  let sockets: Sockets
  let certificates: CertificateKeeper

  /// Whether periodic jobs, the search indexers, the load history and scheduled announcements run by themselves. Without
  /// them, a job runs on request, and a search indexes or reads new rows itself.
  let runsPeriodicJobs: Bool
  /// What the key of a backup costs.
  let backupCost: KeyCost
  private let running = Mutex<Running?>(nil)

  private struct Running {
    let features: [any Feature]
    let runner: JobRunner
    let server: Server
  }

  /// Opens the database and creates the parts; nothing runs yet. Without a given cost of password hashing, it
  /// is chosen for the host's speed.
  init(
    site: Site, clock: Clock = .system, log: Log, resources: ResourceMonitor? = nil,
    passwordCost: PasswordCost? = nil, backupCost: KeyCost = .standard,
    socketLimits: WebSocketLimits = WebSocketLimits(), runsPeriodicJobs: Bool = true
  ) throws {
    self.runsPeriodicJobs = runsPeriodicJobs
    self.backupCost = backupCost
    self.clock = clock
    self.log = log
    database = try Database.open(
      path: site.databasePath, migrations: Migration.all, reserve: Self.reserve, clock: clock.now,
      log: { message in log.info("store") { $0.field("message", message) } },
      checked: { Self.note($0, in: log) })
    let (hypervisor, network) = try database.readNow { connection in
      (try InstallationMemory.hypervisor(in: connection), try InstallationMemory.network(in: connection))
    }
    let site = site.remembering(hypervisor).choosingNetwork(remembered: network)
    self.site = site
    standing = HostStanding(log: log)
    vault = try Vault(keyFile: site.keyPath)
    passwords = Passwords(cost: passwordCost)
    attempts = AttemptLimiter(clock: clock)
    anonymousFiles = ByteAllowance(clock: clock)
    hub = Hub(limits: SocketLimits(site.configuration))
    sessions = Sessions(
      clock: clock, hub: hub, requireAdminTOTP: site.configuration.requireAdminTOTP)
    self.resources = resources ?? ResourceMonitor(folder: site.poolFolder)
    jobs = JobQueue(hub: hub)
    outbox = Outbox(vault: vault, site: site)
    notifications = Notifications(hub: hub)
    host = Host(uri: site.libvirtURI) { message in log.info("libvirt") { $0.field("message", message) } }
    forwarding = Forwarding(site: site, database: database, standing: standing, log: log)
    host.claimPool(name: site.poolName, path: site.poolFolder)
    loop = Loop()
    certificates = CertificateKeeper(site, clock: clock, log: log)
    sockets = Sockets(site: site, sessions: sessions, hub: hub, loop: loop, limits: socketLimits)
    quotas = Quotas(machinesPerPerson: site.configuration.machinesPerPerson)
    pace = PostingPace(limits: SocketLimits(site.configuration), clock: clock)
    chat = Chat(hub: hub, sessions: sessions, notifications: notifications, quotas: quotas, loop: loop)
    machines = MachineOperations(
      site: site, clock: clock, log: log, database: database, vault: vault, queue: jobs, outbox: outbox,
      notifications: notifications, host: host, standing: standing, forwarding: forwarding,
      images: BaseImages(
        host: host, pool: site.poolName,
        library: ImageLibrary(folder: site.imagesFolder, isSimulated: host.isTestDriver)),
      broadcast: MachineBroadcast(site: site, host: host, forwarding: forwarding, hub: hub))
    try database.readNow { [sessions, chat, settings, vault] connection in
      PageSettings(vault: vault).apply(
        to: site, from: try PageSettings(vault: vault).stored(in: connection), log)
      try settings.load(from: connection)
      try sessions.load(from: connection)
      try chat.directory.load(from: connection)
    }
  }

  /// Bytes of disk space reserved for essential writes: sign-in, deletions, administration.
  private static let reserve: Int64 = 32 << 20

  /// Logs the result of the database check.
  private static func note(_ integrity: Integrity, in log: Log) {
    switch integrity {
    case .damaged(let findings):
      log.error("database_damaged") { line in
        line.field("findings", findings.joined(separator: "; "))
        line.field("message", "the database is damaged. Stop OBox and restore the latest backup")
      }
    case .sound: log.info("store") { $0.field("message", "database check passed") }
    case .unfinished:
      log.info("store") {
        $0.field("message", "database check interrupted; it will run at the next start")
      }
    case .trusted, .checking: break
    }
  }

  /// Starts the features, the job queue and the server. Returns the port.
  func start() async throws -> Int {
    try await InstallationMemory(database: database, vault: vault, log: log)
      .note(hypervisor: site.libvirtURI)
    try await certificates.prepare()
    let features = makeFeatures()
    sockets.install(Sockets.Handlers(features))
    for feature in features { try await feature.start() }
    let runner = JobRunner(
      database: database, queue: jobs, clock: clock, log: log, kinds: features.flatMap(\.jobs),
      makesPeriodic: runsPeriodicJobs)
    let server = Server(
      configuration: site.server, loop: loop,
      router: Router(
        routes: Features.routes(of: features).map { $0.guarded(log: log, pace: pace) },
        fallback: Page(site: site).handler),
      authorize: Authorizer(sessions: sessions).authorize,
      filters: SecurityFilters(site: site).filters,
      log: { [log, requests] record in
        requests.count(record)
        log.request(record)
      })
    loop.start()
    let port = try await server.start()
    certificates.start(server, isRepeating: runsPeriodicJobs)
    await noteLimit(of: server)
    host.start()
    try await runner.start()
    running.withLock { $0 = Running(features: features, runner: runner, server: server) }
    return port
  }

  /// Logs when the system allows fewer connections than the configuration.
  private func noteLimit(of server: Server) async {
    let most = await server.connectionLimit()
    guard most < site.server.maxConnections else { return }
    log.warn("connections_limited") { line in
      line.field("most", most)
      line.field("message", "the open file limit is low. Raise it with ulimit -n or LimitNOFILE=")
    }
  }

  /// Finishes requests in progress, stops the parts in reverse order and closes the database.
  func stop() async {
    let parts = running.withLock { running in
      defer { running = nil }
      return running
    }
    for feature in parts?.features ?? [] { feature.windDown() }
    await certificates.stop()
    await parts?.server.stop(grace: .seconds(10))
    await parts?.runner.stop()
    for feature in (parts?.features ?? []).reversed() { await feature.stop() }
    await host.stop()
    passwords.stop()
    await database.close()
    await loop.stop()
    log.flush()
  }
}
