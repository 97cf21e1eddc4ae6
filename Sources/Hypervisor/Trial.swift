import CLibvirt
import Glibc

/// A temporary machine that tests whether KVM works on this host.
///
/// `/dev/kvm` may exist although KVM rejects the guest's processor, stops at its first instruction, or loops
/// in the host's kernel. Firmware that finds nothing to boot becomes idle within a second.
enum Trial {
  static let prefix = "obox-trial-"
  private static let patience = 50
  private static let pause: UInt32 = 200_000
  /// Processor time, in nanoseconds, that an idle guest does not exceed between two samples.
  private static let idleLimit: UInt64 = 50_000_000

  /// Why KVM cannot be used; nil when it can. Blocks for up to ten seconds.
  static func failure(on connection: Connection, machine: String?) -> String? {
    let operation = "try KVM"
    do {
      _ = try connection.domainCapabilities("kvm", machine: machine, operation)
      // libvirt destroys the machine with the connection, in case we do not get to it.
      let flags = VIR_DOMAIN_START_AUTODESTROY.rawValue
      let domain = Domain(try check(virDomainCreateXML(connection.pointer, xml(machine), flags), operation))
      defer {
        virDomainDestroy(domain.pointer)
        virResetLastError()
      }
      return try watch(domain, operation)
    } catch {
      return (error as? HypervisorError)?.message ?? "\(error)"
    }
  }

  private static func watch(_ domain: borrowing Domain, _ operation: String) throws -> String? {
    var lastTime: UInt64?
    var idlePauses = 0
    for _ in 0..<patience {
      var info = virDomainInfo()
      try check(virDomainGetInfo(domain.pointer, &info), operation)
      let state = virDomainState(rawValue: UInt32(info.state))
      guard state == VIR_DOMAIN_RUNNING || state == VIR_DOMAIN_BLOCKED else {
        return "a trial machine did not keep running"
      }
      if let lastTime, info.cpuTime &- lastTime < idleLimit { idlePauses += 1 } else { idlePauses = 0 }
      if idlePauses == 3 { return nil }
      lastTime = info.cpuTime
      usleep(pause)
    }
    return "a trial machine never came through its firmware"
  }

  private static func xml(_ machine: String?) -> String {
    XMLWriter.document("domain", ["type": "kvm"]) { xml in
      xml.element("name", text: "\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))")
      xml.element("memory", ["unit": "MiB"], text: "32")
      xml.element("vcpu", text: "1")
      xml.element("os") { $0.element("type", ["machine": machine], text: "hvm") }
      xml.element("features") { $0.element("acpi") }
      xml.element("cpu", ["mode": "host-passthrough", "check": "none"])
      xml.element("devices") { $0.element("memballoon", ["model": "none"]) }
    }
  }
}
