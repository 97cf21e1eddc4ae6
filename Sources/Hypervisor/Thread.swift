import CLibvirt
import Glibc

/// An operating system thread for calls that block; it ends when its work returns.
enum Thread {
  private static let stackSize = 1 << 20

  /// Returns false when the system has no thread left.
  @discardableResult
  static func start(_ name: String, _ work: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let box = Unmanaged.passRetained(ThreadWork(name: name, run: work))
    var thread = pthread_t()
    guard pthread_create(&thread, &attributes, runThread, box.toOpaque()) == 0 else {
      box.release()
      return false
    }
    return true
  }
}

private final class ThreadWork: Sendable {
  let name: String
  let run: @Sendable () -> Void

  init(name: String, run: @escaping @Sendable () -> Void) {
    self.name = name
    self.run = run
  }
}

/// Owns the retained `ThreadWork` that it is given.
private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let work = Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue()
  blockSignals()
  pthread_setname_np(pthread_self(), String(work.name.prefix(15)))
  work.run()
  return nil
}

/// Signals belong to the program's own thread; and a blocked SIGPIPE makes a write to a dead daemon an error.
private func blockSignals() {
  var signals = sigset_t()
  sigfillset(&signals)
  for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&signals, fault) }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
}
