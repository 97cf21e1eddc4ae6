import Glibc

/// A POSIX mutex with one condition variable, the only way a thread blocks in this program.
///
/// `Synchronization.Mutex` is not enough, since it has no condition variable.
// POSIX allows every call from any thread; both addresses are fixed from init to deinit.
@usableFromInline struct Condition: ~Copyable, @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  @usableFromInline init() {
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // The monotonic clock: setting the host's time does not move a deadline.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  @usableFromInline func lock() { pthread_mutex_lock(mutex) }

  @usableFromInline func unlock() { pthread_mutex_unlock(mutex) }

  /// Releases the lock, waits for a signal and takes the lock again. Wakes up spuriously, as POSIX allows.
  @usableFromInline func wait() { pthread_cond_wait(changed, mutex) }

  /// As `wait()`; false once `deadline` on the monotonic clock has passed.
  func wait(until deadline: timespec) -> Bool {
    var deadline = deadline
    return pthread_cond_timedwait(changed, mutex, &deadline) == 0
  }

  /// Wakes one waiting thread.
  @usableFromInline func signal() { pthread_cond_signal(changed) }

  /// Wakes all waiting threads.
  @usableFromInline func broadcast() { pthread_cond_broadcast(changed) }
}

extension timespec {
  /// The point on the monotonic clock that lies `duration` ahead.
  static func after(_ duration: Duration) -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    // Capped at a year, so that the sum cannot overflow.
    let (seconds, attoseconds) = min(max(.zero, duration), .seconds(365 * 86_400)).components
    let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
    time.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    return time
  }
}
