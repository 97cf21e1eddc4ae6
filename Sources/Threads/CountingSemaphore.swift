import Glibc

/// A counting semaphore, which starts at zero. Only threads of our own may wait on it, never a task.
// The condition's lock guards the count.
public final class CountingSemaphore: @unchecked Sendable {
  private let condition = Condition()
  private var count = 0

  public init() {}

  /// Adds one, and wakes one that waits.
  public func signal() {
    condition.lock()
    count += 1
    condition.unlock()
    condition.signal()
  }

  /// Blocks until there is one, and takes it.
  public func wait() {
    condition.lock()
    defer { condition.unlock() }
    while count == 0 { condition.wait() }
    count -= 1
  }

  /// The same; false when there is still none after `time`.
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
