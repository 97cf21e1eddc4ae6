/// Limits of sockets, per person and for unauthenticated clients.
struct SocketLimits: Sendable {
  /// Maximum number of open sockets of one account.
  var mostOfAccount = 100
  /// Maximum number of unauthenticated sockets per address; beyond it the oldest is closed.
  var mostUnauthenticated = 64
  /// Time limit for signing in on a socket.
  var patience: Duration = .seconds(30)
  /// Number of frames that a socket may send at once, and per second afterwards.
  var framesAtOnce = 500.0
  var framesEachSecond = 100.0

  init() {}

  /// The limits set by the configuration.
  init(_ configuration: Configuration) {
    framesEachSecond = Double(configuration.socketFrames)
    framesAtOnce = 5 * framesEachSecond
  }
}

/// A token bucket for the frames that a socket sends.
struct FrameAllowance: Sendable {
  private var left: Double
  private var at: ContinuousClock.Instant?

  init(_ limits: SocketLimits) { left = limits.framesAtOnce }

  /// Takes one frame; false when the bucket is empty.
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
