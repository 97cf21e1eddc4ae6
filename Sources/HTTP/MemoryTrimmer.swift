import CLibevent
import Glibc
import Threads

/// Returns freed memory to the system after a peak, which the allocator does not do by itself.
struct MemoryTrimmer {
  /// Estimated bytes that libevent, the table of connections and a page's socket use per connection.
  static let connection = 6 << 10
  /// Bytes that must be freed before trimming is worth it.
  private static let worthwhile = 4 << 20
  /// Delay between a peak and trimming, in milliseconds, so that memory is not returned between two waves of
  /// requests.
  private static let pause: Int64 = 5000

  /// Bytes freed since the last trimming.
  private(set) var freed = 0
  private var timer: LoopTimer?

  /// Counts freed bytes and schedules trimming. On the loop's thread.
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
    // malloc_trim holds the allocator's locks for milliseconds, so it must not run on the loop.
    _ = Thread("trim") { malloc_trim(0) }
  }
}
