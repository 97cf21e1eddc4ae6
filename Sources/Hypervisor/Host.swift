import Synchronization

/// A hypervisor reached through libvirt: it connects and reconnects by itself and reports what happens.
///
/// Every call throws ``HypervisorError``; `.unreachable` at once while the host is away.
public final class Host: Sendable {
  /// libvirt's address of the host, such as `qemu:///system` or `test:///default`.
  public let uri: String
  let log: @Sendable (String) -> Void
  let commands: WorkQueue
  /// Long ones, so that an upload never holds up a stop.
  let transfers: WorkQueue
  let names = NameLock()
  let wakeup = Semaphore()
  let state = Mutex(State())

  struct State {
    var contact = Contact.none
    var connection: Connection?
    /// Connections that were lost or closed, to be given back by the connecting thread.
    var retired: [Connection] = []
    var isStarted = false
    var isStopped = false
    var subscribers: [Int: AsyncStream<HostEvent>.Continuation] = [:]
    var lastSubscriber = 0
  }

  enum Contact: Equatable {
    case none, connected
    case away(reason: String)
  }

  /// Does not connect; `log` is called from any thread with one line in English.
  public init(uri: String, log: @escaping @Sendable (String) -> Void) {
    self.uri = uri
    self.log = log
    commands = WorkQueue(name: "libvirt", limit: 1024)
    transfers = WorkQueue(name: "libvirt-upload", limit: 64)
  }

  public var isConnected: Bool { state.withLock { $0.contact == .connected } }

  /// libvirt's mock driver, which needs no daemon and forgets all when the host is stopped.
  public var isTestDriver: Bool { uri.hasPrefix("test:") || uri.hasPrefix("test+") }

  /// Begins to connect, and returns at once; calls after the first do nothing.
  public func start() {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted && !state.isStopped
    }
    guard isFirst else { return }
    commands.start(threads: 4)
    transfers.start(threads: 2)
    guard EventLoop.start(), Thread.start("libvirt-connect", { self.stayConnected() }) else {
      setAway("no thread is left for libvirt")
      return
    }
  }

  /// Refuses what waits, lets running calls end, closes the connection and ends all event streams.
  public func stop() async {
    let subscribers = state.withLock { state in
      state.isStopped = true
      state.contact = .none
      if let connection = state.connection.take() { state.retired.append(connection) }
      defer { state.subscribers = [:] }
      return state.subscribers.values.map { $0 }
    }
    for subscriber in subscribers { subscriber.finish() }
    wakeup.signal()
    // A close asks the daemon, so it is a blocking call like the others.
    try? await commands.run("close") { self.retireConnections() }
    await commands.stop()
    await transfers.stop()
  }
}

extension Host {
  /// Runs a blocking body with the connection on a thread of its own kind.
  func perform<T: Sendable>(
    _ operation: String, on queue: WorkQueue? = nil, _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let connection = try currentConnection(operation)
    return try await (queue ?? commands).run(operation) {
      do {
        return try body(connection)
      } catch let error as HypervisorError {
        guard error.code != .unreachable, connection.isAlive else {
          self.setAway(error.message, connection.id)
          throw HypervisorError(.unreachable, error.message, operation: error.operation)
        }
        throw error
      }
    }
  }

  private func currentConnection(_ operation: String) throws -> Connection {
    try state.withLock { state in
      if let connection = state.connection { return connection }
      let reason =
        switch state.contact {
        case .away(let reason): reason
        default: state.isStopped ? "the host was stopped" : "not connected yet"
        }
      throw HypervisorError(.unreachable, reason, operation: operation)
    }
  }
}
