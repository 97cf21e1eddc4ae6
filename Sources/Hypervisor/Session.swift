import CLibvirt
import Synchronization
import Threads

/// One established connection to a host: a connection for events, and threads with their own connections for
/// calls.
final class Session: Sendable {
  let id: Int
  let capabilities = Mutex<HostCapabilities?>(nil)
  let commands: CallQueue<Connection>
  /// For long calls, so that an upload never delays a stop.
  let transfers: CallQueue<Connection>
  private let listener: Connection
  private let eventID = Mutex<Int32?>(nil)
  private static let closingTime = Duration.seconds(5)

  /// Blocks until libvirt has connected or failed.
  init(uri: String, pools: PoolFolders, observer: any ConnectionObserver) throws {
    let listener = try Connection(uri: uri, pools: pools)
    self.listener = listener
    // The in-process test driver has no socket, and each connection to its XML file is a separate set of
    // machines.
    let isShared = uri.hasPrefix("test:")
    let connect: @Sendable () throws -> Connection = {
      try isShared ? listener : Connection(uri: uri, pools: pools)
    }
    commands = CallQueue(
      name: "libvirt", limit: 1024, patience: .seconds(120), makeTool: connect, isUsable: \.isAlive)
    transfers = CallQueue(name: "libvirt-upload", limit: 64, makeTool: connect, isUsable: \.isAlive)
    id = ConnectionObservers.add(observer)
    do {
      try listen()
    } catch {
      unlisten()
      throw error
    }
    commands.start(threads: 4)
    transfers.start(threads: 2)
  }

  /// Whether the event connection's socket is still open; does not communicate.
  var isAlive: Bool { listener.isAlive }

  /// After a lost connection: fails all calls at once without waiting for them.
  func abandon(_ reason: String) {
    commands.abandon(reason)
    transfers.abandon(reason)
    // Deregistering waits for a running callback and may call the daemon.
    _ = Thread("libvirt-close") { self.unlisten() }
  }

  /// Orderly close: lets running calls finish, but waits only some seconds for an unresponsive daemon.
  func close() async {
    await transfers.stop(grace: Self.closingTime)
    await commands.stop(grace: Self.closingTime)
    let closing = CallQueue(name: "libvirt-close", limit: 1, patience: Self.closingTime, makeTool: {})
    closing.start(threads: 1)
    try? await closing.run("close") { self.unlisten() }
    closing.abandon("closed")
  }

  private func listen() throws {
    let opaque = UnsafeMutableRawPointer(bitPattern: id)
    if virConnectRegisterCloseCallback(listener.pointer, connectionClosed, opaque, nil) < 0 {
      virResetLastError()
    }
    let registered = virConnectDomainEventRegisterAny(
      listener.pointer, nil, Int32(VIR_DOMAIN_EVENT_ID_LIFECYCLE.rawValue),
      // The same cast as libvirt's VIR_DOMAIN_EVENT_CALLBACK: the event id determines the actual type.
      unsafeBitCast(
        domainChanged as virConnectDomainEventCallback, to: virConnectDomainEventGenericCallback.self),
      opaque, nil)
    eventID.withLock { $0 = registered < 0 ? nil : registered }
    try check(registered, "watch machines")
    guard isAlive else {
      throw HypervisorError(.unreachable, "the connection was lost immediately", operation: "connect")
    }
  }

  /// Deregisters the callbacks: libvirt keeps a connection open as long as it has any.
  private func unlisten() {
    ConnectionObservers.remove(id)
    if let eventID = eventID.withLock({ $0.take() }) {
      virConnectDomainEventDeregisterAny(listener.pointer, eventID)
    }
    virConnectUnregisterCloseCallback(listener.pointer, connectionClosed)
    virResetLastError()
  }
}
