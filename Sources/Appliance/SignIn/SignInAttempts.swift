import HTTP

/// The limits that apply to an attempt at an account's secrets: per account and address, per address, and per
/// account.
///
/// A workstation at which the person has signed in before has a separate limit instead, so that failed
/// attempts by others cannot lock the person out.
struct SignInAttempts: Sendable {
  private let limiter: AttemptLimiter
  private let personal: [AttemptLimiter.Key]
  private let others: [AttemptLimiter.Key]

  /// Number of failures without a wait, per account from one network and from anywhere. The same number
  /// limits concurrent attempts, since any of them may fail.
  static let freeHere = 5
  static let freeEverywhere = 20

  /// `login` is the text entered; `user` the account with that name, if any.
  ///
  /// Each `scope` is counted separately. `known` identifies the workstation if the account has signed in
  /// there before.
  init(
    _ limiter: AttemptLimiter, scope: String = "login", login: String, user: Int64?, address: String,
    known: String? = nil
  ) {
    if let user, let known {
      self.limiter = limiter
      personal = [
        .init(text: "\(scope):#\(user)@\(known)", free: Self.freeHere, atOnce: Self.freeHere + 1)
      ]
      others = []
      return
    }
    let network = Request.place(of: address)
    // Counted for both the login and the account, so that using the account's other name gives no further
    // attempts.
    let names = [login.composed.trimmed().lowercased()] + (user.map { ["#\($0)"] } ?? [])
    self.limiter = limiter
    personal = names.map {
      .init(text: "\(scope):\($0):\(network)", free: Self.freeHere, atOnce: Self.freeHere + 1)
    }
    let everywhere = names.map {
      AttemptLimiter.Key(text: "\(scope):\($0)", free: Self.freeEverywhere, atOnce: Self.freeEverywhere + 1)
    }
    others = everywhere + [.init(text: "\(scope)-from:\(network)", free: 50, atOnce: 512)]
  }

  /// Runs an attempt; an error for which `isFailure` returns true counts as a failure. Throws 429 instead
  /// when there were too many.
  nonisolated(nonsending) func hold<T: Sendable>(
    failingOn isFailure: (Failure) -> Bool, _ body: nonisolated(nonsending) () async throws -> T
  ) async throws -> T {
    try limiter.begin(personal + others)
    do {
      let result = try await body()
      limiter.end(personal + others, failed: false)
      for key in personal { limiter.succeed(key.text) }
      return result
    } catch {
      let failed = (error as? Failure).map(isFailure) ?? false
      limiter.end(personal + others, failed: failed)
      throw error
    }
  }

  /// Resets an account's failures after its person proved their identity in another way.
  static func forgive(
    _ limiter: AttemptLimiter, logins: [String], user: Int64, address: String, workstation: Int64
  ) {
    let network = Request.place(of: address)
    for name in logins.map({ $0.composed.trimmed().lowercased() }) + ["#\(user)"] {
      limiter.succeed("login:\(name)")
      limiter.succeed("login:\(name):\(network)")
    }
    limiter.succeed("login:#\(user)@\(workstation)")
  }
}
