import Glibc
import Synchronization
import TestSupport

@testable import Appliance

/// `obox` as a process of its own, with what it writes read line by line. It ends with this object at the latest.
final class Daemon: Sendable {
  struct Failure: Error { let reason: String }

  /// The program that was built beside these tests.
  static var program: String {
    let tests = Restart.program
    return String(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]) + "/obox"
  }

  let process: pid_t
  /// Our end of a pair of sockets; the other one is the child's standard output and error.
  private let socket: Int32
  private let pending = Mutex<[UInt8]>([])
  /// All that it has written, for the message of a failure.
  private let written = Mutex<[UInt8]>([])

  init(_ words: [String], environment: [String: String] = [:]) throws {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw Failure(reason: "no pair of sockets")
    }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for file in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_adddup2(&actions, ends[1], file) }
    ChildSpawn.leaveOutOthers(&actions)
    let argv = ([Self.program] + words).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + variables { free(text) } }
    var pid: pid_t = 0
    // As for every child of this process: until it executes its program, it has copies of our sockets.
    let status = ChildSpawn.lock.withLock { _ in
      posix_spawn(&pid, Self.program, &actions, nil, argv, variables)
    }
    guard status == 0 else {
      close(ends[0])
      throw Failure(reason: "\(Self.program) does not start")
    }
    (process, socket) = (pid, ends[0])
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(socket)
  }

  /// Waits for a line that contains `words` and answers it; those before it are forgotten. Throws where none comes
  /// within five minutes, or before the end.
  @discardableResult func line(with words: String) async throws -> String {
    try await onThread { [self] in
      while true {
        let line = try nextLine()
        if line.contains(words) { return line }
      }
    }
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for the end: the status that the process exits with, or nil where a signal ended it.
  func ended() async -> Int32? {
    await onThread { [process] in
      var about = siginfo_t()
      // The process stays a zombie until this object is released, so that its id is not reused.
      while waitid(P_PID, id_t(process), &about, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      return about.si_code == CLD_EXITED ? about._sifields._sigchld.si_status : nil
    }
  }

  private func nextLine() throws -> String {
    while true {
      if let line = pending.withLock({ Self.takeLine(&$0) }) { return line }
      var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 300_000) == 1 else { throw failure("it says nothing more") }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = read(socket, &chunk, chunk.count)
      guard count > 0 else { throw failure("it has ended") }
      pending.withLock { $0 += chunk[..<count] }
      written.withLock { $0 += chunk[..<count] }
    }
  }

  private func failure(_ what: String) -> Failure {
    Failure(reason: "\(what): \(written.withLock { String(decoding: $0.suffix(4_096), as: UTF8.self) })")
  }

  private static func takeLine(_ bytes: inout [UInt8]) -> String? {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    defer { bytes.removeSubrange(...end) }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
