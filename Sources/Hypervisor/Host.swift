import Synchronization
import Threads

/// A hypervisor accessed through libvirt: connects and reconnects by itself and publishes events.
///
/// All calls throw ``HypervisorError``; `.unreachable` immediately while the host is not connected.
public final class Host: Sendable {
  /// The libvirt URI of the host, such as `qemu:///system` or `test:///default`.
  public let uri: String
  let log: @Sendable (String) -> Void
  let names = AsyncLock()
  let pools = PoolFolders()
  let wakeup = CountingSemaphore()
  let state = Mutex(State())

  struct State {
    var contact = Contact.none
    var session: Session?
    var isStarted = false
    var isStopped = false
    var subscribers: [Int: AsyncStream<HostEvent>.Continuation] = [:]
    var lastSubscriber = 0
    /// DHCP host entries by network, which the test driver cannot store.
    var simulatedHosts: [String: [NetworkHost]] = [:]
    /// Consoles in place of the test driver's, which has none.
    var simulatedConsoles: ConsoleOpener?
  }

  enum Contact: Equatable {
    case none, connected
    case away(reason: String)
  }

  /// Does not connect yet; `log` may be called from any thread, with one line of English.
  public init(uri: String, log: @escaping @Sendable (String) -> Void) {
    self.uri = uri
    self.log = log
  }

  public var isConnected: Bool { state.withLock { $0.contact == .connected } }

  /// Whether this is libvirt's mock driver, which needs no daemon and forgets everything when the host is
  /// stopped.
  public var isTestDriver: Bool { uri.hasPrefix("test:") || uri.hasPrefix("test+") }

  /// Whether the host is this machine: the URI names no other host.
  public var isLocal: Bool { !uri.contains("://") || uri.contains(":///") }

  /// Starts connecting and returns at once; further calls do nothing.
  public func start() {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted && !state.isStopped
    }
    guard isFirst else { return }
    guard EventLoop.start(), Thread("libvirt-connect", { self.stayConnected() }) != nil else {
      setAway("no thread is left for libvirt")
      return
    }
  }

  /// Fails waiting calls, lets running ones finish, closes the connection and ends all event streams.
  public func stop() async {
    let (session, subscribers) = state.withLock { state in
      state.isStopped = true
      state.contact = .none
      defer { state.subscribers = [:] }
      return (state.session.take(), state.subscribers.values.map { $0 })
    }
    for subscriber in subscribers { subscriber.finish() }
    wakeup.signal()
    await session?.close()
  }
}

extension Host {
  /// Runs a short blocking body with a connection, on the thread that owns it. Throws `.timeout` after two
  /// minutes.
  func perform<T: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let session = try currentSession(operation)
    return try await session.commands.run(operation) {
      try $0.judging { try body($0) }
    }
  }

  /// The same for a long body: it does not delay short ones and has no timeout.
  func performLong<T: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let session = try currentSession(operation)
    return try await session.transfers.run(operation) { try $0.judging { try body($0) } }
  }

  func currentSession(_ operation: String) throws -> Session {
    try state.withLock { state in
      if let session = state.session { return session }
      let reason =
        switch state.contact {
        case .away(let reason): reason
        default: state.isStopped ? "the host was stopped" : "not connected yet"
        }
      throw HypervisorError(.unreachable, reason, operation: operation)
    }
  }
}

extension Connection {
  /// Reports any failure on a dead connection as `.unreachable`.
  fileprivate func judging<T>(_ body: (Connection) throws -> T) throws -> T {
    do {
      return try body(self)
    } catch let error as HypervisorError where !isAlive {
      throw HypervisorError(.unreachable, error.message, operation: error.operation)
    }
  }
}
