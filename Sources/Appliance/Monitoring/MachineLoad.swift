import HTTP
import Hypervisor

/// What one machine uses; all zero while it is stopped or nothing is known.
struct MachineLoad: Sendable, Equatable {
  /// Percent of the machine's own cores, 0 to 100.
  var cpuUsage = 0
  /// MB.
  var memoryUsed = 0
  /// MB that the machine has at present; 0 leaves it to what it was given.
  var memoryTotal = 0
  /// Bytes on the host.
  var diskUsed: Int64 = 0
}

/// The load of every domain at one moment.
struct MachineLoads: Sendable, Equatable {
  /// Whether the hypervisor answered.
  var isReachable = false
  /// By the domains' UUIDs.
  var byDomain: [String: MachineLoad] = [:]

  subscript(domain: String) -> MachineLoad { byDomain[domain] ?? MachineLoad() }
}

extension MachineLoad {
  static let schema = Schema.members([
    "cpu": .members(["usage": .integer, "vcpu": .integer]),
    "ram": .described("MB", .members(["used": .integer, "total": .integer, "percent": .integer])),
    "disk": .described("GB", .members(["used": .number, "total": .integer, "percent": .integer])),
  ])

  /// Writes the members `cpu`, `ram` and `disk` of the object that is open.
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
      // A thin disk starts with some hundred MB: whole GB would show it as empty.
      json.field("used", (diskGB * 10).rounded() / 10)
      json.field("total", diskSize)
      json.field("percent", Percent.of(diskGB, Double(diskSize)))
    }
  }
}
