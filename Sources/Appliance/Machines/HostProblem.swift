import HTTP

/// What keeps the host from carrying machines as it should, for the administrator.
enum HostProblem: Sendable, Equatable {
  /// Another installation on this hypervisor has our name.
  case nameTaken(String)
  /// libvirt's own words.
  case storage(String)
  case networkInUse(IPv4Subnet, interface: String)
  case network(String)
  /// The range was changed while machines run on the former one.
  case networkPending(IPv4Subnet)
  /// Guests of different owners would not be kept apart.
  case notSeparated(Sentence)
  /// Another firewall drops what is forwarded; the command mends it.
  case dropped(by: String, command: String)
  case portTaken(Int)

  var code: String {
    switch self {
    case .nameTaken: "NAME_TAKEN_ON_HOST"
    case .storage: "STORAGE_REFUSED"
    case .networkInUse: "NETWORK_IN_USE"
    case .network: "NETWORK_REFUSED"
    case .networkPending: "NETWORK_CHANGE_PENDING"
    case .notSeparated: "GUESTS_NOT_SEPARATED"
    case .dropped: "FORWARDING_DROPPED"
    case .portTaken: "PORT_TAKEN"
    }
  }

  /// Whether no machine can be made or started because of it.
  var isBlocking: Bool {
    switch self {
    case .dropped, .portTaken: false
    default: true
    }
  }

  /// What mends it, to be typed by root.
  var command: String? {
    if case .dropped(_, let command) = self { command } else { nil }
  }

  var sentence: Sentence {
    switch self {
    case .nameTaken(let name):
      Sentence(
        fr: "Une autre installation d’OBox utilise déjà le nom « \(name) » sur cet hyperviseur. "
          + "Choisissez un autre NETWORK_NAME et redémarrez OBox.",
        en: "Another OBox installation already uses the name \"\(name)\" on this hypervisor. "
          + "Choose another NETWORK_NAME and restart OBox.")
    case .storage(let words):
      Sentence(
        fr:
          "L’hyperviseur a refusé le dossier des disques (\(words)). Vérifiez POOL_DIR et ses droits d’accès.",
        en: "The hypervisor refused the disk folder (\(words)). Check POOL_DIR and its permissions.")
    case .networkInUse(let subnet, let interface):
      Sentence(
        fr: "La plage \(subnet.network)/\(subnet.prefix) est déjà utilisée par l’interface \(interface). "
          + "Choisissez une autre NETWORK_ADDRESS et redémarrez OBox.",
        en: "The range \(subnet.network)/\(subnet.prefix) is already in use by the interface \(interface). "
          + "Choose another NETWORK_ADDRESS and restart OBox.")
    case .network(let words):
      Sentence(
        fr: "L’hyperviseur a refusé le réseau des machines (\(words)).",
        en: "The hypervisor refused the machines' network (\(words)).")
    case .networkPending(let subnet):
      Sentence(
        fr:
          "La plage \(subnet.network)/\(subnet.prefix) sera utilisée quand toutes les machines seront arrêtées. "
          + "Arrêtez-les ; elles pourront redémarrer ensuite.",
        en:
          "The range \(subnet.network)/\(subnet.prefix) is used once all machines are stopped. Stop them; they "
          + "can be started again after that.")
    case .notSeparated(let reason):
      Sentence(
        fr:
          "\(reason(.fr)) Sans pare-feu, les machines de personnes différentes ne sont pas isolées : elles ne "
          + "démarrent pas. Pour l’accepter, définissez GUEST_ISOLATION=off.",
        en:
          "\(reason(.en)) Without the firewall, machines of different people are not kept apart, so they do not "
          + "start. To accept that, set GUEST_ISOLATION=off.")
    case .dropped(let table, _):
      Sentence(
        fr:
          "Un autre pare-feu (\(table)) bloque le trafic des machines. Exécutez cette commande sur l’hôte :",
        en: "Another firewall (\(table)) blocks the machines' traffic. Run this command on the host:")
    case .portTaken(let port):
      Sentence(
        fr: "Le port public \(port) est pris par un autre programme de l’hôte et aucun autre n’est libre. "
          + "Agrandissez la plage PORT_RANGE_START à PORT_RANGE_END.",
        en: "The public port \(port) is taken by another program of the host and no other one is free. "
          + "Widen the range PORT_RANGE_START to PORT_RANGE_END.")
    }
  }
}
