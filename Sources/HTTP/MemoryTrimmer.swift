import CLibevent
import Glibc
import Threads

/// Gives memory back to the system after a peak: the allocator keeps what was freed for ever otherwise.
struct MemoryTrimmer {
  /// About what libevent, the table of connections and a socket of the page keep for one connection, in bytes.
  static let connection = 6 << 10
  /// Bytes of bodies, answers and connections that have to be freed before the allocator is asked.
  private static let worthwhile = 4 << 20
  /// Between a peak and the asking, in milliseconds: what comes in waves is not given back between two of them.
  private static let pause: Int64 = 5000

  /// Bytes since the allocator was last asked.
  private(set) var freed = 0
  private var timer: LoopTimer?

  /// On the loop's thread.
  mutating func freed(_ bytes: Int, engine: Engine) {
    freed += bytes
    guard freed >= Self.worthwhile, timer == nil else { return }
    timer = engine.loop.timer(after: .milliseconds(Self.pause)) { [weak engine] in engine?.trimmer.trim() }
  }

  mutating func cancel() {
    timer?.cancel()
    timer = nil
  }

  private mutating func trim() {
    (freed, timer) = (0, nil)
    // It takes the allocator's locks for milliseconds: not on the loop.
    _ = Thread("trim") { malloc_trim(0) }
  }
}
