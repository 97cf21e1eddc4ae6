import Glibc
import Synchronization
import Threads

/// A structured log with lines of `time=… level=… event=… key=value`. Lines are buffered and written by a
/// separate thread; when that falls behind, lines are dropped and counted instead of blocking callers.
final class Log: Sendable {
  let level: LogLevel
  private let clock: Clock
  private let core: Core
  private let hasThread: Bool
  private let memory = LogMemory()

  /// Buffers at most `limit` bytes; `sink` receives complete lines, one call at a time.
  init(
    level: LogLevel, clock: Clock = .system, limit: Int = 1 << 20,
    sink: @escaping @Sendable ([UInt8]) -> Void = Log.writeToStandardError
  ) {
    self.level = level
    self.clock = clock
    let core = Core(limit: limit, clock: clock, sink: sink)
    self.core = core
    hasThread = Thread("log") { core.run() } != nil
  }

  deinit { core.stop() }

  /// Writes one line if its level is enabled; otherwise `fields` is not called. Lines that are not remembered are
  /// missing in `recent`.
  func write(
    _ level: LogLevel, _ event: StaticString, remembers: Bool = true,
    _ fields: (inout LogLine) -> Void = { _ in }
  ) {
    guard level >= self.level else { return }
    var line = LogLine(time: clock.now(), level: level, event: event)
    fields(&line)
    let bytes = line.finished()
    if remembers { memory.add(bytes) }
    core.add(bytes)
    if !hasThread { core.drain() }
  }

  func info(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
    write(.info, event, fields)
  }
  func warn(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
    write(.warn, event, fields)
  }
  func error(_ event: StaticString, _ fields: (inout LogLine) -> Void = { _ in }) {
    write(.error, event, fields)
  }

  /// Blocks until all previous lines are written; for the end of the program.
  func flush() { core.drain() }

  /// Number of lines dropped so far.
  var dropped: Int { core.dropped }

  /// The last lines, oldest first, without those of requests.
  var recent: [String] { memory.lines }

  @Sendable static func writeToStandardError(_ lines: [UInt8]) {
    var rest = lines[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        if poll(&descriptor, 1, 1000) == 0 { return }
      } else if errno != EINTR {
        return
      }
    }
  }

  private final class Core: Sendable {
    private struct State {
      var buffer: [UInt8] = []
      var unreported = 0
      var dropped = 0
      var isStopped = false
    }

    private let limit: Int
    private let clock: Clock
    private let sink: @Sendable ([UInt8]) -> Void
    private let state = Mutex(State())
    private let writing = Mutex(())
    private let hasLines = CountingSemaphore()

    init(limit: Int, clock: Clock, sink: @escaping @Sendable ([UInt8]) -> Void) {
      self.limit = limit
      self.clock = clock
      self.sink = sink
    }

    var dropped: Int { state.withLock { $0.dropped } }

    func add(_ line: [UInt8]) {
      let isFirst = state.withLock { state in
        if state.buffer.count + line.count > limit {
          state.dropped += 1
          state.unreported += 1
          return false
        }
        let wasEmpty = state.buffer.isEmpty
        state.buffer.append(contentsOf: line)
        return wasEmpty
      }
      if isFirst { hasLines.signal() }
    }

    func drain() {
      writing.withLock { _ in
        var (lines, lost) = state.withLock { state in
          defer {
            state.buffer = []
            state.unreported = 0
          }
          return (state.buffer, state.unreported)
        }
        if lost > 0 {
          var line = LogLine(time: clock.now(), level: .warn, event: "log.dropped")
          line.field("lines", lost)
          lines += line.finished()
        }
        if !lines.isEmpty { sink(lines) }
      }
    }

    func run() {
      while true {
        hasLines.wait()
        if state.withLock({ $0.isStopped }) { return drain() }
        // Lines come in bursts: after a short wait many are written with one call, and callers need not wake
        // this thread.
        usleep(20_000)
        drain()
      }
    }

    func stop() {
      state.withLock { $0.isStopped = true }
      hasLines.signal()
    }
  }
}
