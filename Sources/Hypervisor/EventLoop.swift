import CLibvirt
import Glibc
import Threads

/// libvirt's own event loop, one for the process, on a thread that sleeps until a socket or timer calls.
enum EventLoop {
  /// Must have run before the first connection is opened; false when the system has no thread left.
  static func start() -> Bool { isRunning }

  private static let isRunning: Bool = {
    virInitialize()
    virSetErrorFunc(nil, ignoreError)
    guard virEventRegisterDefaultImpl() == 0 else { return false }
    return Thread("libvirt-events", runEventLoop) != nil
  }()
}

/// Without it libvirt prints each error to standard error; we throw them instead.
private func ignoreError(_: UnsafeMutableRawPointer?, _: virErrorPtr?) {}

@Sendable private func runEventLoop() {
  while true {
    if virEventRunDefaultImpl() < 0 {
      virResetLastError()
      // A loop that fails at once, again and again, must not eat a core.
      usleep(100_000)
    }
  }
}
