import HTTP
import Hypervisor
import Store

/// Machines with their usage, for the machines route and `VM_STATS` frames.
struct MachineStatistics: Sendable {
  /// Maximum number of machines in one response; `total` counts all.
  static let most = 500

  private struct Entry {
    let owner: Int64
    let json: [Language: [UInt8]]
  }

  private let entries: [Entry]
  private let isHostReachable: Bool

  /// Reads the machines of `owner`, or all, and encodes each once per language.
  init(
    _ reader: StatisticsReader, owner: Int64?, languages: Set<Language>, loads: MachineLoads
  ) async throws {
    let views = languages.map { language in
      MachineView(
        publicIP: reader.site.publicIP, isHostReachable: loads.isReachable,
        isForwarding: reader.forwarding.isEnabled, hasConsoles: reader.host.hasConsoles, language: language)
    }
    isHostReachable = loads.isReachable
    entries = try await reader.database.read { connection in
      let jobs = try MachineView.jobs(in: connection)
      let own: [any Bindable] = owner.map { [$0] } ?? []
      let machines = Dictionary(
        try connection.query(
          "SELECT \(Machine.columns) FROM machines" + (owner == nil ? "" : " WHERE user_id = ?"),
          arguments: own, map: Machine.init
        ).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      var entries: [Entry] = []
      try connection.forEach(
        MachineView.select + (owner == nil ? "" : " WHERE m.user_id = ?") + " ORDER BY m.id DESC",
        arguments: own
      ) { row in
        guard let machine = machines[row.int64(0)] else { return }
        let load = loads[machine.uuid]
        let json = views.map { view in
          (view.language, Self.json(row, view: view, machine: machine, job: jobs[machine.id], load: load))
        }
        entries.append(
          Entry(owner: machine.userID, json: Dictionary(json, uniquingKeysWith: { first, _ in first })))
      }
      return entries
    }
  }

  static let schema = Schema.members([
    "vms": .array(MachineView.schema + MachineLoad.schema), "total": .integer, "host_reachable": .boolean,
  ])

  /// Writes the machines visible to `account`: its own or, for admins, all.
  func write(to json: inout JSONWriter, for account: Account, in language: Language) {
    let visible = account.role == .admin ? entries : entries.filter { $0.owner == account.id }
    json.object { json in
      json.array("vms") { json in
        for entry in visible.prefix(Self.most) {
          if let machine = entry.json[language] { json.raw(machine) }
        }
      }
      json.field("total", visible.count)
      json.field("host_reachable", isHostReachable)
    }
  }

  /// Inserts the usage into the machine's JSON object.
  private static func json(
    _ row: Row, view: MachineView, machine: Machine, job: Int64?, load: MachineLoad
  ) -> [UInt8] {
    var json = JSONWriter(reserve: 1024)
    view.write(row, to: &json, job: job)
    var members = JSONWriter()
    members.object { members in
      load.write(to: &members, vcpu: machine.vcpu, memory: machine.memory, diskSize: machine.diskSize)
    }
    return json.bytes.dropLast() + [UInt8(ascii: ",")] + members.bytes.dropFirst()
  }
}
