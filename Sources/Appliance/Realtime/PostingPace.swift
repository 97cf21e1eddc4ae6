import HTTP
import Synchronization

/// How fast one person may post over HTTP: as fast as over a socket, however many connections they use.
final class PostingPace: Sendable {
  /// Paths where each change of something counts.
  private static let paths = ["/api/chat/", "/api/uploads", "/api/messages", "/api/complaints"]
  private static let most = 10_000

  private let limits: SocketLimits
  private let allowances = Mutex<[Int64: FrameAllowance]>([:])

  init(limits: SocketLimits) {
    self.limits = limits
  }

  /// Whether a route is one of those that count.
  static func applies(to route: Route) -> Bool {
    !route.method.isSafe && paths.contains { route.path.utf8.starts(with: $0.utf8) }
  }

  /// Throws 429 where somebody asks for too much in a short time.
  func take(_ account: Int64, at now: ContinuousClock.Instant = .now) throws(Failure) {
    let isGranted = allowances.withLock { allowances in
      // Who posted nothing for some seconds has all of it again; nobody loses more than that by being forgotten.
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
