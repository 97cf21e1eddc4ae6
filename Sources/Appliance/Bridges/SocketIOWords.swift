import HTTP

/// Translates frames of the hub into events of the older Socket.IO client.
enum SocketIOWords {
  /// Empty when the frame has no equivalent. With an owner other than 0, only that person's machines are
  /// included.
  static func packets(for frame: HubFrame, owner: Int64) -> [Frame] {
    switch frame.type {
    case "VM_STATS":
      let machines = owner == 0 ? Array(frame.json) : only(owner, frame.payload)
      return [SocketIOPacket.event("vm-stats", machines, droppable: frame.droppable)]
    case "SYSTEM_STATS":
      return [
        SocketIOPacket.event("system-stats", frame.json, droppable: frame.droppable),
        SocketIOPacket.event("admin-system-update", frame.json, droppable: frame.droppable),
      ]
    default: return []
    }
  }

  /// Filters a list of machines by owner.
  private static func only(_ owner: Int64, _ machines: JSONValue) -> [UInt8] {
    var members = machines.object ?? [:]
    let mine = (members["vms"]?.array ?? []).filter { $0["user_id"]?.string == String(owner) }
    members["vms"] = .array(mine)
    members["total"] = .integer(Int64(mine.count))
    var json = JSONWriter(reserve: 1024)
    json.value(.object(members))
    return json.bytes
  }
}
