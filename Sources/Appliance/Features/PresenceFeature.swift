import HTTP
import Synchronization

/// Who is online: the accounts with an open socket.
struct PresenceFeature: Feature {
  let sessions: Sessions
  let hub: Hub
  let sockets: Sockets
  private let announcer: PresenceAnnouncer

  init(_ sockets: Sockets) {
    self.sockets = sockets
    hub = sockets.hub
    sessions = sockets.sessions
    announcer = PresenceAnnouncer(hub: sockets.hub, loop: sockets.loop)
  }

  var routes: [Route] {
    [
      .get("/api/presence", .signedIn, "List the people online", response: Self.schema, get),
      .post(
        "/api/presence/leave", .signedIn, "Report that a browser's last page was closed", response: .success,
        leave),
    ]
  }

  func start() async throws {
    hub.whenPresenceChanges { [announcer] account, _ in announcer.changed(account) }
  }

  var onSubscribe: [SubscribeHandler] {
    [
      { [announcer] subscriber, topic in
        if topic == .presence { subscriber.socket.send(announcer.list()) }
      }
    ]
  }

  private func get(_ request: Request) async throws -> Response {
    let present = hub.present()
    return .json { Self.write(present, to: &$0) }
  }

  /// Closes the session's sockets and releases its lease, for a browser that may freeze the page with its
  /// connection open. The session itself stays valid, and its next request takes the lease again.
  private func leave(_ request: Request) async throws -> Response {
    if let signedIn = sockets.caller(request), case .session(let id) = signedIn.credential {
      hub.close(.session(id), code: 1001, reason: "LEFT")
      sessions.release(id)
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
      }
    }
  }

  static let schema = Schema.members([
    "count": .integer,
    "users": .array(.members(["id": .id, "name": .string, "username": .string, "avatar": .string])),
  ])

  static func write(_ present: [Account], to json: inout JSONWriter) {
    json.object { json in
      json.field("count", present.count)
      json.array("users") { json in
        for account in present {
          json.object { json in
            json.id("id", account.id)
            json.field("name", account.name)
            json.field("username", account.username)
            json.field("avatar", account.avatar)
          }
        }
      }
    }
  }
}

/// Publishes presence changes, and soon afterwards the whole list. Changes are combined; the more sockets
/// listen, the longer they are collected.
final class PresenceAnnouncer: Sendable {
  private struct State {
    /// Accounts whose presence changed since the last announcement.
    var changed: Set<Int64> = []
    var isListPlanned = false
    var list: (version: UInt64, frame: Frame)?
  }

  private let hub: Hub
  private let loop: Loop
  private let state = Mutex(State())

  init(hub: Hub, loop: Loop) {
    self.hub = hub
    self.loop = loop
  }

  func changed(_ account: Account) {
    guard hub.hasListeners(.presence) else { return }
    let isFirst = state.withLock { state in
      state.changed.insert(account.id)
      return state.changed.count == 1
    }
    guard isFirst else { return }
    loop.timer(after: .milliseconds(10) + crowd / 50) { [self] in publish() }
  }

  /// Publishes the current state rather than the change, since changes seen by two threads at once have no
  /// order.
  private func publish() {
    let (changed, plansList) = state.withLock { state in
      defer { (state.changed, state.isListPlanned) = ([], true) }
      return (state.changed, !state.isListPlanned)
    }
    for account in changed {
      let text = Frames.encode("USER_STATUS") { json in
        json.object { json in
          json.id("userId", account)
          json.field("isOnline", hub.isPresent(account))
        }
      }
      hub.publish(.presence, to: .everyone) { _ in text }
    }
    guard plansList else { return }
    loop.timer(after: .milliseconds(200) + crowd / 10) { [self] in
      state.withLock { $0.isListPlanned = false }
      let list = list()
      for listener in hub.listeners(.presence) where listener.account != nil { listener.socket.send(list) }
    }
  }

  /// The list of people online, encoded once until it changes.
  func list() -> Frame {
    let version = hub.presenceVersion
    if let known = state.withLock({ $0.list }), known.version == version { return known.frame }
    let frame = Frame(
      text: Frames.encode("PRESENCE") { PresenceFeature.write(hub.present(), to: &$0) }, droppable: true)
    state.withLock { $0.list = (version, frame) }
    return frame
  }

  /// One millisecond per listening socket.
  private var crowd: Duration { .milliseconds(hub.count(of: .presence)) }
}
