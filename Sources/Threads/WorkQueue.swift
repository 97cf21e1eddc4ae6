import Synchronization

/// Runs blocking work on a few threads, which exist only while there is work.
///
/// Lanes (one per address or person) are served in turn, so that whoever asks for much delays only
/// themselves. When the queue is full, the longest lane loses its last piece of work to a shorter lane.
/// Within one lane, work starts in the order it was added.
public final class WorkQueue: Sendable {
  /// Called exactly once: with nil on a thread of the queue, to do the work; or with the reason why it never
  /// will be done, on the thread that decided so.
  public typealias Work = @Sendable (QueueRefusal?) -> Void

  private struct State {
    var waiting = Lanes<Work>()
    var running = 0
    var isStopped = false
  }

  private let name: String
  private let threads: Int
  private let limit: Int
  private let stackSize: Int
  private let state = Mutex(State())

  /// Starts at most `threads` threads called `name` with stacks of `stackSize` bytes. At most `limit` pieces
  /// of work wait, not counting those being done.
  public init(_ name: String, threads: Int = 1, waiting limit: Int, stackSize: Int = 1 << 20) {
    self.name = name
    self.threads = max(1, threads)
    self.limit = limit
    self.stackSize = stackSize
  }

  /// Number of pieces of work waiting.
  public var waiting: Int { state.withLock { $0.waiting.count } }

  /// Runs `work` on a thread and returns its result. Throws what `work` throws, or a ``QueueRefusal``.
  public nonisolated(nonsending) func perform<T: Sendable>(
    lane: String = "", _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      add(lane: lane) { refusal in
        if let refusal {
          continuation.resume(throwing: refusal)
        } else {
          continuation.resume(with: Result { try work() })
        }
      }
    }
  }

  /// As `perform` but without a task. Returns once the work is queued, started or refused.
  public func add(lane: String = "", _ work: @escaping Work) {
    let refused: (work: Work, refusal: QueueRefusal)? = state.withLock { state in
      if state.isStopped { return (work, .stopped) }
      if state.running < threads {
        if Thread(name, stackSize: stackSize, { self.run(work) }) != nil {
          state.running += 1
          return nil
        }
        // The system has no thread left; if one of the queue's threads runs, it will take the work.
        if state.running == 0 { return (work, .overloaded) }
      }
      var displaced: Work?
      if state.waiting.count >= limit {
        displaced = state.waiting.popLongest(for: lane)
        if displaced == nil { return (work, .overloaded) }
      }
      state.waiting.append(work, to: lane)
      return displaced.map { ($0, .overloaded) }
    }
    refused?.work(refused?.refusal)
  }

  /// Refuses waiting and later work; work in progress is finished.
  public func stop() {
    let abandoned = state.withLock { state in
      state.isStopped = true
      return state.waiting.removeAll()
    }
    for work in abandoned { work(.stopped) }
  }

  /// The body of a thread: does `first`, then whatever waits, and ends when nothing does.
  private func run(_ first: @escaping Work) {
    var next: Work? = first
    while let work = next {
      work(nil)
      next = state.withLock { state in
        let next = state.waiting.popFirst()
        if next == nil { state.running -= 1 }
        return next
      }
    }
  }
}
