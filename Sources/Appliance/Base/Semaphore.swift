import Glibc

/// A counting semaphore, on which only threads of our own ever wait.
final class Semaphore: Sendable {
  // POSIX semaphores may be used from any thread; the memory lives as long as this object.
  private nonisolated(unsafe) let handle: UnsafeMutablePointer<sem_t>

  init() {
    handle = .allocate(capacity: 1)
    sem_init(handle, 0, 0)
  }

  deinit {
    sem_destroy(handle)
    handle.deallocate()
  }

  func signal() { sem_post(handle) }

  func wait() {
    while sem_wait(handle) != 0, errno == EINTR {}
  }
}
