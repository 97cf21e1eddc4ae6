import CLibvirt
import Glibc
import Synchronization

/// One open connection to libvirt; whoever uses it last closes it.
final class Connection: @unchecked Sendable {
  // libvirt's connections are thread-safe and counted; the pointer never changes and is freed in deinit.
  let pointer: OpaquePointer
  let id: Int
  let capabilities = Mutex<HostCapabilities?>(nil)
  private let eventID = Mutex<Int32?>(nil)

  /// Blocks until libvirt answers or refuses.
  init(uri: String, observer: any ConnectionObserver) throws {
    guard let pointer = virConnectOpen(uri) else {
      let error = HypervisorError.last("connect to \(uri)")
      throw HypervisorError(
        error.code == .denied ? .denied : .unreachable, error.message, operation: error.operation)
    }
    self.pointer = pointer
    id = ConnectionObservers.add(observer)
  }

  deinit {
    ConnectionObservers.remove(id)
    virConnectClose(pointer)
    virResetLastError()
  }

  /// Pings the daemon when it is silent and reports the connection's end and every machine's change.
  func watch() throws {
    // Dead after 2 s times 3 unanswered pings. The test driver has no wire to watch: its refusal is fine.
    if virConnectSetKeepAlive(pointer, 2, 3) < 0 { virResetLastError() }
    let opaque = UnsafeMutableRawPointer(bitPattern: id)
    if virConnectRegisterCloseCallback(pointer, connectionClosed, opaque, nil) < 0 { virResetLastError() }
    let registered = virConnectDomainEventRegisterAny(
      pointer, nil, Int32(VIR_DOMAIN_EVENT_ID_LIFECYCLE.rawValue),
      // libvirt's VIR_DOMAIN_EVENT_CALLBACK does the same cast: the id decides the true type.
      unsafeBitCast(
        domainChanged as virConnectDomainEventCallback, to: virConnectDomainEventGenericCallback.self),
      opaque, nil)
    eventID.withLock { $0 = registered < 0 ? nil : registered }
    _ = try check(registered, "watch machines")
    guard isAlive else { throw HypervisorError(.unreachable, "lost at once", operation: "connect") }
  }

  /// Gives back what `watch` registered, as libvirt keeps a connection open for its callbacks.
  func retire() {
    ConnectionObservers.remove(id)
    if let eventID = eventID.withLock({ $0.take() }) { virConnectDomainEventDeregisterAny(pointer, eventID) }
    virConnectUnregisterCloseCallback(pointer, connectionClosed)
    virResetLastError()
  }

  /// Asks no one: whether the wire is still open.
  var isAlive: Bool {
    defer { virResetLastError() }
    return virConnectIsAlive(pointer) == 1
  }
}

/// Throws this thread's libvirt error when a call answered with a negative number.
@discardableResult
func check(_ result: Int32, _ operation: @autoclosure () -> String) throws -> Int32 {
  guard result >= 0 else { throw HypervisorError.last(operation()) }
  return result
}

/// Throws this thread's libvirt error when a call answered with no object.
func check(_ result: OpaquePointer?, _ operation: @autoclosure () -> String) throws -> OpaquePointer {
  guard let result else { throw HypervisorError.last(operation()) }
  return result
}

/// Takes ownership of a text that libvirt allocated.
func checkedText(_ text: UnsafeMutablePointer<CChar>?, _ operation: @autoclosure () -> String) throws
  -> String
{
  guard let text else { throw HypervisorError.last(operation()) }
  defer { free(text) }
  return String(cString: text)
}
