import CLibvirt
import Glibc
import Synchronization

/// An open libvirt connection, closed when the last reference is released.
///
/// libvirt 9.0 hangs or crashes when several threads wait for a daemon that stopped responding, so a remote
/// connection is used by one thread at a time.
final class Connection: @unchecked Sendable {
  // libvirt connections are thread-safe and reference-counted; the pointer is constant and freed in deinit.
  let pointer: OpaquePointer
  let pools: PoolFolders

  /// Blocks until libvirt has connected or failed.
  init(uri: String, pools: PoolFolders) throws {
    guard let pointer = virConnectOpen(uri) else {
      let error = HypervisorError.last("connect to \(uri)")
      throw HypervisorError(
        error.code == .denied ? .denied : .unreachable, error.message, operation: error.operation)
    }
    self.pointer = pointer
    self.pools = pools
    // The connection counts as dead after 3 unanswered pings, 2 s apart. The test driver has no socket and
    // rejects this, which is harmless.
    if virConnectSetKeepAlive(pointer, 2, 3) < 0 { virResetLastError() }
  }

  deinit {
    virConnectClose(pointer)
    virResetLastError()
  }

  /// Whether the socket is still open; does not communicate.
  var isAlive: Bool {
    defer { virResetLastError() }
    return virConnectIsAlive(pointer) == 1
  }
}

/// Throws the thread's libvirt error when a call returned a negative number.
@discardableResult
func check(_ result: Int32, _ operation: @autoclosure () -> String) throws -> Int32 {
  guard result >= 0 else { throw HypervisorError.last(operation()) }
  return result
}

/// Throws the thread's libvirt error when a call returned NULL.
func check(_ result: OpaquePointer?, _ operation: @autoclosure () -> String) throws -> OpaquePointer {
  guard let result else { throw HypervisorError.last(operation()) }
  return result
}

/// Converts and frees a string allocated by libvirt; throws when it is NULL.
func checkedText(_ text: UnsafeMutablePointer<CChar>?, _ operation: @autoclosure () -> String) throws
  -> String
{
  guard let text else { throw HypervisorError.last(operation()) }
  defer { free(text) }
  return String(cString: text)
}
