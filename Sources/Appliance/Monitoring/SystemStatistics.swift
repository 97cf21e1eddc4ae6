import HTTP
import Store

/// The load of the host, as the system route and the `SYSTEM_STATS` frames tell it.
struct SystemStatistics: Sendable {
  let resources: HostResources
  let activeMachines: Int
  let isHostReachable: Bool

  init(_ resources: HostResources, isHostReachable: Bool, database: Database) async throws {
    self.resources = resources
    self.isHostReachable = isHostReachable
    activeMachines = try await database.read { connection in
      Int(try connection.scalar("SELECT count(*) FROM machines WHERE status = 'running'") ?? 0)
    }
  }

  /// MB, GB and whole percents.
  private static let share = Schema.members(["used": .integer, "total": .integer, "percent": .integer])

  static let schema = Schema.members([
    "cpu": .members(["usage": .integer, "cores": .integer]), "ram": share, "disk": share,
    "activeVMs": .integer,
    "host_reachable": .boolean,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.object("cpu") { json in
        json.field("usage", resources.cpuUsage)
        json.field("cores", resources.cores)
      }
      json.key("ram")
      Self.write(resources.memoryUsed, resources.memoryTotal, resources.memoryPercent, to: &json)
      json.key("disk")
      Self.write(resources.diskUsed, resources.diskTotal, resources.diskPercent, to: &json)
      json.field("activeVMs", activeMachines)
      json.field("host_reachable", isHostReachable)
    }
  }

  private static func write(_ used: Int, _ total: Int, _ percent: Int, to json: inout JSONWriter) {
    json.object { json in
      json.field("used", used)
      json.field("total", total)
      json.field("percent", percent)
    }
  }
}
