import CLibvirt
import Synchronization
import Threads

/// One time of being connected: a connection that listens, and threads with their own that do the calls.
final class Session: Sendable {
  let id: Int
  let capabilities = Mutex<HostCapabilities?>(nil)
  let commands: CallQueue<Connection>
  /// For long calls, so that an upload never holds up a stop.
  let transfers: CallQueue<Connection>
  private let listener: Connection
  private let eventID = Mutex<Int32?>(nil)
  private static let closingTime = Duration.seconds(5)

  /// Blocks until libvirt answers or refuses.
  init(uri: String, pools: PoolFolders, observer: any ConnectionObserver) throws {
    let listener = try Connection(uri: uri, pools: pools)
    self.listener = listener
    // The mock driver in process has no wire; and each connection to a file of its machines is a world apart.
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

  /// Asks no one: whether the listener's wire is still open.
  var isAlive: Bool { listener.isAlive }

  /// After the session's loss: answers all callers at once, and waits for none of their calls.
  func abandon(_ reason: String) {
    commands.abandon(reason)
    transfers.abandon(reason)
    // Giving back waits for a running callback, and may ask the daemon.
    _ = Thread("libvirt-close") { self.unlisten() }
  }

  /// In good order: lets running calls end, but waits for a silent daemon for some seconds only.
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
      // libvirt's VIR_DOMAIN_EVENT_CALLBACK does the same cast: the id decides the true type.
      unsafeBitCast(
        domainChanged as virConnectDomainEventCallback, to: virConnectDomainEventGenericCallback.self),
      opaque, nil)
    eventID.withLock { $0 = registered < 0 ? nil : registered }
    try check(registered, "watch machines")
    guard isAlive else { throw HypervisorError(.unreachable, "lost at once", operation: "connect") }
  }

  /// Gives back what `listen` registered, as libvirt keeps a connection open for its callbacks.
  private func unlisten() {
    ConnectionObservers.remove(id)
    if let eventID = eventID.withLock({ $0.take() }) {
      virConnectDomainEventDeregisterAny(listener.pointer, eventID)
    }
    virConnectUnregisterCloseCallback(listener.pointer, connectionClosed)
    virResetLastError()
  }
}
