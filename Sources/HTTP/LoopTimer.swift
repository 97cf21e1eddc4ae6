import CLibevent
import Synchronization

/// Work that the loop runs later, once or repeatedly. Releasing the object does not cancel it.
public final class LoopTimer: Sendable {
  private let loop: Loop
  private let isRepeating: Bool
  private let work: @Sendable () -> Void
  private let isCancelled = Atomic<Bool>(false)
  // Used on the loop's thread only.
  private nonisolated(unsafe) var event: OpaquePointer?

  fileprivate init(loop: Loop, isRepeating: Bool, work: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.isRepeating = isRepeating
    self.work = work
  }

  /// From any thread. When called on the loop's thread, the work is guaranteed not to run again.
  public func cancel() {
    guard !isCancelled.exchange(true, ordering: .relaxed) else { return }
    loop.run { self.disarm() }
  }

  /// The armed event retains the timer until `disarm`.
  fileprivate func arm(flags: Int32, number: Int32, after: Duration?, every: Duration?) {
    guard !isCancelled.load(ordering: .relaxed) else { return }
    let me = Unmanaged.passRetained(self).toOpaque()
    event = event_new(loop.base, number, Int16(flags), timerFired, me)
    guard let event else { return Unmanaged<LoopTimer>.fromOpaque(me).release() }
    guard let after else {
      event_add(event, nil)
      return
    }
    var interval = timeval(after)
    event_add(event, &interval)
    period = every.map(timeval.init)
  }

  // Used on the loop's thread only.
  private nonisolated(unsafe) var period: timeval?

  fileprivate func fired() {
    guard !isCancelled.load(ordering: .relaxed) else { return }
    if var period, let event {
      event_add(event, &period)
    }
    work()
    if !isRepeating { cancel() }
  }

  private func disarm() {
    guard let event else { return }
    event_free(event)
    self.event = nil
    Unmanaged.passUnretained(self).release()
  }
}

extension Loop {
  /// Runs the work after a delay, then at each interval if one is given. From any thread.
  @discardableResult public func timer(
    after: Duration, every: Duration? = nil, _ work: @escaping @Sendable () -> Void
  ) -> LoopTimer {
    let timer = LoopTimer(loop: self, isRepeating: every != nil, work: work)
    run { timer.arm(flags: EV_TIMEOUT, number: -1, after: after, every: every) }
    return timer
  }

  /// Runs the work on the loop's thread, not in the signal handler, whenever the signal arrives. Only one
  /// loop of a process may handle signals.
  @discardableResult public func onSignal(
    _ number: Int32, _ work: @escaping @Sendable () -> Void
  ) -> LoopTimer {
    let timer = LoopTimer(loop: self, isRepeating: true, work: work)
    run { timer.arm(flags: EV_SIGNAL | EV_PERSIST, number: number, after: nil, every: nil) }
    return timer
  }
}

private func timerFired(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<LoopTimer>.fromOpaque(argument).takeUnretainedValue().fired()
}

extension timeval {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(
      tv_sec: Int(clamping: max(0, seconds)), tv_usec: max(0, Int(attoseconds / 1_000_000_000_000)))
  }
}
