import CLibevent
import Glibc
import Synchronization
import Threads

/// One thread that runs libevent's event loop: network, timers, signals, and an executor for tasks and
/// actors.
public final class Loop: TaskExecutor, SerialExecutor, Sendable {
  // Never changes after `init`, and is used on the loop's thread only, or before that thread starts.
  nonisolated(unsafe) let base: OpaquePointer
  private let state = Mutex(State())
  private let thread = Atomic<UInt>(0)
  /// An eventfd to wake the loop: its thread sleeps in epoll, where a condition variable cannot wake it.
  private let wakeDescriptor: Int32

  private enum Work {
    case job(UnownedJob)
    case closure(@Sendable () -> Void)
  }

  private struct State {
    var queue: [Work] = []
    /// The array of the previous batch, reused for its memory.
    var spare: [Work] = []
    var hasEnded = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    // libevent objects, used on the loop's thread only; the lock only stores them.
    nonisolated(unsafe) var wake: OpaquePointer?
    // Like `wake`.
    nonisolated(unsafe) var drain: OpaquePointer?
  }

  public init() {
    signal(SIGPIPE, SIG_IGN)
    let configuration = event_config_new()
    event_config_set_flag(
      configuration,
      Int32(
        EVENT_BASE_FLAG_NOLOCK.rawValue | EVENT_BASE_FLAG_IGNORE_ENV.rawValue
          | EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST.rawValue))
    guard let base = event_base_new_with_config(configuration) else {
      fatalError("libevent has no event loop for this system")
    }
    event_config_free(configuration)
    self.base = base
    wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    let me = Unmanaged.passUnretained(self).toOpaque()
    let wake = event_new(base, wakeDescriptor, Int16(EV_READ | EV_PERSIST), loopWoken, me)
    event_add(wake, nil)
    let drain = event_new(base, -1, 0, loopDrained, me)
    state.withLock {
      $0.wake = wake
      $0.drain = drain
    }
  }

  deinit {
    state.withLock {
      if let wake = $0.wake { event_free(wake) }
      if let drain = $0.drain { event_free(drain) }
    }
    event_base_free(base)
    close(wakeDescriptor)
  }

  /// Starts the thread, which retains the loop until `stop`.
  public func start() {
    guard Thread("loop", stackSize: 8 << 20, { self.turn() }) != nil else {
      fatalError("the system refuses another thread")
    }
  }

  /// Whether the caller is on the loop's thread.
  public var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// Runs the work on the loop's thread, in order, never within this call. After `stop` it is discarded.
  public func run(_ work: @escaping @Sendable () -> Void) { enqueue(.closure(work)) }

  /// Runs the work that is queued already, then ends the loop and waits for its thread.
  public func stop() async {
    run { [self] in event_base_loopbreak(base) }
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock {
        if !$0.hasEnded { $0.waiting.append(continuation) }
        return $0.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    enqueue(.job(UnownedJob(job)))
  }

  public func checkIsolated() {
    precondition(isCurrent, "not on the loop's thread")
  }

  public func isIsolatingCurrentContext() -> Bool? { isCurrent }

  private func enqueue(_ work: Work) {
    let (wasEmpty, hasEnded) = state.withLock {
      if $0.hasEnded { return (false, true) }
      $0.queue.append(work)
      return ($0.queue.count == 1, false)
    }
    if hasEnded {
      if case .job(let job) = work { globalConcurrentExecutor.enqueue(job) }
      return
    }
    guard wasEmpty else { return }
    if isCurrent {
      if let drain = state.withLock({ $0.drain }) { event_active(drain, Int32(EV_TIMEOUT), 0) }
    } else {
      eventfd_write(wakeDescriptor, 1)
    }
  }

  private func turn() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    event_base_loop(base, EVLOOP_NO_EXIT_ON_EMPTY)
    drain()
    let (left, waiting) = state.withLock {
      let rest = ($0.queue, $0.waiting)
      ($0.hasEnded, $0.queue, $0.waiting) = (true, [], [])
      return rest
    }
    for case .job(let job) in left { globalConcurrentExecutor.enqueue(job) }
    thread.store(0, ordering: .relaxed)
    for continuation in waiting { continuation.resume() }
  }

  fileprivate func woken() {
    var count: eventfd_t = 0
    eventfd_read(wakeDescriptor, &count)
    drain()
  }

  /// Runs the work queued so far; work that it queues in turn runs after the network has been polled again.
  fileprivate func drain() {
    var batch = state.withLock {
      let batch = $0.queue
      $0.queue = $0.spare
      $0.spare = []
      return batch
    }
    for work in batch {
      switch work {
      case .closure(let closure): closure()
      case .job(let job):
        job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      }
    }
    batch.removeAll(keepingCapacity: batch.capacity < 4096)
    state.withLock { [batch] in $0.spare = batch }
  }
}

private func loopWoken(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<Loop>.fromOpaque(argument).takeUnretainedValue().woken()
}

private func loopDrained(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<Loop>.fromOpaque(argument).takeUnretainedValue().drain()
}
