import Glibc
import Synchronization
import Threads

/// Runs another program: without a shell, with a given environment, a time limit and bounded output.
enum ChildProcess {
  struct Output: Sendable, Equatable {
    let status: Status
    let stdout: [UInt8]
    let stderr: [UInt8]
    /// Whether output was discarded.
    let isTruncated: Bool
  }

  enum Status: Sendable, Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  enum Problem: Error, Equatable {
    case notFound(String)
    case notExecutable(String)
    case timedOut(String)
    case cancelled
    /// Too many programs are running.
    case overloaded
    case system(String, code: Int32)
  }

  private static let mostAtOnce = 32
  private static let running = Atomic<Int>(0)

  /// Runs `executable`, a path, with `input` as its standard input, and waits on a separate thread until it
  /// ends. At the time limit, or when the task is cancelled, kills it with its child processes. Keeps
  /// `outputLimit` bytes of each output stream and discards the rest.
  static func run(
    _ executable: String, _ arguments: [String], input: [UInt8] = [], timeLimit: Duration,
    outputLimit: Int = 1 << 20, environment: [String: String] = [:]
  ) async throws -> Output {
    guard running.add(1, ordering: .relaxed).newValue <= mostAtOnce else {
      running.subtract(1, ordering: .relaxed)
      throw Problem.overloaded
    }
    defer { running.subtract(1, ordering: .relaxed) }
    let child = ChildRun(
      executable: executable, arguments: arguments, environment: environment, input: input,
      deadline: .now + timeLimit, outputLimit: outputLimit)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Output, any Error>) in
        let thread = Thread("child") {
          continuation.resume(with: Result { try child.run() })
        }
        if thread == nil { continuation.resume(throwing: Problem.overloaded) }
      }
    } onCancel: {
      child.cancel()
    }
  }
}
