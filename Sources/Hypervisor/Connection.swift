import CLibvirt
import Glibc
import Synchronization

/// One open connection to libvirt; whoever uses it last closes it.
///
/// libvirt 9.0 hangs or crashes when several threads wait for a daemon that has gone silent, so a
/// connection with a wire is used by one thread at a time.
final class Connection: @unchecked Sendable {
  // libvirt's connections are thread-safe and counted; the pointer never changes and is freed in deinit.
  let pointer: OpaquePointer
  let pools: PoolFolders

  /// Blocks until libvirt answers or refuses.
  init(uri: String, pools: PoolFolders) throws {
    guard let pointer = virConnectOpen(uri) else {
      let error = HypervisorError.last("connect to \(uri)")
      throw HypervisorError(
        error.code == .denied ? .denied : .unreachable, error.message, operation: error.operation)
    }
    self.pointer = pointer
    self.pools = pools
    // Dead after 2 s times 3 unanswered pings. The test driver has no wire to watch: its refusal is fine.
    if virConnectSetKeepAlive(pointer, 2, 3) < 0 { virResetLastError() }
  }

  deinit {
    virConnectClose(pointer)
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
