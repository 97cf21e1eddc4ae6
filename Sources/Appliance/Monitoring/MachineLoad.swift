import HTTP
import Hypervisor

/// The usage of one machine; all zero while it is stopped or unknown.
struct MachineLoad: Sendable, Equatable {
  /// Percent of the machine's own cores, 0 to 100.
  var cpuUsage = 0
  /// In MB.
  var memoryUsed = 0
  /// Memory assigned at present, in MB; 0 means the configured size.
  var memoryTotal = 0
  /// In bytes, on the host.
  var diskUsed: Int64 = 0
}

/// The usage of all domains at one time.
struct MachineLoads: Sendable, Equatable {
  /// Whether the hypervisor was reachable.
  var isReachable = false
  /// By domain UUID.
  var byDomain: [String: MachineLoad] = [:]

  subscript(domain: String) -> MachineLoad { byDomain[domain] ?? MachineLoad() }
}

extension MachineLoad {
  static let schema = Schema.members([
    "cpu": .members(["usage": .integer, "vcpu": .integer]),
    "ram": .described("MB", .members(["used": .integer, "total": .integer, "percent": .integer])),
    "disk": .described("GB", .members(["used": .number, "total": .integer, "percent": .integer])),
  ])

  /// Writes the members `cpu`, `ram` and `disk` into the current object.
  func write(to json: inout JSONWriter, vcpu: Int, memory: Int, diskSize: Int) {
    let total = memoryTotal > 0 ? memoryTotal : memory
    let used = min(memoryUsed, total)
    let diskGB = Double(max(0, diskUsed)) / 1_073_741_824
    json.object("cpu") { json in
      json.field("usage", cpuUsage)
      json.field("vcpu", vcpu)
    }
    json.object("ram") { json in
      json.field("used", used)
      json.field("total", total)
      json.field("percent", Percent.of(Double(used), Double(total)))
    }
    json.object("disk") { json in
      // One decimal, because a new thin disk of some hundred MB would otherwise appear empty.
      json.field("used", (diskGB * 10).rounded() / 10)
      json.field("total", diskSize)
      json.field("percent", Percent.of(diskGB, Double(diskSize)))
    }
  }
}
