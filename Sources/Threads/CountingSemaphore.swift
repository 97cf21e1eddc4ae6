import Glibc

/// A counting semaphore that starts at zero. Only for threads started by this module: a task would block one
/// of Swift's pool.
// The condition's lock guards the count.
public final class CountingSemaphore: @unchecked Sendable {
  private let condition = Condition()
  private var count = 0

  public init() {}

  /// Increments the count and wakes one waiting thread.
  public func signal() {
    condition.lock()
    count += 1
    condition.unlock()
    condition.signal()
  }

  /// Blocks until the count is above zero, then decrements it.
  public func wait() {
    condition.lock()
    defer { condition.unlock() }
    while count == 0 { condition.wait() }
    count -= 1
  }

  /// As `wait()`; false when the count is still zero after `time`.
  @discardableResult public func wait(for time: Duration) -> Bool {
    let deadline = timespec.after(time)
    condition.lock()
    defer { condition.unlock() }
    while count == 0 {
      guard condition.wait(until: deadline) || count > 0 else { return false }
    }
    count -= 1
    return true
  }
}
