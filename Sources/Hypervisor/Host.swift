import Synchronization
import Threads

/// A hypervisor reached through libvirt: it connects and reconnects by itself and reports what happens.
///
/// Every call throws ``HypervisorError``; `.unreachable` at once while the host is away.
public final class Host: Sendable {
  /// libvirt's address of the host, such as `qemu:///system` or `test:///default`.
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
    /// By network, what the test driver cannot keep.
    var simulatedHosts: [String: [NetworkHost]] = [:]
  }

  enum Contact: Equatable {
    case none, connected
    case away(reason: String)
  }

  /// Does not connect; `log` is called from any thread with one line in English.
  public init(uri: String, log: @escaping @Sendable (String) -> Void) {
    self.uri = uri
    self.log = log
  }

  public var isConnected: Bool { state.withLock { $0.contact == .connected } }

  /// libvirt's mock driver, which needs no daemon and forgets all when the host is stopped.
  public var isTestDriver: Bool { uri.hasPrefix("test:") || uri.hasPrefix("test+") }

  /// Whether it is this machine itself: no host is named in its address.
  public var isLocal: Bool { !uri.contains("://") || uri.contains(":///") }

  /// Begins to connect, and returns at once; calls after the first do nothing.
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

  /// Refuses what waits, lets running calls end, closes the connection and ends all event streams.
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
  /// Runs a short blocking body with a connection, on the thread that owns it; `.timeout` after two minutes.
  func perform<T: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    let session = try currentSession(operation)
    return try await session.commands.run(operation) {
      try $0.judging { try body($0) }
    }
  }

  /// The same for a body that may take long; it neither holds up the short ones nor times out.
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
  /// Whatever fails on a dead connection failed because of that.
  fileprivate func judging<T>(_ body: (Connection) throws -> T) throws -> T {
    do {
      return try body(self)
    } catch let error as HypervisorError where !isAlive {
      throw HypervisorError(.unreachable, error.message, operation: error.operation)
    }
  }
}
