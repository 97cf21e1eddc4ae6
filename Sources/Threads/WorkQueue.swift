import Synchronization

/// Blocking work of many, done by a few threads which live only while there is some.
///
/// The lanes (an address, a person) take turns: whoever asks for much waits behind themselves only, and where all that
/// may wait is waiting, the longest lane gives way to a shorter one. In one lane, or without lanes, work begins in the
/// order it was asked for.
public final class WorkQueue: Sendable {
  /// Called once: with nil on a thread of the queue, to be done; or with the reason why it never will be, on whichever
  /// thread decided that.
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

  /// At most `threads` threads called `name`, of `stackSize` bytes; at most `limit` pieces of work wait beside those
  /// being done.
  public init(_ name: String, threads: Int = 1, waiting limit: Int, stackSize: Int = 1 << 20) {
    self.name = name
    self.threads = max(1, threads)
    self.limit = limit
    self.stackSize = stackSize
  }

  /// How many pieces of work wait.
  public var waiting: Int { state.withLock { $0.waiting.count } }

  /// Does `work` on a thread and returns what it returned. Throws what it throws, or a ``QueueRefusal``.
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

  /// The same without a task. Returns when the work waits, was begun or was refused.
  public func add(lane: String = "", _ work: @escaping Work) {
    let refused: (work: Work, refusal: QueueRefusal)? = state.withLock { state in
      if state.isStopped { return (work, .stopped) }
      if state.running < threads {
        if Thread(name, stackSize: stackSize, { self.run(work) }) != nil {
          state.running += 1
          return nil
        }
        // The system has no thread: a running one takes it over.
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

  /// Refuses what waits and all that comes later; what is being done is finished.
  public func stop() {
    let abandoned = state.withLock { state in
      state.isStopped = true
      return state.waiting.removeAll()
    }
    for work in abandoned { work(.stopped) }
  }

  /// A thread's whole life.
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
