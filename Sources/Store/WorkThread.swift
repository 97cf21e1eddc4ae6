import Glibc

/// A thread of its own for work that blocks.
struct WorkThread: Sendable {
  private let id: pthread_t

  /// Starts `body`; a detached thread cannot be joined. Signals stay with the threads that were there before.
  init(detached: Bool = false, _ body: @escaping @Sendable () -> Void) throws {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 1 << 20)
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var started = pthread_t()
    let context = Unmanaged.passRetained(ThreadBody(body))
    let result = pthread_create(&started, &attributes, runThread, context.toOpaque())
    guard result == 0 else {
      context.release()
      throw StoreError(.other(result), "no thread could be started: \(String(cString: strerror(result)))")
    }
    if detached { pthread_detach(started) }
    id = started
  }

  /// Waits for the end; to be called once.
  func join() {
    pthread_join(id, nil)
  }

  var isCurrent: Bool { pthread_equal(id, pthread_self()) != 0 }
}

private final class ThreadBody {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
