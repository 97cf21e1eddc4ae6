import Glibc

/// A POSIX mutex and one condition of what it guards: the one way in which a thread sleeps here.
///
/// Not `Synchronization.Mutex`, which has no condition to wait for.
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
    // A deadline is not moved by whoever sets the host's clock.
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

  /// Gives the lock up until a signal and holds it again afterwards; may return without one.
  @usableFromInline func wait() { pthread_cond_wait(changed, mutex) }

  /// The same; false once `deadline` on the monotonic clock has passed.
  func wait(until deadline: timespec) -> Bool {
    var deadline = deadline
    return pthread_cond_timedwait(changed, mutex, &deadline) == 0
  }

  /// Wakes one that waits.
  @usableFromInline func signal() { pthread_cond_signal(changed) }

  /// Wakes all that wait.
  @usableFromInline func broadcast() { pthread_cond_broadcast(changed) }
}

extension timespec {
  /// A time on the monotonic clock.
  static func after(_ duration: Duration) -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    // A year is as good as for ever, and cannot overflow.
    let (seconds, attoseconds) = min(max(.zero, duration), .seconds(365 * 86_400)).components
    let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
    time.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    return time
  }
}
