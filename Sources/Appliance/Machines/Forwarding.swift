import HTTP
import Store
import Synchronization

/// Forwards public ports to machines; the whole table is generated from the machines' rows each time.
final class Forwarding: Sendable {
  private let firewall: Firewall
  private let log: Log
  private let problem: Mutex<Firewall.Problem?>

  /// With the test driver nothing is forwarded, and the host's firewall is not changed.
  private let isSimulated: Bool

  private let network: ForwardingTable.Network
  private let standing: HostStanding
  private let requiresIsolation: Bool
  private let holds = PortHolds()
  private let watched = Mutex(Watched())
  private let pause: @Sendable () async throws -> Void

  /// The host's rules as last read.
  private struct Watched {
    var applying = 0
    var generation = 0
    /// Our own tables after our last change; nil until they were read.
    var own: [JSONValue]?
    var task: Task<Void, Never>?
    /// Number of consecutive timeouts of the firewall.
    var late = 0
  }

  /// `pause` is what passes between two looks at the host's tables.
  init(
    site: Site, database: Database, standing: HostStanding, log: Log, system: Firewall.System = .init(),
    pause: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(3)) }
  ) {
    self.log = log
    self.pause = pause
    self.standing = standing
    isSimulated = site.libvirtURI.hasPrefix("test:")
    requiresIsolation = site.configuration.requiresIsolation
    problem = Mutex(nil)
    let network = ForwardingTable.Network(
      bridge: site.configuration.bridgeInterface,
      subnet: site.configuration.networkBridge == nil ? site.subnet : nil,
      table: site.configuration.networkName)
    self.network = network
    firewall = Firewall(system: system) { [holds] in
      let guests = try await database.read(Self.guests)
      return ForwardingTable(
        network: network,
        guests: guests.map { guest in
          // A port that something else uses on this host is not forwarded.
          guard let port = guest.publicPort, !holds.claim(port) else {
            return guest
          }
          var guest = guest
          guest.publicPort = nil
          return guest
        })
    }
  }

  var isEnabled: Bool { !isSimulated && problem.withLock { $0 == nil } }

  /// Why ports are not forwarded, for users; nil when they are.
  var reason: Sentence? {
    isSimulated ? Firewall.simulated : problem.withLock { $0 }?.sentence
  }

  /// Applies the machines' rows to the firewall. Without permission to change it, machines that need no
  /// isolation work all the same; tables of our name that belong to another installation are left alone.
  func apply() async throws {
    _ = try await bringInForce()
  }

  /// As `apply`, before a machine is started. Throws `Firewall.Problem` when guests must be isolated and the
  /// firewall did not answer in time, so that it is unknown whether they are.
  func require() async throws {
    if let late = try await bringInForce(), requiresIsolation { throw late }
  }

  /// Returns a temporary problem, after which another attempt may succeed.
  private func bringInForce() async throws -> Firewall.Problem? {
    if isSimulated || !standing.isOurs { return nil }
    watched.withLock { watched in
      watched.applying += 1
      watched.generation += 1
      watched.own = nil
    }
    defer { watched.withLock { $0.applying -= 1 } }
    do {
      try await firewall.refresh()
      watched.withLock { $0.late = 0 }
      note(nil)
      return nil
    } catch let found as Firewall.Problem where found.isPassing {
      let late = watched.withLock { watched in
        watched.late += 1
        return watched.late
      }
      if late >= Self.patience { note(found) } else { log.warn("firewall") { $0.field("late", "\(found)") } }
      return found
    } catch let found as Firewall.Problem {
      watched.withLock { $0.late = 0 }
      note(found)
      return nil
    }
  }

  /// Number of consecutive timeouts after which a host problem is reported.
  private static let patience = 3

  private func note(_ found: Firewall.Problem?) {
    let before = problem.withLock { problem in
      defer { problem = found }
      return problem
    }
    if let found, found != before { log.warn("firewall") { $0.field("problem", "\(found)") } }
    let isApart = found == nil || found == .notRouting
    standing.note(
      isApart || !requiresIsolation ? [] : found.map { [.notSeparated($0.sentence)] } ?? [], from: .isolation)
  }

  /// Starts watching our tables: one that was removed is restored within seconds, and a firewall that drops
  /// our forwarded traffic is reported.
  func start() {
    if isSimulated { return }
    let task = Task { [self] in
      var known: [UInt8] = []
      var turn = 0
      while !Task.isCancelled {
        try? await pause()
        if watched.withLock({ $0.late > 0 }) { try? await apply() }
        guard !Task.isCancelled, standing.isOurs, let tables = try? await firewall.list("tables") else {
          continue
        }
        turn += 1
        guard tables != known || turn % Self.fullTurn == 0 else { continue }
        await inspect()
        known = (try? await firewall.list("tables")) ?? []
      }
    }
    watched.withLock { $0.task = task }
  }

  func stop() async {
    let task = watched.withLock { $0.task }
    task?.cancel()
    await task?.value
    holds.releaseAll()
  }

  /// The list of tables is looked at after each pause, all their rules each tenth time.
  private static let fullTurn = 10

  /// Compares our tables with what was last applied, and reads the others.
  func inspect() async {
    if isSimulated { return }
    let generation = watched.withLock { $0.applying > 0 ? nil : $0.generation }
    guard let rules = try? await firewall.rules(own: network.table) else { return }
    holds.avoid(rules.ports)
    let isChanged = watched.withLock { watched in
      guard let generation, watched.generation == generation, watched.applying == 0 else { return false }
      defer { watched.own = rules.own }
      // Before our first change there is nothing to restore.
      guard generation > 0 else { return false }
      return rules.own.isEmpty || watched.own.map { $0 != rules.own } ?? false
    }
    if isChanged {
      log.warn("firewall") { $0.field("restored", network.table) }
      try? await apply()
    }
    let obstruction = rules.obstruction(bridge: network.bridge, subnet: network.subnet)
    standing.note(
      obstruction.map { [.dropped(by: $0.title, command: $0.command(bridge: network.bridge))] } ?? [],
      from: .firewalls)
  }

  /// Reserves a public port on this host; true when it is ours (already). False when a service or another
  /// installation uses it.
  func claim(_ port: Int) -> Bool {
    if isSimulated { return !PublicPort.isUsedByHost(port) }
    return holds.claim(port)
  }

  func isHeld(_ port: Int) -> Bool { isSimulated || holds.has(port) }

  func release(_ port: Int) { holds.release(port) }

  /// Stopped machines are excluded: their address may belong to another machine by now.
  private static let guestsSQL = """
    SELECT user_id, mac, iif(status IN ('creating', 'running', 'paused', 'updating'), internal_ip, NULL),
      port, uuid
    FROM machines ORDER BY id
    """

  static func guests(_ connection: Connection) throws -> [ForwardingTable.Guest] {
    try connection.query(guestsSQL) { row in
      MACAddress(row.text(1)).map { mac in
        ForwardingTable.Guest(
          owner: row.int64(0), mac: mac, address: row.optionalText(2).flatMap { IPv4Address($0) },
          publicPort: row.optionalInt(3), interface: Machine.interface(uuid: row.text(4)))
      }
    }.compactMap(\.self)
  }
}

extension Firewall {
  static let simulated = Sentence(
    fr: "Hyperviseur de test : les machines sont simulées et aucun port n’est ouvert.",
    en: "Test hypervisor: machines are simulated and no ports are opened.")
}

extension Firewall.Problem {
  var sentence: Sentence {
    switch self {
    case .notInstalled:
      Sentence(
        fr: "Commande « nft » introuvable. Installez le paquet nftables.",
        en: "\"nft\" command not found. Install the nftables package.")
    case .notPermitted:
      Sentence(
        fr: "OBox ne peut pas modifier le pare-feu de l’hôte. Donnez-lui la capacité CAP_NET_ADMIN.",
        en: "OBox cannot change the host's firewall. Grant it CAP_NET_ADMIN.")
    case .notRouting:
      Sentence(
        fr: "Le routage est désactivé sur l’hôte. Activez net.ipv4.ip_forward.",
        en: "Routing is disabled on the host. Enable net.ipv4.ip_forward.")
    case .overloaded, .timedOut:
      Sentence(
        fr: "Le pare-feu de l’hôte ne répond pas. OBox réessaie automatiquement.",
        en: "The host's firewall is not responding. OBox will retry automatically.")
    case .refused:
      Sentence(
        fr: "Le pare-feu de l’hôte a refusé la redirection de port. Consultez les journaux d’OBox.",
        en: "The host's firewall rejected the port forwarding. See the OBox logs.")
    }
  }
}
