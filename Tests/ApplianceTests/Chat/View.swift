import HTTP
import Testing

@testable import Appliance

/// A client's view of one channel, built from frames. Records an issue when one arrives twice or out of
/// order.
struct View {
  private(set) var ids: [Int64] = []
  private var messages: [Int64: JSONValue] = [:]
  private(set) var last: Int64
  private(set) var revision: Int64 = 0
  /// Whether the last page said that more follow.
  private(set) var isCatchingUp = false
  private(set) var wasReset = false
  private(set) var hasLeft = false
  private(set) var pages = 0

  init(last: Int64 = 0, revision: Int64 = 0) {
    self.last = last
    self.revision = revision
  }

  var texts: [String] { ids.map { messages[$0]?["text"]?.string ?? "?" } }

  subscript(id: Int64) -> JSONValue? { messages[id] }

  /// Reads at least one frame of the channel, until `isEnough` returns true.
  mutating func follow(_ socket: TestWebSocket, until isEnough: (View) -> Bool) async throws {
    var isOfChannel = false
    repeat {
      guard let frame = await socket.next() else {
        throw TestClient.Broken(reason: "the socket ended: \(self)")
      }
      let type = frame["type"]?.string ?? ""
      isOfChannel = isOfChannel || type.hasPrefix("CHA")
      take(type, frame["payload"] ?? .null)
    } while !isOfChannel || !isEnough(self)
  }

  mutating func take(_ type: String, _ payload: JSONValue) {
    switch type {
    case "CHANNEL_JOINED":
      pages += 1
      hasLeft = false
      wasReset = wasReset || payload["reset"]?.bool == true
      for message in payload["changed"]?.array ?? [] { change(message) }
      for message in payload["messages"]?.array ?? [] { add(message) }
      isCatchingUp = payload["more"]?.bool == true
      let said = payload["last"]?.number
      #expect(said == last, "a page says where it ends")
      revision = payload["revision"]?.int64 ?? -1
    case "CHAT_MESSAGE":
      #expect(!isCatchingUp, "nothing is live before the last page")
      add(payload)
    case "CHAT_EDITED": change(payload)
    case "CHAT_DELETED", "CHAT_REACTION", "CHAT_PINNED":
      guard let id = payload["id"]?.number, case .object(var message)? = messages[id] else { break }
      for (name, value) in payload.object ?? [:] { message[name] = value }
      if type == "CHAT_DELETED" { (message["text"], message["reactions"]) = ("", []) }
      change(.object(message))
    case "CHANNEL_LEFT": hasLeft = true
    default: break
    }
  }

  private mutating func add(_ message: JSONValue) {
    let id = message["id"]?.number ?? 0
    #expect(id > last, "\(id) after \(last)")
    last = id
    ids.append(id)
    messages[id] = message
  }

  private mutating func change(_ message: JSONValue) {
    let (id, change) = (message["id"]?.number ?? 0, message["revision"]?.int64 ?? 0)
    #expect(id <= last, "a change of what was not there: \(id)")
    if change > messages[id]?["revision"]?.int64 ?? 0 { messages[id] = message }
    revision = max(revision, change)
  }
}
