extension Host {
  private static let longestPause = 15

  /// The body of the connecting thread: connects, waits for the loss of the connection, and reconnects with
  /// increasing delays.
  func stayConnected() {
    var pause = 1
    while true {
      let (isStopped, isConnected) = state.withLock { ($0.isStopped, $0.session != nil) }
      if isStopped { return }
      if isConnected {
        wakeup.wait()
        continue
      }
      do {
        try connect()
        pause = 1
      } catch {
        setAway((error as? HypervisorError)?.message ?? "\(error)")
        wakeup.wait(for: .seconds(pause))
        pause = min(pause * 2, Self.longestPause)
      }
    }
  }

  private func connect() throws {
    let session = try Session(uri: uri, pools: pools, observer: self)
    let isWanted = state.withLock { state in
      guard !state.isStopped else { return false }
      state.session = session
      state.contact = .connected
      publish(.connected, to: &state)
      return true
    }
    guard isWanted else { return session.abandon("the host was stopped") }
    log("connected to \(uri)")
    // It may have been lost before it was stored.
    if !session.isAlive { setAway("the connection was lost immediately", session.id) }
  }

  /// Reports the host as unreachable, once per reason, and drops the session. A report about an earlier
  /// session is ignored.
  func setAway(_ reason: String, _ id: Int? = nil) {
    let (lost, isNews): (Session?, Bool) = state.withLock { state in
      guard !state.isStopped, id == nil || state.session?.id == id else { return (nil, false) }
      let lost = state.session.take()
      guard state.contact != .away(reason: reason) else { return (lost, false) }
      state.contact = .away(reason: reason)
      publish(.disconnected(reason: reason), to: &state)
      return (lost, true)
    }
    if isNews { log("\(uri) is unreachable: \(reason)") }
    guard let lost else { return }
    lost.abandon(reason)
    wakeup.signal()
  }
}

extension Host: ConnectionObserver {
  func connectionClosed(_ session: Int, reason: String) { setAway(reason, session) }

  func domainChanged(
    _ session: Int, name: String, uuid: String, state domainState: DomainState, detail: String
  ) {
    guard !name.hasPrefix(Trial.prefix) else { return }
    state.withLock { state in
      // Events before `connected` was published are covered by reading all states afterwards.
      guard state.session?.id == session else { return }
      publish(.domain(name: name, uuid: uuid, state: domainState, detail: detail), to: &state)
    }
  }
}
