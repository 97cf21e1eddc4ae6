import Synchronization

/// A few threads that run blocking calls in the order of their arrival, with a bound on how many wait.
final class WorkQueue: Sendable {
  private struct Job: Sendable {
    let run: @Sendable () -> Void
    let refuse: @Sendable (HypervisorError.Code, String) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    var threads = 0
    var isStopped = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  private let name: String
  private let limit: Int
  private let work = Semaphore()
  private let state = Mutex(State())

  init(name: String, limit: Int) {
    self.name = name
    self.limit = limit
  }

  func start(threads: Int) {
    for _ in 0..<threads {
      state.withLock { $0.threads += 1 }
      if !Thread.start(name, { self.serve() }) { threadEnded() }
    }
  }

  /// Waits for the result without blocking the caller's thread; throws `.busy` when too many are waiting.
  func run<T: Sendable>(_ operation: String, _ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      submit(
        Job(
          run: { continuation.resume(with: Result(catching: body)) },
          refuse: { continuation.resume(throwing: HypervisorError($0, $1, operation: operation)) }))
    }
  }

  /// Refuses what waits, and returns when every running call has returned.
  func stop() async {
    let refused = state.withLock { state in
      state.isStopped = true
      for _ in 0..<state.threads { work.signal() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for job in refused { job.refuse(.unreachable, "the connection was closed") }
    await withCheckedContinuation { continuation in
      let done = state.withLock { state in
        if state.threads > 0 { state.stopWaiters.append(continuation) }
        return state.threads == 0
      }
      if done { continuation.resume() }
    }
  }

  private func submit(_ job: Job) {
    let refusal: (HypervisorError.Code, String)? = state.withLock { state in
      if state.isStopped || state.threads == 0 { return (.unreachable, "the connection was closed") }
      if state.waiting.count >= limit { return (.busy, "too many calls are waiting for this host") }
      state.waiting.append(job)
      return nil
    }
    if let refusal { job.refuse(refusal.0, refusal.1) } else { work.signal() }
  }

  private func serve() {
    while true {
      work.wait()
      let job: Job? = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
      if let job {
        job.run()
      } else if state.withLock({ $0.isStopped }) {
        return threadEnded()
      }
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
