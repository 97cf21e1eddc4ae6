import HTTP
import Synchronization

/// What the hub says, in the words of the older client: written once for all who hear the same.
final class SocketIOWords: Sendable {
  private struct Translation {
    weak var source: Frame?
    let owner: Int64?
    let frames: [Frame]
  }

  /// How many frames of the hub are remembered: those of one round in both languages, and some more.
  private static let most = 8

  private let known = Mutex<[Translation]>([])

  /// The packets that say what a frame of `/ws` says; none where the older client has no words for it. With an
  /// owner only the machines of that person are left.
  func packets(for frame: Frame, owner: Int64? = nil) -> [Frame] {
    let found = known.withLock { known in
      known.removeAll { $0.source == nil }
      return known.first { $0.source === frame && $0.owner == owner }?.frames
    }
    if let found { return found }
    let frames = Self.translate(frame, owner)
    known.withLock { known in
      if known.count >= Self.most { known.removeFirst() }
      known.append(Translation(source: frame, owner: owner, frames: frames))
    }
    return frames
  }

  private static func translate(_ frame: Frame, _ owner: Int64?) -> [Frame] {
    let text = frame.payload
    if let machines = payload(of: "VM_STATS", in: text) {
      let mine = owner.map { only($0, machines) } ?? Array(machines)
      return [SocketIOPacket.event("vm-stats", mine, droppable: frame.droppable)]
    }
    if let system = payload(of: "SYSTEM_STATS", in: text) {
      return [
        SocketIOPacket.event("system-stats", system, droppable: frame.droppable),
        SocketIOPacket.event("admin-system-update", system, droppable: frame.droppable),
      ]
    }
    return []
  }

  /// The payload of a frame of a type, as it is written; nil where the frame is of another type.
  private static func payload(of type: String, in text: [UInt8]) -> ArraySlice<UInt8>? {
    let start = Array("{\"type\":\"\(type)\",\"payload\":".utf8)
    guard text.starts(with: start), text.count > start.count else { return nil }
    return text[start.count..<text.count - 1]
  }

  /// The machines of one person among all.
  private static func only(_ owner: Int64, _ machines: ArraySlice<UInt8>) -> [UInt8] {
    guard case .object(var members) = JSONValue(parsing: Array(machines)) ?? .null else { return [] }
    let mine = (members["vms"]?.array ?? []).filter { $0["user_id"]?.string == String(owner) }
    members["vms"] = .array(mine)
    members["total"] = .integer(Int64(mine.count))
    var json = JSONWriter(reserve: 1024)
    json.value(.object(members))
    return json.bytes
  }
}
