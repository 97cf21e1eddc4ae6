import HTTP
import Synchronization

/// Shared by all connections of `/ws` and its dialects: authentication, and the features' handlers.
final class Sockets: Sendable {
  /// The handlers of all features.
  struct Handlers: Sendable {
    var onSubscribe: [SubscribeHandler] = []
    var frames: [String: FrameHandler] = [:]
    var dialects: [String: Dialect] = [:]

    init() {}

    init(_ features: [any Feature]) {
      for feature in features {
        onSubscribe += feature.onSubscribe
        frames.merge(feature.frameHandlers) { first, _ in first }
        dialects.merge(feature.dialects) { first, _ in first }
      }
    }
  }

  let site: Site
  let sessions: Sessions
  let hub: Hub
  let loop: Loop
  let limits: WebSocketLimits

  private let installed = Mutex(Handlers())

  init(site: Site, sessions: Sessions, hub: Hub, loop: Loop, limits: WebSocketLimits) {
    self.site = site
    self.sessions = sessions
    self.hub = hub
    self.loop = loop
    self.limits = limits
  }

  /// Called once, before the server starts.
  func install(_ handlers: Handlers) { installed.withLock { $0 = handlers } }

  var handlers: Handlers { installed.withLock { $0 } }

  /// The identity of a token; nil when it is invalid, or its person must set up two-step sign-in first.
  func caller(token: String) -> SignedIn? {
    guard let found = sessions.find(token: token), !sessions.mustSetUpTOTP(found.account) else { return nil }
    return found
  }

  /// The identity of a handshake. A cookie sent by a page of another origin is ignored.
  func caller(_ request: Request) -> SignedIn? {
    let isTrusted =
      Authorizer.bearer(of: request) != nil || SameOrigin.isOwn(request, publicURL: site.publicURL)
    return isTrusted ? request.signedIn : nil
  }

  /// Applies changes to the session or account that happened before the hub knew the socket; call it after
  /// `hub.signedIn`. False when the session is no longer valid.
  @discardableResult
  func catchUp(_ subscriber: Subscriber) -> Bool {
    let (account, credential) = subscriber.state.withLock { ($0.account, $0.credential) }
    guard let account, let credential else { return false }
    guard sessions.isValid(credential), let now = sessions.account(account.id), now.isActive else {
      hub.end(credential, reason: SessionEnd.expired.rawValue)
      return false
    }
    hub.refresh(now)
    return true
  }

  /// Subscribes a socket to a topic and sends it the current state; false when it has too many topics.
  func subscribe(_ subscriber: Subscriber, to topic: Topic) -> Bool {
    guard hub.subscribe(subscriber, to: topic) else { return false }
    sendCurrentState(of: topic, to: subscriber)
    return true
  }

  func sendCurrentState(of topic: Topic, to subscriber: Subscriber) {
    for handler in handlers.onSubscribe { handler(subscriber, topic) }
  }
}
