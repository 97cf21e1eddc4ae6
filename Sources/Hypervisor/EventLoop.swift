import CLibvirt
import Glibc
import Threads

/// libvirt's event loop, one per process, on its own thread.
enum EventLoop {
  /// Must be called before the first connection is opened; false when the system has no thread left.
  static func start() -> Bool { isRunning }

  private static let isRunning: Bool = {
    virInitialize()
    virSetErrorFunc(nil, ignoreError)
    guard virEventRegisterDefaultImpl() == 0 else { return false }
    return Thread("libvirt-events", runEventLoop) != nil
  }()
}

/// By default libvirt prints each error to standard error; here they are thrown instead.
private func ignoreError(_: UnsafeMutableRawPointer?, _: virErrorPtr?) {}

@Sendable private func runEventLoop() {
  while true {
    if virEventRunDefaultImpl() < 0 {
      virResetLastError()
      // Prevents a loop that fails immediately from using all of a core.
      usleep(100_000)
    }
  }
}
