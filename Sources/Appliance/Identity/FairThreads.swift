import Synchronization

/// A few threads that do blocking work for many, in turn: whoever asks for much waits behind themselves only.
///
/// Each lane (an address, a known workstation) is a queue of its own, and the threads go round the lanes. Where
/// all that may wait is waiting, the longest lane gives way to a shorter one.
final class FairThreads: Sendable {
  private let threads: Int
  private let name: String
  private let core: Core

  /// At most `waiting` pieces of work are kept beside those being done.
  init(name: String, threads: Int, waiting: Int) {
    self.name = name
    self.threads = max(1, threads)
    core = Core(limit: waiting)
  }

  deinit { core.stop() }

  /// Does `work` on one of the threads; throws what it throws, or `WorkerThread.Refusal`.
  func perform<T: Sendable>(lane: String, _ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      core.add(lane: lane, threads: threads, name: name) { refusal in
        if let refusal {
          continuation.resume(throwing: refusal)
        } else {
          continuation.resume(with: Result { try work() })
        }
      }
    }
  }

  /// Refuses what waits and all that comes later; what is being done is finished.
  func stop() { core.stop() }

  /// How many wait, for tests.
  var waiting: Int { core.waiting }

  private final class Core: Sendable {
    /// Called once: with nil to be done, or with the reason why it never will be.
    typealias Work = @Sendable (WorkerThread.Refusal?) -> Void

    /// The lanes that wait, and in which order it is their turn.
    private struct State {
      private var lanes: [String: [Work]] = [:]
      private var turns: [String] = []
      private(set) var count = 0
      var started = 0
      var isStopped = false

      mutating func append(_ work: @escaping Work, lane: String) {
        if lanes[lane] == nil { turns.append(lane) }
        lanes[lane, default: []].append(work)
        count += 1
      }

      /// The first of the lane whose turn it is, which then goes to the end.
      mutating func next() -> Work? {
        guard !turns.isEmpty else { return nil }
        let lane = turns.removeFirst()
        guard var queue = lanes[lane], !queue.isEmpty else { return nil }
        let work = queue.removeFirst()
        lanes[lane] = queue.isEmpty ? nil : queue
        if !queue.isEmpty { turns.append(lane) }
        count -= 1
        return work
      }

      /// Takes the last of the longest lane out, where that lane would still be longer than this one.
      mutating func displace(for lane: String) -> Work? {
        guard let (longest, queue) = lanes.max(by: { $0.value.count < $1.value.count }),
          queue.count > (lanes[lane]?.count ?? 0) + 1
        else { return nil }
        count -= 1
        return lanes[longest]?.removeLast()
      }

      mutating func takeAll() -> [Work] {
        defer {
          lanes = [:]
          turns = []
          count = 0
        }
        return lanes.values.flatMap(\.self)
      }
    }

    private let limit: Int
    private let state = Mutex(State())
    private let available = Semaphore()

    init(limit: Int) { self.limit = limit }

    var waiting: Int { state.withLock { $0.count } }

    func add(lane: String, threads: Int, name: String, _ work: @escaping Work) {
      let (refused, refusal, isAdded): (Work?, WorkerThread.Refusal, Bool) = state.withLock { state in
        if state.isStopped { return (work, .stopped, false) }
        if state.started < threads {
          if BackgroundThread.start(named: name, { self.run() }) { state.started += 1 }
          if state.started == 0 { return (work, .overloaded, false) }
        }
        guard state.count >= limit else {
          state.append(work, lane: lane)
          return (nil, .overloaded, true)
        }
        guard let displaced = state.displace(for: lane) else { return (work, .overloaded, false) }
        state.append(work, lane: lane)
        // One came and one went: the semaphore counts as before.
        return (displaced, .overloaded, false)
      }
      refused?(refusal)
      if isAdded { available.signal() }
    }

    func stop() {
      let (abandoned, threads) = state.withLock { state in
        state.isStopped = true
        return (state.takeAll(), state.started)
      }
      for work in abandoned { work(.stopped) }
      for _ in 0..<max(1, threads) { available.signal() }
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
