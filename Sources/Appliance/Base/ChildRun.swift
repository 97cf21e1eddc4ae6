import Glibc
import Synchronization

/// One run of another program, from start to end.
final class ChildRun: Sendable {
  private let executable: String
  private let arguments: [String]
  private let environment: [String: String]
  private let input: [UInt8]
  private let deadline: ContinuousClock.Instant
  private let outputLimit: Int
  private let isCancelled = Atomic<Bool>(false)

  init(
    executable: String, arguments: [String], environment: [String: String], input: [UInt8],
    deadline: ContinuousClock.Instant, outputLimit: Int
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.deadline = deadline
    self.outputLimit = outputLimit
  }

  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Blocks until the child has ended. Signals are blocked on this thread, so a child that stops reading
  /// causes EPIPE, not SIGPIPE.
  func run() throws(ChildProcess.Problem) -> ChildProcess.Output {
    if isCancelled.load(ordering: .relaxed) { throw .cancelled }
    var (pid, pipes) = try ChildSpawn.lock.withLock { _ throws(ChildProcess.Problem) in
      var pipes = try ChildPipes()
      do throws(ChildProcess.Problem) {
        let pid = try ChildSpawn.spawn(executable, arguments, environment, pipes)
        pipes.closeTheirs()
        return (pid, pipes)
      } catch {
        pipes.close()
        throw error
      }
    }
    defer { pipes.close() }
    return try follow(pid, &pipes)
  }

  /// Exchanges data with the child until it has ended or must be killed.
  private func follow(_ pid: pid_t, _ pipes: inout ChildPipes) throws(ChildProcess.Problem)
    -> ChildProcess.Output
  {
    var feed = input[...]
    if feed.isEmpty { pipes.closeInput() }
    var stdout = Kept(limit: outputLimit)
    var stderr = Kept(limit: outputLimit)
    var problem: ChildProcess.Problem?
    // A grandchild may keep the pipes open, so the end of the child itself counts.
    while !hasEnded(pid) {
      if isCancelled.load(ordering: .relaxed) { problem = .cancelled }
      if deadline <= .now { problem = .timedOut(executable) }
      if problem != nil { break }
      pipes.wait(milliseconds: pipes.isQuiet ? 2 : 50)
      pipes.write(&feed)
      pipes.read(&stdout, &stderr)
    }
    kill(-pid, SIGKILL)
    let status = reap(pid)
    pipes.read(&stdout, &stderr)
    if let problem { throw problem }
    return ChildProcess.Output(
      status: status, stdout: stdout.bytes, stderr: stderr.bytes,
      isTruncated: stdout.isTruncated || stderr.isTruncated)
  }

  /// Checks without reaping, so that the process group id stays valid for signals.
  private func hasEnded(_ pid: pid_t) -> Bool {
    var info = siginfo_t()
    guard waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return errno != EINTR }
    return info.si_signo == SIGCHLD
  }

  private func reap(_ pid: pid_t) -> ChildProcess.Status {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      if errno != EINTR { return .exited(-1) }
    }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
  }
}

/// The first bytes of a stream, up to a limit.
struct Kept {
  let limit: Int
  var bytes: [UInt8] = []
  var isTruncated = false

  init(limit: Int) { self.limit = limit }

  mutating func append(_ new: UnsafeRawBufferPointer) {
    let room = max(0, limit - bytes.count)
    bytes.append(contentsOf: new.prefix(room))
    if new.count > room { isTruncated = true }
  }
}
