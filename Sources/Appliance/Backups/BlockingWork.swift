import Synchronization
import Threads

/// Work that blocks, on a thread of its own.
enum BlockingWork {
  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  /// Runs `work`, which should ask `goesOn` now and then: it is false once the task is cancelled.
  static func run<T: Sendable>(
    _ work: @escaping @Sendable (_ goesOn: @escaping @Sendable () -> Bool) throws -> T
  ) async throws -> T {
    let flag = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
        let thread = Thread("backup", stackSize: 4 << 20) {
          caller.resume(with: Result { try work { !flag.isSet.load(ordering: .relaxed) } })
        }
        if thread == nil { caller.resume(throwing: QueueRefusal.overloaded) }
      }
    } onCancel: {
      flag.isSet.store(true, ordering: .relaxed)
    }
  }
}

extension JobContext {
  /// Runs blocking work as a step of the job. `goesOn` takes the share that is done and is false once the work is to end;
  /// what a job throws that was cancelled meanwhile is `JobCancelled`.
  func blocking<T: Sendable>(
    _ name: String, _ work: @escaping @Sendable (_ goesOn: (Double) -> Bool) throws -> T
  ) async throws -> T {
    try await step(name)
    return try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask {
        try await BlockingWork.run { goesOn in
          try work { share in
            self.progress(name, share)
            return goesOn()
          }
        }
      }
      group.addTask {
        try await self.watch()
        return nil
      }
      defer { group.cancelAll() }
      while let done = try await group.next() { if let done { return done } }
      throw JobCancelled()
    }
  }

  /// Keeps the job's lease until it is cancelled, which it throws.
  private func watch() async throws {
    while true {
      try await Task.sleep(for: .seconds(2))
      try await checkCancelled()
    }
  }
}
