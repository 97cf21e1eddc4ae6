import Backup
import Foundation
import HTTP
import Store
import TestSupport

@testable import Appliance

/// A complete appliance on libvirt's test driver, in its own folder, for one test.
struct TestAppliance: Sendable {
  static let password = "correct pony battery"

  let appliance: Appliance
  let port: Int
  let folder: String
  /// Signalled by this appliance's commits, sockets and host.
  let changes = Changes()

  /// Starts an appliance, passes it to `body`, and deletes everything afterwards.
  static func run(
    settings: [String: String] = [:], resources: HostResources = .plenty, clock: Clock = .system,
    sockets: WebSocketLimits = .lenient, passwordCost: PasswordCost = .cheapest,
    _ body: (TestAppliance) async throws -> Void
  ) async throws {
    let folder = NSTemporaryDirectory() + "obox-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: folder + "/images/debian", withIntermediateDirectories: true)
    // An empty disk with the signature of a partition table.
    var disk = Data(repeating: 0, count: 1 << 20)
    disk[510] = 0x55
    disk[511] = 0xAA
    try disk.write(to: URL(fileURLWithPath: folder + "/images/debian/12.img"))
    let test = try await start(
      in: folder, settings: settings, resources: resources, clock: clock, sockets: sockets,
      passwordCost: passwordCost)
    do {
      try await body(test)
      await QueryPlans.check(on: test.appliance.database)
      await test.appliance.stop()
    } catch {
      await test.appliance.stop()
      throw error
    }
    try FileManager.default.removeItem(atPath: folder)
  }

  static func start(
    in folder: String, settings: [String: String] = [:], resources: HostResources = .plenty,
    clock: Clock = .system, sockets: WebSocketLimits = .lenient, passwordCost: PasswordCost = .cheapest
  ) async throws -> TestAppliance {
    // The test driver's machines are the whole process's: each appliance has names of its own.
    var environment = [
      "LIBVIRT_URI": "test:///default", "LOG_LEVEL": "error", "PUBLIC_IP": "192.0.2.1",
      "NETWORK_NAME": "t\(folder.suffix(8).lowercased())",
    ]
    environment.merge(settings) { _, new in new }
    var configuration = try Configuration.load(file: nil, environment: environment)
    configuration.port = 0
    configuration.listenAddress = "127.0.0.1"
    let site = Site(configuration: configuration, dataFolder: folder)
    try await EmptyDatabase.copy(into: folder)
    let appliance = try Appliance(
      site: site, clock: clock, log: Log(level: .error), resources: ResourceMonitor { resources },
      passwordCost: passwordCost, backupCost: KeyCost(passes: 1, memory: 8192), socketLimits: sockets,
      runsPeriodicJobs: false)
    let port = try await appliance.start()
    Contract.learn(from: appliance)
    let test = TestAppliance(appliance: appliance, port: port, folder: folder)
    test.watch()
    return test
  }

  /// Prefix of the names of this appliance's domains and volumes.
  var prefix: String { appliance.site.configuration.networkName }

  /// The domains of this appliance's machines.
  func domains() async throws -> [String] {
    try await appliance.host.domains().map(\.name).filter { $0.hasPrefix(prefix) }
  }

  /// The volumes of this appliance's machines.
  func volumes() async throws -> [String] {
    try await appliance.host.volumes(pool: appliance.site.poolName).filter { $0.hasPrefix(prefix) }
  }

  var client: TestClient { TestClient(port: port) }

  /// A client at its own workstation.
  func client(at workstation: String) -> TestClient {
    var client = client
    client.headers["X-Workstation-Id"] = "test-workstation-\(workstation)"
    return client
  }

  /// A client signed in as a new person.
  func person(_ username: String, role: Role = .employee) async throws -> TestClient {
    var account = NewAccount([:], language: .en)
    account.username = username
    account.name = username.capitalized
    account.email = "\(username)@example.org"
    account.role = role
    let hash = try await appliance.passwords.hasher.hash(Self.password)
    try await appliance.database.write { [account] tx in _ = try account.insert(hash: hash, in: tx) }
    let home = client(at: username)
    let answer = try await home.post(
      "/api/auth/login", ["username": .string(username), "password": .string(Self.password)])
    guard let token = answer.json["token"]?.string else { throw TestClient.Broken(reason: answer.text) }
    return home.signedIn(token)
  }

  /// Repeats a request until `isDone` accepts the response; gives up after a minute.
  func until(
    _ client: TestClient, _ path: String, _ isDone: (TestClient.Answer) -> Bool
  ) async throws -> TestClient.Answer {
    var last: TestClient.Answer?
    let isFound = try await changes.wait {
      let answer = try await client.get(path)
      last = answer
      return isDone(answer)
    }
    guard isFound, let last else { throw TestClient.Broken(reason: "gave up on \(last?.text ?? path)") }
    return last
  }

  /// Signals this appliance's changes to waiting tests.
  private func watch() {
    let signal: @Sendable () -> Void = { [changes] in
      changes.signal()
      anything.signal()
    }
    appliance.database.observeCommits(signal)
    appliance.hub.observe(signal)
    let host = appliance.host
    Task { for await _ in host.events() { signal() } }
  }
}

extension Clock {
  /// The system time with a frozen `elapsed`, so that no timeout in memory expires.
  static let withoutWaits = Clock(now: Clock.system.now, elapsed: { 0 })
}

extension HostResources {
  static let plenty = HostResources(
    cores: 8, cpuUsage: 5, memoryUsed: 1000, memoryTotal: 16_000, memoryPercent: 6, diskUsed: 10,
    diskTotal: 500, diskPercent: 2)
}
