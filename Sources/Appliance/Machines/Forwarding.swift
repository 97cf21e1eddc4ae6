import HTTP
import Store
import Synchronization

/// Public ports that lead to machines: the whole table, made from the machines' rows each time.
final class Forwarding: Sendable {
  private let firewall: Firewall
  private let log: Log
  private let problem: Mutex<Firewall.Problem?>

  /// On a hypervisor that runs nothing there is nothing to forward, and the host's firewall stays as it is.
  private let isSimulated: Bool

  init(site: Site, database: Database, log: Log) {
    self.log = log
    isSimulated = site.libvirtURI.hasPrefix("test:")
    problem = Mutex(nil)
    let network = ForwardingTable.Network(
      bridge: site.configuration.bridgeInterface,
      subnet: site.configuration.networkBridge == nil ? site.configuration.network : nil,
      table: site.configuration.networkName)
    firewall = Firewall {
      try await ForwardingTable(network: network, guests: database.read(Self.guests))
    }
  }

  var isEnabled: Bool { !isSimulated && problem.withLock { $0 == nil } }

  /// Why ports are not forwarded, for people; nil where they are.
  var reason: Sentence? {
    isSimulated ? Firewall.simulated : problem.withLock { $0 }?.sentence
  }

  /// Puts the machines' rows in force. Where we may not change the firewall, machines work without it.
  func apply() async throws {
    if isSimulated { return }
    do {
      try await firewall.refresh()
      note(nil)
    } catch let found as Firewall.Problem {
      note(found)
    }
  }

  private func note(_ found: Firewall.Problem?) {
    let before = problem.withLock { problem in
      defer { problem = found }
      return problem
    }
    if let found, found != before { log.warn("firewall") { $0.field("problem", "\(found)") } }
  }

  /// The address of a machine that does not run may be another's by now, so it is left out.
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
    fr: "Hyperviseur d’essai : les machines sont simulées, aucun port n’est ouvert.",
    en: "Test hypervisor: machines are simulated, no port is opened.")
}

extension Firewall.Problem {
  var sentence: Sentence {
    switch self {
    case .notInstalled:
      Sentence(
        fr: "Le programme « nft » manque : installez le paquet nftables.",
        en: "The program \"nft\" is missing: install the package nftables.")
    case .notPermitted:
      Sentence(
        fr: "OBox n’a pas le droit de modifier le pare-feu de l’hôte (CAP_NET_ADMIN).",
        en: "OBox may not change the host's firewall (CAP_NET_ADMIN).")
    case .notRouting:
      Sentence(
        fr: "L’hôte ne route pas les paquets : activez net.ipv4.ip_forward.",
        en: "The host does not route packets: switch net.ipv4.ip_forward on.")
    case .overloaded, .timedOut, .refused:
      Sentence(
        fr: "Le pare-feu de l’hôte a refusé la redirection. Le journal d’OBox dit pourquoi.",
        en: "The host's firewall refused the forwarding. OBox's log says why.")
    }
  }
}
