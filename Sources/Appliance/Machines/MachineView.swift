import HTTP
import Store

/// Writes machines as JSON directly from the columns of a row.
struct MachineView: Sendable {
  let publicIP: String
  let isHostReachable: Bool
  let isForwarding: Bool
  let hasConsoles: Bool
  let language: Language

  /// The columns in the order that `write` expects.
  static let select = """
    SELECT m.id, m.user_id, m.name, u.username || '-' || m.name, m.os_type, m.version, m.vcpu, m.memory,
      m.disk_size, m.status, m.internal_ip, m.port, m.ssh_user, m.error_code, m.created_at, m.updated_at,
      u.name, m.sealed_key IS NOT NULL, m.sealed_key, m.host_key, m.host_fingerprint,
      m.reason_code
    FROM machines AS m JOIN users AS u ON u.id = m.user_id
    """

  /// Upper bound for a machine's JSON in bytes: all its texts are short.
  static let mostBytes = 2 << 10

  static let jobsSQL = """
    SELECT machine_id, max(id) FROM jobs
    WHERE status IN ('queued', 'waiting', 'running') AND machine_id IS NOT NULL GROUP BY machine_id
    """

  /// The id of the newest unfinished job of each machine that has one.
  static func jobs(in connection: Connection) throws -> [Int64: Int64] {
    var jobs: [Int64: Int64] = [:]
    try connection.forEach(jobsSQL) { row in jobs[row.int64(0)] = row.int64(1) }
    return jobs
  }

  static let schema = Schema.named(
    "Machine",
    .members(
      [
        "id": .id, "user_id": .id, "name": .string, "full_name": .string, "os_type": .string,
        "version": .string,
        "vcpu": .integer, "memory": .described("MB", .integer), "disk_size": .described("GB", .integer),
        "status": .words(Machine.Status.self), "ip_address": .optional(.string),
        "internal_ip": .optional(.string),
        "public_ip": .optional(.string), "port": .optional(.integer), "forwarding": .boolean,
        "host_reachable": .boolean,
        "console": .described("whether it has a screen and a serial line", .boolean),
        "ssh_user": .optional(.string), "has_key": .boolean,
        "error": .optional(Refusals.schema), "reason": .optional(Refusals.schema),
        "problem": .optional(Refusals.schema),
        "hostKey": .optional(
          .members(["type": .string, "fingerprint": .optional(.string), "knownHosts": .string])),
        "job": .optional(.id), "owner": .members(["id": .id, "name": .string]), "created_at": .time,
        "updated_at": .time,
      ], optional: ["ssh_key": .described("for the owner only", .optional(.string))]))

  /// Writes one machine. `key` decrypts the private key; nil for everyone but the owner.
  func write(
    _ row: Row, to json: inout JSONWriter, job: Int64?, key: (([UInt8]) -> String?)? = nil
  ) {
    json.object { json in
      json.id("id", row.int64(0))
      json.id("user_id", row.int64(1))
      text("name", row, 2, &json)
      text("full_name", row, 3, &json)
      text("os_type", row, 4, &json)
      text("version", row, 5, &json)
      json.field("vcpu", row.int64(6))
      json.field("memory", row.int64(7))
      json.field("disk_size", row.int64(8))
      text("status", row, 9, &json)
      text("ip_address", row, 10, &json)
      text("internal_ip", row, 10, &json)
      let isForwarded = isForwarding && !row.isNull(11)
      json.key("public_ip")
      if isForwarded { json.value(publicIP) } else { json.null() }
      json.key("port")
      if isForwarded { json.value(row.int64(11)) } else { json.null() }
      json.field("forwarding", isForwarded)
      json.field("host_reachable", isHostReachable)
      json.field("console", hasConsoles)
      text("ssh_user", row, 12, &json)
      json.field("has_key", row.bool(17))
      if let key { json.field("ssh_key", row.optionalBlob(18).flatMap(key)) }
      json.key("error")
      if row.isNull(13) { json.null() } else { Refusals.write(row.text(13), to: &json, in: language) }
      writeReason(row, &json)
      // In this case the status is the last known one.
      json.key("problem")
      if isHostReachable { json.null() } else { Refusals.write("HOST_UNREACHABLE", to: &json, in: language) }
      writeHostKey(row, isForwarded: isForwarded, &json)
      json.key("job")
      if let job { json.value(String(job)) } else { json.null() }
      json.object("owner") { json in
        json.id("id", row.int64(1))
        text("name", row, 16, &json)
      }
      json.time("created_at", row.int64(14))
      json.time("updated_at", row.int64(15))
    }
  }

  /// Writes why the machine is not running, unless its status says so.
  private func writeReason(_ row: Row, _ json: inout JSONWriter) {
    let code = row.isNull(13) ? row.optionalText(21) : row.text(13)
    json.key("reason")
    if let code { Refusals.write(code, to: &json, in: language) } else { json.null() }
  }

  private func writeHostKey(_ row: Row, isForwarded: Bool, _ json: inout JSONWriter) {
    json.key("hostKey")
    guard let key = row.optionalText(19), let address = row.optionalText(10) else { return json.null() }
    json.object { json in
      json.field("type", SSHHostKey.type)
      json.field("fingerprint", row.optionalText(20))
      json.field(
        "knownHosts",
        SSHHostKey.knownHosts(
          host: isForwarded ? publicIP : address, port: isForwarded ? row.int(11) : 22, key: key))
    }
  }

  private func text(_ name: StaticString, _ row: Row, _ column: Int, _ json: inout JSONWriter) {
    json.key(name)
    row.withOptionalText(column) { bytes in if let bytes { json.value(utf8: bytes) } else { json.null() } }
  }
}
