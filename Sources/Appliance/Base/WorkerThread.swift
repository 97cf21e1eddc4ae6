import Synchronization

/// One thread that does blocking work in the order it was asked for, from a bounded queue; it is
/// started by the first piece of work.
final class WorkerThread: Sendable {
  /// Why work was not begun.
  enum Refusal: Error { case overloaded, stopped }

  private let name: String
  private let core: Core

  /// At most `waiting` pieces of work are kept beside the one being done.
  init(name: String, waiting: Int) {
    self.name = name
    core = Core(limit: waiting)
  }

  deinit { core.stop() }

  /// Does `work` on the thread; throws what it throws, or `Refusal`.
  func perform<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let refusal = core.add(threadName: name) { refusal in
        if let refusal {
          continuation.resume(throwing: refusal)
        } else {
          continuation.resume(with: Result { try work() })
        }
      }
      if let refusal { continuation.resume(throwing: refusal) }
    }
  }

  /// Refuses what waits and all that comes later; what is being done is finished.
  func stop() { core.stop() }

  private final class Core: Sendable {
    /// Called once: with nil to be done, or with the reason why it never will be.
    typealias Work = @Sendable (Refusal?) -> Void

    private struct State {
      var queue: [Work] = []
      var first = 0
      var isStarted = false
      var isStopped = false

      mutating func next() -> Work? {
        guard first < queue.count else { return nil }
        let work = queue[first]
        first += 1
        if first == queue.count {
          queue.removeAll()
          first = 0
        }
        return work
      }
    }

    private let limit: Int
    private let state = Mutex(State())
    private let available = Semaphore()

    init(limit: Int) { self.limit = limit }

    func add(threadName: String, _ work: @escaping Work) -> Refusal? {
      let refusal: Refusal? = state.withLock { state in
        if state.isStopped { return .stopped }
        if state.queue.count - state.first >= limit { return .overloaded }
        if !state.isStarted {
          guard BackgroundThread.start(named: threadName, { self.run() }) else { return .overloaded }
          state.isStarted = true
        }
        state.queue.append(work)
        return nil
      }
      if refusal == nil { available.signal() }
      return refusal
    }

    func stop() {
      let abandoned = state.withLock { state in
        defer {
          state.queue.removeAll()
          state.first = 0
        }
        state.isStopped = true
        return state.queue.dropFirst(state.first)
      }
      for work in abandoned { work(.stopped) }
      available.signal()
    }

    private func run() {
      while true {
        available.wait()
        let (work, isStopped) = state.withLock { ($0.next(), $0.isStopped) }
        if let work { work(nil) } else if isStopped { return }
      }
    }
  }
}
