/// How much one person, or one stranger, may ask of the sockets.
struct SocketLimits: Sendable {
  /// Open sockets of one account.
  var mostOfAccount = 100
  /// Open sockets that nobody signed in on, from one address; the newest are kept.
  var mostUnauthenticated = 64
  /// How long a socket may stay open without being signed in.
  var patience: Duration = .seconds(30)
  /// Frames that a socket may send at once, and each second from then on.
  var framesAtOnce = 500.0
  var framesEachSecond = 100.0

  init() {}

  /// Those of an installation.
  init(_ configuration: Configuration) {
    framesEachSecond = Double(configuration.socketFrames)
    framesAtOnce = 5 * framesEachSecond
  }
}

/// Counts what a socket sends against what it may: a bucket that fills again by time.
struct FrameAllowance: Sendable {
  private var left: Double
  private var at: ContinuousClock.Instant?

  init(_ limits: SocketLimits) { left = limits.framesAtOnce }

  /// Takes one frame; false when there is no allowance left.
  mutating func take(_ limits: SocketLimits, at now: ContinuousClock.Instant) -> Bool {
    if let at {
      left = min(limits.framesAtOnce, left + (now - at) / .seconds(1) * limits.framesEachSecond)
    }
    at = now
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}
