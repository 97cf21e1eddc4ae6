import Synchronization

/// A few threads that run blocking calls in the order of their arrival, with a bound on how many wait.
///
/// Each thread has its own tool, made when first needed. A call cannot be taken back from libvirt, but
/// its caller can be answered: a thread that never returns is left behind, and its late result is dropped.
final class WorkQueue<Tool: Sendable>: Sendable {
  /// Makes a thread's tool, or hands out the one it has.
  typealias Borrow = () throws -> Tool

  private struct Job: Sendable {
    let number: Int
    let run: @Sendable (Borrow) -> Void
    let refuse: @Sendable (HypervisorError.Code, String) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    var running: [Int: Job] = [:]
    var lastNumber = 0
    var threads = 0
    var isStopped = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  private let name: String
  private let limit: Int
  private let makeTool: @Sendable () throws -> Tool
  private let isUsable: @Sendable (Tool) -> Bool
  private let work = Semaphore()
  private let state = Mutex(State())

  /// A tool that is not usable after a call is dropped, and the thread makes another.
  init(
    name: String, limit: Int, makeTool: @escaping @Sendable () throws -> Tool,
    isUsable: @escaping @Sendable (Tool) -> Bool = { _ in true }
  ) {
    self.name = name
    self.limit = limit
    self.makeTool = makeTool
    self.isUsable = isUsable
  }

  func start(threads: Int) {
    for _ in 0..<threads {
      state.withLock { $0.threads += 1 }
      let isRunning = Thread.start(name) {
        self.serve()
        self.threadEnded()
      }
      if !isRunning { threadEnded() }
    }
  }

  /// Waits for the result without blocking the caller's thread.
  ///
  /// Throws `.busy` when too many are waiting, and `.timeout` when it takes longer than `limit`, which
  /// counts from now.
  func run<T: Sendable>(
    _ operation: String, within limit: Duration? = nil, _ body: @escaping @Sendable (Tool) throws -> T
  ) async throws -> T {
    let answer = Answer<T>()
    let deadline = limit.map { limit in
      Task {
        try await Task.sleep(for: limit)
        answer.give(.failure(HypervisorError(.timeout, "no answer within \(limit)", operation: operation)))
      }
    }
    defer { deadline?.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      answer.continuation.withLock { $0 = continuation }
      submit(
        run: { borrow in answer.give(Result { try body(borrow()) }) },
        refuse: { answer.give(.failure(HypervisorError($0, $1, operation: operation))) })
    }
  }

  /// Refuses what waits and answers what runs, at once; the threads end when their calls return.
  func abandon(_ reason: String) {
    let (waiting, running, waiters) = state.withLock { state in
      if !state.isStopped { for _ in 0..<state.threads { work.signal() } }
      state.isStopped = true
      defer { (state.waiting, state.running, state.stopWaiters) = ([], [:], []) }
      return (state.waiting, state.running.values.map { $0 }, state.stopWaiters)
    }
    for job in waiting + running { job.refuse(.unreachable, reason) }
    for waiter in waiters { waiter.resume() }
  }

  /// Refuses what waits, gives what runs some time to end, and abandons the rest.
  func stop(grace: Duration) async {
    let waiting = state.withLock { state in
      if !state.isStopped { for _ in 0..<state.threads { work.signal() } }
      state.isStopped = true
      defer { state.waiting = [] }
      return state.waiting
    }
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

extension WorkQueue {
  private func submit(
    run: @escaping @Sendable (Borrow) -> Void,
    refuse: @escaping @Sendable (HypervisorError.Code, String) -> Void
  ) {
    let refusal: (HypervisorError.Code, String)? = state.withLock { state in
      if state.isStopped || state.threads == 0 { return (.unreachable, "the connection was closed") }
      if state.waiting.count >= limit { return (.busy, "too many calls are waiting for this host") }
      state.lastNumber += 1
      state.waiting.append(Job(number: state.lastNumber, run: run, refuse: refuse))
      return nil
    }
    if let refusal { refuse(refusal.0, refusal.1) } else { work.signal() }
  }

  private func serve() {
    var tool: Tool?
    while true {
      work.wait()
      let (next, isStopped): (Job?, Bool) = state.withLock { state in
        let next = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        if let next { state.running[next.number] = next }
        return (next, state.isStopped)
      }
      if let next {
        next.run {
          if let tool { return tool }
          let made = try makeTool()
          tool = made
          return made
        }
        if let present = tool, !isUsable(present) { tool = nil }
        state.withLock { _ = $0.running.removeValue(forKey: next.number) }
      } else if isStopped {
        return
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

/// One answer for one waiting task; only the first is given.
private final class Answer<T: Sendable>: Sendable {
  let continuation = Mutex<CheckedContinuation<T, any Error>?>(nil)

  func give(_ result: Result<T, any Error>) {
    continuation.withLock { $0.take() }?.resume(with: result)
  }
}
