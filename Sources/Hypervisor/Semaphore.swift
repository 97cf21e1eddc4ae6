import CLibvirt
import Glibc

/// A counting semaphore for our own threads; never waited on by a task.
final class Semaphore: @unchecked Sendable {
  // Only handed to sem_* functions, which are made for use by many threads; freed with its last owner.
  private let pointer: UnsafeMutablePointer<sem_t>

  init() {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: sem_t())
    sem_init(pointer, 0, 0)
  }

  deinit {
    sem_destroy(pointer)
    pointer.deallocate()
  }

  func signal() { sem_post(pointer) }

  func wait() {
    while sem_wait(pointer) != 0 && errno == EINTR {}
  }

  /// Returns after `seconds` even if nobody signalled.
  func wait(seconds: Int) {
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    deadline.tv_sec += seconds
    while sem_clockwait(pointer, CLOCK_MONOTONIC, &deadline) != 0 && errno == EINTR {}
  }
}
