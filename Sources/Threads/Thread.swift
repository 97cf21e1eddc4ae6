import Glibc
import Synchronization

/// A POSIX thread for blocking work, so that Swift's own thread pool never blocks.
///
/// It ends when its body returns. Releasing the object does not stop it.
public final class Thread: Sendable {
  private let id: pthread_t
  private let isJoined = Atomic(false)
  /// Whether the thread has ended: from then on the system may reuse its id.
  private let isOver = Atomic(false)

  /// Starts `body`; nil when the system has no thread left. `name` is what `top -H` shows, cut to 15 bytes;
  /// `stackSize` is in bytes. Signals are blocked in it, so that they reach the program's first thread and
  /// interrupt no blocking call.
  public init?(_ name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    var blocked = Thread.signals
    var before = sigset_t()
    // A new thread inherits the signal mask, so blocking signals here leaves no moment in which one could
    // reach it.
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var started = pthread_t()
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    guard pthread_create(&started, &attributes, runThread, start.toOpaque()) == 0 else {
      start.release()
      return nil
    }
    id = started
  }

  deinit {
    if !isJoined.load(ordering: .relaxed) { pthread_detach(id) }
  }

  /// Blocks until the body has returned. Must not be called on the thread itself; a second call returns at
  /// once.
  public func join() {
    guard !isJoined.exchange(true, ordering: .relaxed) else { return }
    pthread_join(id, nil)
    isOver.store(true, ordering: .releasing)
  }

  /// Whether the caller runs on this thread.
  public var isCurrent: Bool {
    !isOver.load(ordering: .acquiring) && pthread_equal(id, pthread_self()) != 0
  }

  /// Every signal except those for a fault in the thread's own code: if they were blocked, the process would
  /// end without a trace.
  private static var signals: sigset_t {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&signals, fault) }
    return signals
  }
}

private final class Start: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
  setOwnName(start.name)
  start.body()
  return nil
}

/// Same as pthread_setname_np, which Swift does not import because it needs _GNU_SOURCE.
private func setOwnName(_ name: String) {
  let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = write(file, name, min(name.utf8.count, 15))
  close(file)
}
