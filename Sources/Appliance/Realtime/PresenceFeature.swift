import HTTP
import Synchronization

/// Who is here: the accounts with an open socket, and nothing that must be kept in step with them.
struct PresenceFeature: Feature {
  let appliance: Appliance
  private let announcer: PresenceAnnouncer

  init(_ appliance: Appliance) {
    self.appliance = appliance
    announcer = PresenceAnnouncer(hub: appliance.hub, loop: appliance.loop)
  }

  var routes: [Route] {
    [.get("/api/presence", .signedIn, "Who is here now", get)]
  }

  func start() async throws {
    appliance.hub.whenPresenceChanges { [announcer] account, _ in announcer.changed(account) }
    appliance.greet { [hub = appliance.hub] subscriber, topic in
      guard topic == .presence else { return }
      subscriber.send(Frames.encode("PRESENCE") { Self.write(hub.present(), to: &$0) })
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let present = appliance.hub.present()
    return .json { Self.write(present, to: &$0) }
  }

  static func write(_ present: [Account], to json: inout JSONWriter) {
    json.beginObject()
    json.field("count", present.count)
    json.key("users")
    json.beginArray()
    for account in present {
      json.beginObject()
      json.id("id", account.id)
      json.field("name", account.name)
      json.field("username", account.username)
      json.field("avatar", account.avatar)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}

/// Tells each coming and going at once, and the whole list soon after: once for many changes.
final class PresenceAnnouncer: Sendable {
  private let hub: Hub
  private let loop: Loop
  private let isPlanned = Mutex(false)

  init(hub: Hub, loop: Loop) {
    self.hub = hub
    self.loop = loop
  }

  /// Tells it on the loop, and as it is by then: what two threads see at once keeps no order.
  func changed(_ account: Account) {
    guard hub.hasListeners(.presence) else { return }
    loop.run { [self] in tell(account) }
  }

  private func tell(_ account: Account) {
    let text = Frames.encode("USER_STATUS") { json in
      json.beginObject()
      json.id("userId", account.id)
      json.field("isOnline", hub.isPresent(account.id))
      json.endObject()
    }
    hub.publish(.presence, to: .everyone) { _ in text }
    let isFirst = isPlanned.withLock { isPlanned in
      defer { isPlanned = true }
      return !isPlanned
    }
    guard isFirst else { return }
    loop.timer(after: .milliseconds(200)) { [self] in
      isPlanned.withLock { $0 = false }
      let text = Frames.encode("PRESENCE") { PresenceFeature.write(hub.present(), to: &$0) }
      hub.publish(.presence, to: .everyone) { _ in text }
    }
  }
}
