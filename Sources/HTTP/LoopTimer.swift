import CLibevent
import Synchronization

/// Work that the loop does later, once or again and again. Dropping it does not cancel it.
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

  /// From any thread; called on the loop's, the work is certain not to run any more.
  public func cancel() {
    guard !isCancelled.exchange(true, ordering: .relaxed) else { return }
    loop.run { self.disarm() }
  }

  /// The armed event holds one reference to the timer, given back in `disarm`.
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
  /// Work after a while, then at every interval if there is one; from any thread.
  @discardableResult public func timer(
    after: Duration, every: Duration? = nil, _ work: @escaping @Sendable () -> Void
  ) -> LoopTimer {
    let timer = LoopTimer(loop: self, isRepeating: every != nil, work: work)
    run { timer.arm(flags: EV_TIMEOUT, number: -1, after: after, every: every) }
    return timer
  }

  /// Work at each arrival of a signal, on the loop's thread instead of in the signal's handler.
  /// Only one loop of a process may ask for signals.
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
