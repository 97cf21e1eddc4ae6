import Synchronization
import Threads

/// Runs blocking calls on a few threads, first come first served, with a limit on how many wait.
///
/// Each thread has its own tool (a connection), created on first use. A libvirt call cannot be cancelled, but
/// its caller can get an error: a thread that never returns is abandoned, and its late result is discarded.
final class CallQueue<Tool: Sendable>: Sendable {
  /// Returns the thread's tool, creating it if necessary.
  typealias Borrow = () throws -> Tool

  private struct Job: Sendable {
    let number: Int
    let deadline: ContinuousClock.Instant?
    let run: @Sendable (Borrow) -> Void
    let refuse: @Sendable (HypervisorError.Code, String) -> Void
  }

  private struct State {
    /// Jobs that wait or run and whose callers have no result yet, by number.
    var unanswered: [Int: Job] = [:]
    var lastNumber = 0
    var threads = 0
    var isWatched = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  private let name: String
  private let patience: Duration?
  private let makeTool: @Sendable () throws -> Tool
  private let isUsable: @Sendable (Tool) -> Bool
  private let jobs: BoundedQueue<Job>
  private let state = Mutex(State())

  /// At most `limit` calls wait, and each takes at most `patience` in all. A tool that is not usable after a
  /// call is discarded, and the thread creates another.
  init(
    name: String, limit: Int, patience: Duration? = nil, makeTool: @escaping @Sendable () throws -> Tool,
    isUsable: @escaping @Sendable (Tool) -> Bool = { _ in true }
  ) {
    self.name = name
    self.patience = patience
    self.makeTool = makeTool
    self.isUsable = isUsable
    jobs = BoundedQueue(limit: limit)
  }

  func start(threads: Int) {
    for _ in 0..<threads {
      state.withLock { $0.threads += 1 }
      let thread = Thread(name) {
        self.serve()
        self.threadEnded()
      }
      if thread == nil { threadEnded() }
    }
  }

  /// Awaits the result. Throws `.busy` when too many calls are waiting, and `.timeout` after `patience`.
  func run<T: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Tool) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let answer = Answer<T>(continuation)
      submit(
        run: { borrow in answer.give(Result { try body(borrow()) }) },
        refuse: { answer.give(.failure(HypervisorError($0, $1, operation: operation))) })
    }
  }

  /// Fails waiting and running calls at once; the threads end when their calls return.
  func abandon(_ reason: String) {
    jobs.close()
    _ = jobs.remove { _ in true }
    let (unanswered, waiters) = state.withLock { state in
      defer { (state.unanswered, state.stopWaiters) = ([:], []) }
      return (state.unanswered.values.map { $0 }, state.stopWaiters)
    }
    for job in unanswered { job.refuse(.unreachable, reason) }
    for waiter in waiters { waiter.resume() }
  }

  /// Fails waiting calls, gives running ones up to `grace`, then abandons the rest.
  func stop(grace: Duration) async {
    jobs.close()
    let waiting = jobs.remove { _ in true }
    state.withLock { state in for job in waiting { state.unanswered[job.number] = nil } }
    for job in waiting { job.refuse(.unreachable, "the connection was closed") }
    let deadline = Task {
      try await Task.sleep(for: grace)
      abandon("the connection was closed")
    }
    defer { deadline.cancel() }
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.threads > 0 { state.stopWaiters.append(continuation) }
        return state.threads == 0
      }
      if isDone { continuation.resume() }
    }
  }
}

extension CallQueue {
  private func submit(
    run: @escaping @Sendable (Borrow) -> Void,
    refuse: @escaping @Sendable (HypervisorError.Code, String) -> Void
  ) {
    let (refusal, startsWatch): (QueueRefusal?, Bool) = state.withLock { state in
      if state.threads == 0 { return (.stopped, false) }
      state.lastNumber += 1
      let deadline = patience.map { ContinuousClock.now + $0 }
      let job = Job(number: state.lastNumber, deadline: deadline, run: run, refuse: refuse)
      if let refusal = jobs.push(job) { return (refusal, false) }
      state.unanswered[job.number] = job
      defer { state.isWatched = state.isWatched || deadline != nil }
      return (nil, deadline != nil && !state.isWatched)
    }
    switch refusal {
    case .overloaded: refuse(.busy, "too many calls are waiting for this host")
    case .stopped: refuse(.unreachable, "the connection was closed")
    case nil: if startsWatch { Task { await watch() } }
    }
  }

  /// One sleeping task for the deadlines of all calls: a timer for each would outlive its call.
  private func watch() async {
    while let deadline = nextDeadline() {
      try? await Task.sleep(until: deadline, clock: .continuous)
      let late = state.withLock { state in
        let now = ContinuousClock.now
        let late = state.unanswered.filter { $0.value.deadline.map { $0 <= now } ?? false }
        for number in late.keys { state.unanswered[number] = nil }
        return late
      }
      _ = jobs.remove { late[$0.number] != nil }
      for job in late.values { job.refuse(.timeout, "no answer in time") }
    }
  }

  private func nextDeadline() -> ContinuousClock.Instant? {
    state.withLock { state in
      let next = state.unanswered.values.compactMap(\.deadline).min()
      if next == nil { state.isWatched = false }
      return next
    }
  }

  private func serve() {
    var tool: Tool?
    while let job = jobs.pop() {
      // The call may have timed out since it was taken from the queue.
      guard state.withLock({ $0.unanswered[job.number] != nil }) else { continue }
      job.run {
        if let tool { return tool }
        let made = try makeTool()
        tool = made
        return made
      }
      if let present = tool, !isUsable(present) { tool = nil }
      state.withLock { _ = $0.unanswered.removeValue(forKey: job.number) }
    }
  }

  private func threadEnded() {
    let waiters = state.withLock { state in
      state.threads -= 1
      guard state.threads == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.stopWaiters = [] }
      return state.stopWaiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

/// Resumes a waiting task with the first result and ignores later ones.
private final class Answer<T: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<T, any Error>?>

  init(_ continuation: CheckedContinuation<T, any Error>) { self.continuation = Mutex(continuation) }

  func give(_ result: Result<T, any Error>) {
    continuation.withLock { $0.take() }?.resume(with: result)
  }
}
