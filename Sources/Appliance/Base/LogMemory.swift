import Synchronization

/// The last lines of the log, for reports. Bounded in number; a line is at most some kilobytes.
final class LogMemory: Sendable {
  static let most = 300

  private struct State {
    var lines: [[UInt8]] = []
    /// The place of the oldest line once the memory is full.
    var next = 0
  }

  private let state = Mutex(State())

  func add(_ line: [UInt8]) {
    state.withLock { state in
      guard state.lines.count == Self.most else { return state.lines.append(line) }
      state.lines[state.next] = line
      state.next = (state.next + 1) % Self.most
    }
  }

  /// Without line breaks, oldest first.
  var lines: [String] {
    let (lines, next) = state.withLock { ($0.lines, $0.next) }
    return (lines[next...] + lines[..<next]).map { String(decoding: $0.dropLast(), as: UTF8.self) }
  }
}
