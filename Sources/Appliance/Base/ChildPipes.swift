import Glibc

/// The pipes for a child process's standard streams.
struct ChildPipes {
  /// The child's ends: standard input, output and error.
  private(set) var theirs: [Int32] = []
  private var ours: [Int32] = []

  init() throws(ChildProcess.Problem) {
    do throws(ChildProcess.Problem) {
      for stream in 0..<3 {
        let (reading, writing) = try Self.pipe()
        theirs.append(stream == 0 ? reading : writing)
        ours.append(stream == 0 ? writing : reading)
        _ = fcntl(ours[stream], F_SETFL, O_NONBLOCK)
      }
    } catch {
      close()
      throw error
    }
  }

  /// Whether both output pipes are closed.
  var isQuiet: Bool { ours[1] < 0 && ours[2] < 0 }

  mutating func close() {
    closeTheirs()
    for index in ours.indices { closeOurs(index) }
  }

  mutating func closeTheirs() {
    for descriptor in theirs { Glibc.close(descriptor) }
    theirs = []
  }

  mutating func closeInput() { closeOurs(0) }

  /// Waits until a pipe is ready, at most this long.
  func wait(milliseconds: Int32) {
    var descriptors = [
      pollfd(fd: ours[0], events: Int16(POLLOUT), revents: 0),
      pollfd(fd: ours[1], events: Int16(POLLIN), revents: 0),
      pollfd(fd: ours[2], events: Int16(POLLIN), revents: 0),
    ]
    poll(&descriptors, 3, milliseconds)
  }

  /// Writes as much input as the child accepts; closes the pipe after the last byte.
  mutating func write(_ feed: inout ArraySlice<UInt8>) {
    guard ours[0] >= 0 else { return }
    while !feed.isEmpty {
      let count = feed.withUnsafeBytes { Glibc.write(ours[0], $0.baseAddress, $0.count) }
      if count > 0 {
        feed = feed.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        break
      }
    }
    closeOurs(0)
  }

  /// Reads the available output.
  mutating func read(_ stdout: inout Kept, _ stderr: inout Kept) {
    read(1, into: &stdout)
    read(2, into: &stderr)
  }

  private mutating func read(_ stream: Int, into kept: inout Kept) {
    guard ours[stream] >= 0 else { return }
    // One read per call: a child that never stops writing must not keep us from checking the time limit.
    withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
      let count = Glibc.read(ours[stream], buffer.baseAddress, buffer.count)
      if count > 0 {
        kept.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } else if count == 0 || errno != EAGAIN && errno != EINTR {
        closeOurs(stream)
      }
    }
  }

  private mutating func closeOurs(_ stream: Int) {
    if ours[stream] >= 0 { Glibc.close(ours[stream]) }
    ours[stream] = -1
  }

  /// Creates a pipe with close-on-exec and descriptors above those of the standard streams.
  private static func pipe() throws(ChildProcess.Problem) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .system("pipe", code: errno) }
    defer { for end in ends { Glibc.close(end) } }
    let copies = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    guard copies.allSatisfy({ $0 >= 0 }) else {
      let code = errno
      for copy in copies where copy >= 0 { Glibc.close(copy) }
      throw .system("pipe", code: code)
    }
    return (copies[0], copies[1])
  }
}
