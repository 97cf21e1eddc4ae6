import HTTP
import Store

/// Limits on what a person may use. They must be checked in the transaction that allocates, so that two
/// concurrent requests cannot both take the rest.
struct Quotas: Sendable {
  typealias Resource = Amounts.Resource

  /// Default limit for the bytes of a person's uploads and messages.
  static let defaultBytes: Int64 = 1 << 30

  /// The limits for people without limits of their own or of their role.
  let defaults: Amounts

  /// The defaults are enough for this many machines of the largest plan.
  init(machinesPerPerson: Int) {
    let machines = Int64(machinesPerPerson)
    func largest(_ size: (Plan) -> Int) -> Int64 { machines * Int64(Plan.all.map(size).max() ?? 0) }
    defaults = Amounts(
      machines: machines, cores: largest(\.vcpu), memory: largest(\.memory), disk: largest(\.diskSize),
      bytes: Self.defaultBytes)
  }

  /// A person's limits: their own, else their role's, else the default.
  func most(for person: Int64, in connection: Connection) throws -> Amounts {
    let role = try connection.first("SELECT role FROM users WHERE id = ?", person) {
      Role(rawValue: $0.text(0))
    }
    var most = try most(for: role.flatMap { $0 } ?? .employee, in: connection)
    for (resource, limit) in try Self.own(person, in: connection) { most[resource] = limit }
    return most
  }

  func most(for role: Role, in connection: Connection) throws -> Amounts {
    var most = defaults
    for (resource, limit) in try Self.ofRole(role, in: connection) { most[resource] = limit }
    return most
  }

  static func own(_ person: Int64, in connection: Connection) throws -> [Resource: Int64] {
    try limits(connection, "SELECT resource, most FROM person_quotas WHERE user_id = ?", person)
  }

  static func ofRole(_ role: Role, in connection: Connection) throws -> [Resource: Int64] {
    try limits(connection, "SELECT resource, most FROM role_quotas WHERE role = ?", role.rawValue)
  }

  private static func limits(
    _ connection: Connection, _ sql: String, _ key: any Bindable
  ) throws -> [Resource: Int64] {
    let rows = try connection.query(sql, arguments: [key]) { (Resource(rawValue: $0.text(0)), $0.int64(1)) }
    return rows.reduce(into: [:]) { limits, row in if let resource = row.0 { limits[resource] = row.1 } }
  }

  /// A machine counts with its size or, during a resize, with the larger of old and new.
  static let usedSQL = """
    SELECT count(*), coalesce(sum(max(vcpu, wanted_vcpu)), 0), coalesce(sum(max(memory, wanted_memory)), 0),
      coalesce(sum(max(disk_size, wanted_disk)), 0)
    FROM (
      SELECT m.vcpu, m.memory, m.disk_size, coalesce(max(j.arguments ->> 'vcpu'), 0) AS wanted_vcpu,
        coalesce(max(j.arguments ->> 'memory'), 0) AS wanted_memory,
        coalesce(max(j.arguments ->> 'diskSize'), 0) AS wanted_disk
      FROM machines AS m LEFT JOIN jobs AS j ON j.machine_id = m.id AND j.kind = 'machine.resize'
        AND j.status IN ('queued', 'waiting', 'running')
      WHERE m.user_id = ? GROUP BY m.id)
    """
  static let bytesSQL = "SELECT bytes FROM stored_bytes WHERE user_id = ?"

  /// The amounts in use by a person.
  static func used(by person: Int64, in connection: Connection) throws -> Amounts {
    var used =
      try connection.first(usedSQL, person) { row in
        Amounts(
          machines: row.int64(0), cores: row.int64(1), memory: row.int64(2), disk: row.int64(3))
      } ?? Amounts()
    used[.bytes] = try connection.scalar(bytesSQL, person) ?? 0
    return used
  }
}
