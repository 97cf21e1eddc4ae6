import HTTP

/// A problem of the host that affects machines, for the administrator.
enum HostProblem: Sendable, Equatable {
  /// Another installation on this hypervisor uses our name.
  case nameTaken(String)
  /// libvirt's message.
  case storage(String)
  case networkInUse(IPv4Subnet, interface: String)
  case network(String)
  /// The network range was changed while machines run in the previous one.
  case networkPending(IPv4Subnet)
  /// Guests of different owners would not be isolated.
  case notSeparated(Sentence)
  /// Another firewall drops forwarded traffic; `command` fixes it.
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

  /// Whether no machine can be created or started because of it.
  var isBlocking: Bool {
    switch self {
    case .dropped, .portTaken: false
    default: true
    }
  }

  /// The shell command that fixes it, to be run by root.
  var command: String? {
    if case .dropped(_, let command) = self { command } else { nil }
  }

  var sentence: Sentence {
    switch self {
    case .nameTaken(let name):
      Sentence(
        fr: "Le nom « \(name) » est déjà utilisé par une autre installation d’OBox sur cet hyperviseur. "
          + "Modifiez NETWORK_NAME, puis redémarrez OBox.",
        en: "The name \"\(name)\" is already used by another OBox installation on this hypervisor. "
          + "Change NETWORK_NAME and restart OBox.")
    case .storage(let words):
      Sentence(
        fr:
          "L’hyperviseur ne peut pas utiliser le dossier des disques (\(words)). Vérifiez POOL_DIR et ses droits d’accès.",
        en: "The hypervisor cannot use the disk folder (\(words)). Check POOL_DIR and its permissions.")
    case .networkInUse(let subnet, let interface):
      Sentence(
        fr: "Le réseau \(subnet.network)/\(subnet.prefix) est déjà utilisé par l’interface \(interface). "
          + "Modifiez NETWORK_ADDRESS, puis redémarrez OBox.",
        en: "The network \(subnet.network)/\(subnet.prefix) is already used by the interface \(interface). "
          + "Change NETWORK_ADDRESS and restart OBox.")
    case .network(let words):
      Sentence(
        fr:
          "L’hyperviseur n’a pas pu créer le réseau des machines (\(words)). Consultez les journaux de libvirt.",
        en: "The hypervisor could not create the machine network (\(words)). See the libvirt logs.")
    case .networkPending(let subnet):
      Sentence(
        fr:
          "Le réseau \(subnet.network)/\(subnet.prefix) ne peut être activé que si toutes les machines sont arrêtées. "
          + "Arrêtez-les, puis redémarrez-les.",
        en:
          "The network \(subnet.network)/\(subnet.prefix) can only be enabled while all machines are stopped. "
          + "Stop them, then start them again.")
    case .notSeparated(let reason):
      Sentence(
        fr:
          "\(reason(.fr)) Sans pare-feu, les machines ne sont pas isolées les unes des autres et ne démarrent pas. "
          + "Pour les démarrer sans isolation, définissez GUEST_ISOLATION=off.",
        en:
          "\(reason(.en)) Without a firewall, machines are not isolated from each other and do not start. "
          + "To start them without isolation, set GUEST_ISOLATION=off.")
    case .dropped(let table, _):
      Sentence(
        fr:
          "Un autre pare-feu (\(table)) bloque le trafic des machines. Pour l’autoriser, exécutez sur l’hôte :",
        en: "Another firewall (\(table)) is blocking machine traffic. To allow it, run on the host:")
    case .portTaken(let port):
      Sentence(
        fr: "Le port public \(port) est utilisé par un autre programme et aucun autre n’est libre. "
          + "Élargissez la plage PORT_RANGE_START à PORT_RANGE_END.",
        en: "Public port \(port) is used by another program and no other port is free. "
          + "Widen the PORT_RANGE_START to PORT_RANGE_END range.")
    }
  }
}
