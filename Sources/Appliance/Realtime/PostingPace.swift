import HTTP
import Synchronization

/// Rate limit for posting over HTTP: per person, the same as over a socket, whatever the number of
/// connections.
final class PostingPace: Sendable {
  /// Writes to these paths are counted.
  private static let paths = [
    "/api/chat/", "/api/uploads", "/api/messages", "/api/complaints", "/api/announcements", "/api/documents",
    "/api/events", "/api/agenda/", "/api/shortcuts", "/api/forum/", "/api/courses", "/api/lessons",
    "/api/enroll",
    "/api/quizzes",
  ]
  private static let most = 10_000

  private let limits: SocketLimits
  private let clock: Clock
  private let start = ContinuousClock.now
  private let allowances = Mutex<[Int64: FrameAllowance]>([:])

  init(limits: SocketLimits, clock: Clock) {
    self.limits = limits
    self.clock = clock
  }

  /// Whether a route is rate-limited.
  static func applies(to route: Route) -> Bool {
    !route.method.isSafe && paths.contains { route.path.utf8.starts(with: $0.utf8) }
  }

  /// Throws 429 beyond the limit.
  func take(_ account: Int64) throws(Failure) {
    let now = start + .milliseconds(clock.elapsed())
    let isGranted = allowances.withLock { allowances in
      // An arbitrary entry is removed: after some seconds without posts an allowance is full again, so little
      // is lost.
      if allowances.count >= Self.most, allowances[account] == nil { allowances.removeAll() }
      return allowances[account, default: FrameAllowance(limits)].take(limits, at: now)
    }
    if !isGranted { throw Self.tooFast }
  }

  private static let tooFast = Failure(
    429, "TOO_MANY_MESSAGES",
    Sentence(
      fr: "Trop de messages. Attendez une seconde, puis réessayez.",
      en: "Too many messages. Wait a second and try again."),
    headers: [("Retry-After", "1")])
}
