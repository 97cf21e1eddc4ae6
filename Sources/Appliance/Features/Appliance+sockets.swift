import HTTP

/// What every way to sign in on a socket has in common.
extension Appliance {
  /// Who a token speaks for on a socket; nil where it is none, or its person has the second step to set up first.
  func caller(token: String) -> SignedIn? {
    guard let found = sessions.find(token: token), !sessions.mustSetUpTOTP(found.account) else { return nil }
    return found
  }

  /// Who a handshake speaks for. A page of another origin may bring our cookie: that signs nobody in.
  func caller(_ request: Request) -> SignedIn? {
    let isTrusted =
      Authorizer.bearer(of: request) != nil || SameOrigin.isOwn(request, publicURL: site.publicURL)
    return isTrusted ? request.signedIn : nil
  }

  /// To be called once the hub knows whom a socket speaks for: what ended or changed before reached no socket.
  /// False where it is over already.
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

  /// Lets a socket listen to a topic, and tells it what is true now; false where it listens to too many.
  func listen(_ subscriber: Subscriber, to topic: Topic) -> Bool {
    guard hub.subscribe(subscriber, to: topic) else { return false }
    for greet in greetings { greet(subscriber, topic) }
    return true
  }
}
