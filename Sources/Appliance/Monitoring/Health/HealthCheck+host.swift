import HTTP
import Hypervisor

/// The checks of the hypervisor, the firewall, the network and the disks of machines.
extension HealthCheck {
  static func hypervisor(_ host: Host) -> HealthCheck {
    HealthCheck("hypervisor", Sentence(fr: "Hyperviseur", en: "Hypervisor"), worksOffline: false) {
      guard host.isConnected else { return unreachable(isLocal: host.isLocal) }
      let capabilities = try await host.capabilities()
      if host.isTestDriver { return simulated }
      return capabilities.emulationReason.map { emulated.detailed($0) } ?? connected
    }
  }

  private static let connected = HealthFinding.ok(
    Sentence(fr: "Connecté, avec KVM.", en: "Connected, with KVM."))

  private static let emulated = HealthFinding.attention(
    Sentence(
      fr: "Connecté, mais sans KVM : les machines sont lentes.",
      en: "Connected, but without KVM: machines are slow."),
    advice: Sentence(
      fr: "Activez la virtualisation dans le BIOS de l’hôte (VT-x ou AMD-V), ou la virtualisation imbriquée.",
      en: "Enable virtualization in the host’s BIOS (VT-x or AMD-V), or nested virtualization."))

  private static let simulated = HealthFinding.attention(
    Sentence(
      fr: "Pilote de test : les machines sont simulées.", en: "Test driver: machines are simulated."),
    advice: Sentence(
      fr: "Pour créer de vraies machines, installez libvirt, puis redémarrez OBox.",
      en: "To create real machines, install libvirt and restart OBox."))

  private static func unreachable(isLocal: Bool) -> HealthFinding {
    .broken(
      Sentence(
        fr:
          "Injoignable. Les machines gardent leur état, mais aucune ne peut être créée, démarrée ou arrêtée.",
        en: "Unreachable. Machines keep their state, but none can be created, started or stopped."),
      advice: Sentence(
        fr: "Démarrez libvirt ; OBox se reconnecte automatiquement.",
        en: "Start libvirt; OBox reconnects automatically."),
      command: isLocal ? "systemctl start libvirtd" : nil)
  }

  static func firewall(_ forwarding: Forwarding, _ standing: HostStanding) -> HealthCheck {
    HealthCheck("firewall", Sentence(fr: "Pare-feu", en: "Firewall"), worksOffline: false) {
      if let finding = worst(standing, where: \.isOfFirewall) { return finding }
      guard let reason = forwarding.reason else { return protected }
      return reason == Firewall.simulated ? .ok(reason) : .attention(reason)
    }
  }

  private static let protected = HealthFinding.ok(
    Sentence(
      fr: "Ports redirigés, machines isolées les unes des autres.",
      en: "Ports are forwarded and machines are isolated from each other."))

  static func network(_ standing: HostStanding) -> HealthCheck {
    HealthCheck("network", Sentence(fr: "Réseau des machines", en: "Machine network"), worksOffline: false) {
      if let finding = worst(standing, where: \.isOfNetwork) { return finding }
      return standing.isPrepared ? networkReady : notPrepared
    }
  }

  private static let networkReady = HealthFinding.ok(Sentence(fr: "Prêt.", en: "Ready."))

  private static let notPrepared = HealthFinding.attention(
    Sentence(
      fr: "Sera vérifié dès que l’hyperviseur répondra.", en: "Will be checked once the hypervisor responds.")
  )

  static func pool(_ standing: HostStanding) -> HealthCheck {
    HealthCheck("pool", Sentence(fr: "Disques des machines", en: "Machine disks"), worksOffline: false) {
      if let finding = worst(standing, where: \.isOfPool) { return finding }
      return standing.isPrepared ? poolReady : notPrepared
    }
  }

  private static let poolReady = HealthFinding.ok(Sentence(fr: "Dossier prêt.", en: "Folder ready."))

  /// The most serious problem of those that `isMine`; nil without one.
  private static func worst(
    _ standing: HostStanding, where isMine: (HostProblem) -> Bool
  ) -> HealthFinding? {
    let mine = standing.problems.filter(isMine)
    guard let problem = mine.first(where: \.isBlocking) ?? mine.first else { return nil }
    return HealthFinding(
      problem.isBlocking ? .broken : .attention, problem.sentence, command: problem.command)
  }
}

extension HostProblem {
  fileprivate var isOfFirewall: Bool {
    switch self {
    case .notSeparated, .dropped: true
    default: false
    }
  }

  fileprivate var isOfPool: Bool { if case .storage = self { true } else { false } }

  fileprivate var isOfNetwork: Bool { !isOfFirewall && !isOfPool }
}
