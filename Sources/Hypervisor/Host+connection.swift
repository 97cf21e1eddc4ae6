extension Host {
  private static let longestPause = 15

  /// The connecting thread's work: open, wait for the end, open again, more slowly while that fails.
  func stayConnected() {
    var pause = 1
    while true {
      retireConnections()
      let (isStopped, isConnected) = state.withLock { ($0.isStopped, $0.connection != nil) }
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
        wakeup.wait(seconds: pause)
        pause = min(pause * 2, Self.longestPause)
      }
    }
  }

  private func connect() throws {
    let connection = try Connection(uri: uri, observer: self)
    do {
      try connection.watch()
    } catch {
      connection.retire()
      throw error
    }
    let isWanted = state.withLock { state in
      guard !state.isStopped else { return false }
      state.connection = connection
      state.contact = .connected
      publish(.connected, to: state)
      return true
    }
    if isWanted { log("connected to \(uri)") } else { connection.retire() }
    // It may have ended before it was ours to lose.
    if !connection.isAlive { setAway("lost at once", connection.id) }
  }

  /// Reports the host as away, once per reason, and drops the connection; a late word about an earlier one is ignored.
  func setAway(_ reason: String, _ id: Int? = nil) {
    let isNews = state.withLock { state in
      guard !state.isStopped, id == nil || state.connection?.id == id else { return false }
      if let connection = state.connection.take() { state.retired.append(connection) }
      guard state.contact != .away(reason: reason) else { return false }
      state.contact = .away(reason: reason)
      publish(.disconnected(reason: reason), to: state)
      return true
    }
    if isNews { log("\(uri) is away: \(reason)") }
    if id != nil { wakeup.signal() }
  }

  /// Never under our lock, nor on libvirt's thread: giving callbacks back waits for running ones.
  func retireConnections() {
    let retired = state.withLock { state in
      defer { state.retired = [] }
      return state.retired
    }
    for connection in retired { connection.retire() }
  }
}

extension Host: ConnectionObserver {
  func connectionClosed(_ connection: Int, reason: String) { setAway(reason, connection) }

  func domainChanged(_ connection: Int, name: String, state domainState: DomainState, detail: String) {
    guard !name.hasPrefix(Trial.prefix) else { return }
    state.withLock { state in
      // What comes before `connected` was told is seen by those who read all states then.
      guard state.connection?.id == connection else { return }
      publish(.domain(name: name, state: domainState, detail: detail), to: state)
    }
  }
}
