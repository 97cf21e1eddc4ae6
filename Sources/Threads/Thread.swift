import Glibc
import Synchronization

/// A thread of the system for work that blocks, so that no thread of Swift's own pool ever does.
///
/// It ends when its body returns. Dropping the object leaves it running.
public final class Thread: Sendable {
  private let id: pthread_t
  private let isJoined = Atomic(false)
  /// Whether it is over: from then on its id may be another thread's.
  private let isOver = Atomic(false)

  /// Starts `body`; nil where the system has no thread left to give. `name` is what `top -H` shows, its first 15 bytes;
  /// `stackSize` is in bytes. The thread receives no signals, so that they stay with the program's first thread and no
  /// blocking call is interrupted.
  public init?(_ name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    var blocked = Thread.signals
    var before = sigset_t()
    // A new thread inherits the mask: blocked here for a moment, no signal can slip in before it starts.
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

  /// Blocks until the body has returned. Never on the thread itself; a second call returns at once.
  public func join() {
    guard !isJoined.exchange(true, ordering: .relaxed) else { return }
    pthread_join(id, nil)
    isOver.store(true, ordering: .releasing)
  }

  /// Whether the caller runs on this thread.
  public var isCurrent: Bool {
    !isOver.load(ordering: .acquiring) && pthread_equal(id, pthread_self()) != 0
  }

  /// All but those that tell of a fault in the thread's own code: blocked, they would end the process without a trace.
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

/// What pthread_setname_np does, which Swift cannot see as it needs _GNU_SOURCE.
private func setOwnName(_ name: String) {
  let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = write(file, name, min(name.utf8.count, 15))
  close(file)
}
